package dev.anteroom.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** A small file that its owner alone may read, written once. Stateless. */
final class OwnFile {
    private OwnFile() {}

    /** What the file holds, or {@code fresh} after that was written to it durably. */
    static String readOrCreate(Path file, String fresh) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel out = FileChannel.open(
                    file,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer text = ByteBuffer.wrap(fresh.getBytes(StandardCharsets.US_ASCII));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
                return fresh;
            } catch (FileAlreadyExistsException e) {
                // Somebody was faster; theirs counts.
            }
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
