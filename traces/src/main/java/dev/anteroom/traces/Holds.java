package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The legal holds of a data directory: a small file each in the folder {@code holds}, and an entry in the access journal for all that is done to them.
 * Thread-safe; every method blocks on files.
 *
 * <p>The reason of a hold stands in the access journal alone, which is sealed.
 */
public final class Holds {
    private static final String FOLDER = "holds";
    private static final String SUFFIX = ".json";

    private final Path dataDirectory;
    private final Path folder;
    private final AccessLog access;
    private final Clock clock;

    public Holds(Path dataDirectory, AccessLog access, Clock clock) {
        this.dataDirectory = dataDirectory;
        this.folder = dataDirectory.resolve(FOLDER);
        this.access = access;
        this.clock = clock;
    }

    /** The holds in force, by name. A file that cannot be read fails: nothing may be shredded past it. */
    public List<Hold> list() throws JournalException {
        return list(dataDirectory);
    }

    static List<Hold> list(Path dataDirectory) throws JournalException {
        List<Hold> holds = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dataDirectory.resolve(FOLDER), "*" + SUFFIX)) {
            for (Path file : files) {
                holds.add(read(file));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.FAILED, FOLDER + ": " + e.getMessage(), e);
        }
        holds.sort(Comparator.comparing(Hold::name));
        return holds;
    }

    /**
     * Sets a hold. When this returns it is in force; it is so too where it throws because the access journal cannot be written.
     *
     * @throws JournalException of kind {@code INVALID} where there is one of this name
     */
    public Hold add(String name, Selection calls, String actor, String reason) throws JournalException {
        Hold hold = new Hold(name, clock.instant(), calls);
        try {
            Disk.createPrivateDirectories(folder);
            Path file = folder.resolve(name + SUFFIX);
            // Under the lock, so that nobody is shredding on the strength of the holds of before.
            try (Maintenance _ = Maintenance.begin(dataDirectory)) {
                if (Files.exists(file)) {
                    throw new JournalException(
                            JournalException.Kind.INVALID, "there is a hold " + name + " already; release it first");
                }
                Path draft = folder.resolve(name + ".draft");
                Files.deleteIfExists(draft);
                byte[] json = TraceJson.text(hold).getBytes(StandardCharsets.UTF_8);
                try (FileChannel out = JournalFiles.createPrivate(draft)) {
                    Disk.writeFully(out, ByteBuffer.wrap(json), 0);
                    out.force(true);
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                Disk.forceDirectory(folder);
            }
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.FAILED, FOLDER + ": " + e.getMessage(), e);
        }
        access.record(actor, reason, new Act.HoldSet(name, calls));
        return hold;
    }

    /**
     * Releases a hold: what its calls outlived may be shredded from now on.
     *
     * @throws JournalException of kind {@code INVALID} where there is none of this name
     */
    public Hold release(String name, String actor, String reason) throws JournalException {
        Hold hold = list().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new JournalException(JournalException.Kind.INVALID, "there is no such hold"));
        access.record(actor, reason, new Act.HoldReleased(name));
        try (Maintenance _ = Maintenance.begin(dataDirectory)) {
            RetentionProgress.reset(dataDirectory); // what was passed over is looked at again
            Files.deleteIfExists(folder.resolve(name + SUFFIX));
            Disk.forceDirectory(folder);
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.FAILED, FOLDER + ": " + e.getMessage(), e);
        }
        return hold;
    }

    private static Hold read(Path file) throws IOException, JournalException {
        try {
            Hold hold = TraceJsonParser.hold(Files.readAllBytes(file));
            if (!file.endsWith(hold.name() + SUFFIX)) {
                throw new IOException("another name");
            }
            return hold;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, file + ": not a hold (nothing is shredded until this is mended)");
        }
    }
}
