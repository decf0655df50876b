package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.cli.CommandFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that only its owner can read, and that appears whole or not at all. Confined to one thread.
 *
 * <p>It is written beside its place and moved there at the end; a file that stands there is replaced, anything else is not.
 */
final class OwnerFile implements AutoCloseable {
    private final Path target;
    private final Path draft;
    private final BufferedWriter writer;
    private boolean kept;

    private OwnerFile(Path target, Path draft, BufferedWriter writer) {
        this.target = target;
        this.draft = draft;
        this.writer = writer;
    }

    static OwnerFile open(Path target) throws CommandFailure {
        String reason = obstacle(target);
        if (reason != null) {
            throw new CommandFailure(2, target + " cannot be written: " + reason);
        }
        try {
            // Temporary files belong to their owner alone wherever the file system knows owners.
            Path draft = Files.createTempFile(target.toAbsolutePath().getParent(), ".report-", ".draft");
            return new OwnerFile(target, draft, Files.newBufferedWriter(draft, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(2, target + " cannot be written: no file can be made in its folder");
        }
    }

    private static @Nullable String obstacle(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            return "it is a directory";
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            return "what stands there is not a plain file";
        }
        return folder == null || !Files.isDirectory(folder) ? "there is no such folder" : null;
    }

    Writer writer() {
        return writer;
    }

    /** Puts the file in its place. */
    void keep() throws IOException {
        writer.close();
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException("");
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        kept = true;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        if (!kept) {
            Files.deleteIfExists(draft);
        }
    }
}
