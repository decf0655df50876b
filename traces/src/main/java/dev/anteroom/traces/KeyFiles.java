package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of keys: 64 hex digits each, readable to their owner only. Stateless. */
final class KeyFiles {
    private static final String SUFFIX = ".key";

    private KeyFiles() {}

    /** The key of this text, or nothing where it is none. */
    static Optional<byte[]> parse(String text) {
        try {
            byte[] key = HexFormat.of().parseHex(text.strip());
            return key.length == KeyRing.KEY_BYTES ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // its message would quote the text
        }
    }

    /** The key in this file, then those beside it that still open. */
    static List<byte[]> read(Path file) throws IOException, JournalException {
        List<byte[]> keys = new ArrayList<>();
        keys.add(one(file));
        String before = stem(file) + "-";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder(file), before + "*" + SUFFIX)) {
            for (Path older : all) {
                keys.add(one(older));
            }
        }
        return keys;
    }

    private static byte[] one(Path file) throws IOException, JournalException {
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1))
                .orElseThrow(() -> new JournalException(
                        JournalException.Kind.KEY, file + ": not a key (expected: 64 hex digits)"));
    }

    /** Makes a key where there is none; false where another process was first. */
    static boolean create(Path file, SecureRandom random) throws IOException {
        Disk.createPrivateDirectories(folder(file));
        try (Draft draft = draft(file, random)) {
            return draft.place();
        }
    }

    /** A key that is made and not yet in force. Confined to one thread; close it. */
    static final class Draft implements AutoCloseable {
        private final Path file;
        private final Path draft;
        private final long id;

        private Draft(Path file, Path draft, long id) {
            this.file = file;
            this.draft = draft;
            this.id = id;
        }

        long id() {
            return id;
        }

        /** Puts it where there is no key; false where another process was first. */
        boolean place() throws IOException {
            try {
                Files.createLink(file, draft);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        }

        /**
         * Puts it in the place of a key, which then stands beside it under its id. A crash leaves the old key in force, under both names, or the new
         * one; never none.
         *
         * @return where the old key is now
         */
        Path replace() throws IOException, JournalException {
            Path older = file.resolveSibling(stem(file) + "-" + KeyRing.hex(KeyRing.id(one(file))) + SUFFIX);
            if (!Files.exists(older)) {
                Files.createLink(older, file);
            }
            Disk.forceDirectory(folder(file));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return older;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(draft);
            Disk.forceDirectory(folder(file));
        }
    }

    /** Makes a key for this file, written under another name first, so that a half-written key is never found. */
    static Draft draft(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        random.nextBytes(key);
        Path draft = Files.createTempFile(
                folder(file),
                stem(file),
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
            byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
            Disk.writeFully(out, ByteBuffer.wrap(text), 0);
            out.force(true);
        }
        long id = KeyRing.id(key);
        Arrays.fill(key, (byte) 0);
        return new Draft(file, draft, id);
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
