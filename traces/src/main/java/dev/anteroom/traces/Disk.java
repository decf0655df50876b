package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The two calls to the disk whose failure the journal must survive. Implementations are thread-safe. */
interface Disk {
    Disk REAL = new Disk() {
        @Override
        public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
            writeFully(channel, bytes, position);
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            channel.force(false);
        }
    };

    void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;

    void force(FileChannel channel) throws IOException;

    static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Replaces a file, readable to its owner only: a reader finds the old or the new text, and so does who comes after a crash. */
    static void replaceWhole(Path file, String text) throws IOException {
        Path draft = draft(file, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a file, readable to its owner only and never found half-written; throws where there is one. */
    static void createWhole(Path file, String text) throws IOException {
        Path draft = draft(file, text);
        try {
            Files.createLink(file, draft);
        } finally {
            Files.delete(draft);
        }
        forceDirectory(file.toAbsolutePath().getParent());
    }

    private static Path draft(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (FileChannel out = FileChannel.open(
                draft,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeFully(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            out.force(true);
        }
        return draft;
    }

    /** Makes the names in a directory durable. */
    static void forceDirectory(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates the directory and its parents where missing, the last one closed to others. */
    static void createPrivateDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectories(
                absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        forceDirectory(parent);
    }
}
