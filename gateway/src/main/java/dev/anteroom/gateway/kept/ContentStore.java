package dev.anteroom.gateway.kept;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of files that are named by their SHA-256; the same bytes lie there once, whoever needs them. Thread-safe.
 *
 * <p>A file appears under its name only when all of it is on disk. It is never changed, so what is found under a name and has the digest
 * is what was put there.
 */
final class ContentStore {
    private static final String DRAFT = ".draft";

    private final Path folder;

    ContentStore(Path folder) {
        this.folder = folder;
    }

    /** Keeps these bytes under the digest that they must have. Durable when {@link #force} has returned. */
    void put(Content content) throws IOException {
        Path file = file(content.sha256());
        if (Files.exists(file)) {
            return;
        }
        try (InputStream in = content.source().open()) {
            write(in, file, content.sha256());
        } catch (NoSuchFileException gone) {
            throw new IOException(content.name() + " is gone while it was to be kept", gone);
        }
    }

    private void write(InputStream from, Path file, String sha256) throws IOException {
        Path draft = folder.resolve(sha256 + DRAFT);
        Files.deleteIfExists(draft);
        DigestInputStream in = new DigestInputStream(from, Sha256.digest());
        try (FileChannel out = FileChannel.open(
                draft,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
        if (!Sha256.hex(in.getMessageDigest()).equals(sha256)) {
            Files.delete(draft);
            throw new IOException("a file changed while it was to be kept");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the names durable. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The kept bytes. */
    byte[] bytes(String sha256, String name) throws KeptException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(sha256));
        } catch (IOException e) {
            throw missing(name, e);
        }
        if (!Sha256.of(bytes).equals(sha256)) {
            throw damaged(name);
        }
        return bytes;
    }

    /** The file of the kept bytes, which has the digest now. */
    Path verified(String sha256, String name) throws KeptException {
        Path file = file(sha256);
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            if (!Sha256.hex(in.getMessageDigest()).equals(sha256)) {
                throw damaged(name);
            }
            return file;
        } catch (IOException e) {
            throw missing(name, e);
        }
    }

    private static KeptException missing(String name, IOException e) {
        return new KeptException(
                e instanceof NoSuchFileException ? name + " is not kept" : name + " is kept and cannot be read", e);
    }

    private static KeptException damaged(String name) {
        return new KeptException(name + " is kept and damaged: it has another digest");
    }

    /** Removes all but these; returns how many files went. */
    int retain(Set<String> named) throws IOException {
        Set<Path> rest = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !named.contains(String.valueOf(file.getFileName())))
                    .forEach(rest::add);
        }
        for (Path file : rest) {
            Files.deleteIfExists(file);
        }
        return rest.size();
    }

    /** Writes a file that is no content, such as a list of contents: all of it or nothing, durable when this returns. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel out = FileChannel.open(
                draft,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.getParent();
        if (folder != null) {
            new ContentStore(folder).force();
        }
    }

    private Path file(String sha256) {
        if (!Sha256.isOne(sha256)) {
            throw new IllegalArgumentException("not a digest");
        }
        return folder.resolve(sha256);
    }

    @Override
    public String toString() {
        return "ContentStore[" + folder + "]";
    }
}
