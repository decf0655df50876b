package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * Up to which time everything whose time had come was shredded, for each part, so that not all is read every hour. Used under the lock of
 * {@link Maintenance}. Stateless.
 *
 * <p>Losing it costs time only. Releasing a hold forgets it, since what was held was passed over.
 */
final class RetentionProgress {
    private static final String FILE = "retention.progress";

    private RetentionProgress() {}

    /** Milliseconds since the epoch; 0 where nothing is known. */
    static long read(Path dataDirectory, RecordPart part) throws IOException {
        return all(dataDirectory).getOrDefault(part, 0L);
    }

    static void write(Path dataDirectory, RecordPart part, long millis) throws IOException {
        Map<RecordPart, Long> all = all(dataDirectory);
        all.put(part, millis);
        StringBuilder text = new StringBuilder();
        all.forEach((name, at) -> text.append(name).append(' ').append(at).append('\n'));
        Path draft = dataDirectory.resolve(FILE + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel out = JournalFiles.createPrivate(draft)) {
            Disk.writeFully(out, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)), 0);
            out.force(true);
        }
        Files.move(draft, dataDirectory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    static void reset(Path dataDirectory) throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(FILE));
        Disk.forceDirectory(dataDirectory);
    }

    private static Map<RecordPart, Long> all(Path dataDirectory) throws IOException {
        Map<RecordPart, Long> all = new EnumMap<>(RecordPart.class);
        try {
            for (String line : Files.readAllLines(dataDirectory.resolve(FILE), StandardCharsets.US_ASCII)) {
                String[] words = line.split(" ", -1);
                all.put(RecordPart.valueOf(words[0]), Long.parseLong(words[1]));
            }
        } catch (NoSuchFileException e) {
            return all;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            all.clear(); // damaged: everything is looked at again
        }
        return all;
    }
}
