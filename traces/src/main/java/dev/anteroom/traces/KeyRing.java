package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The operator's keys: {@code operator.key} seals, every {@code *.key} beside it but the log's still opens. Immutable.
 *
 * <p>A key file holds 32 random bytes as 64 hex digits. To rotate, rename {@code operator.key} to another name that ends
 * in {@code .key} and restart; a new one is made. Whoever holds the files reads the records, and without them nobody
 * does. The keys leave this class only as keys derived for one journal lifetime.
 */
public final class KeyRing {
    static final int KEY_BYTES = 32;
    private static final String ACTIVE = "operator.key";

    /** No key at all: opens what is not sealed. */
    static final KeyRing NONE = new KeyRing(Path.of(""), false, 0, Map.of());

    private final Path file;
    private final boolean created;
    private final long activeId;
    private final Map<Long, byte[]> keys;

    private KeyRing(Path file, boolean created, long activeId, Map<Long, byte[]> keys) {
        this.file = file;
        this.created = created;
        this.activeId = activeId;
        this.keys = keys;
    }

    /** Reads the keys of this directory; where it has no {@code operator.key}, makes one readable to its owner only. */
    public static KeyRing openOrCreate(Path keysDirectory, SecureRandom random) throws JournalException {
        Path file = keysDirectory.resolve(ACTIVE);
        try {
            boolean created = false;
            if (!Files.exists(file)) {
                Disk.createPrivateDirectories(keysDirectory);
                created = create(keysDirectory, file, random);
            }
            Map<Long, byte[]> keys = new HashMap<>();
            byte[] active = read(file);
            keys.put(id(active), active);
            try (DirectoryStream<Path> others = Files.newDirectoryStream(keysDirectory, "*.key")) {
                for (Path other : others) {
                    if (String.valueOf(other.getFileName()).equals(LogKey.FILE)) {
                        continue; // it signs; it seals nothing
                    }
                    byte[] key = read(other);
                    keys.put(id(key), key);
                }
            }
            return new KeyRing(file, created, id(active), keys);
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.KEY, file + ": " + e, e);
        }
    }

    /** Whether {@link #openOrCreate} made the key: the operator must be told to keep a copy elsewhere. */
    public boolean created() {
        return created;
    }

    /** The file of the key that seals. */
    public Path file() {
        return file;
    }

    long activeId() {
        return activeId;
    }

    boolean has(long keyId) {
        return keys.containsKey(keyId);
    }

    /**
     * The key that wraps the record keys of one lifetime: HKDF-SHA256 of an operator key, salted with the start id.
     *
     * <p>One key a lifetime lets the sequence number be the nonce: 96 random bits under one long-lived key would have
     * reached their bound of 2^32 uses in three days at 20,000 records a second.
     */
    SecretKey lifetimeKey(long keyId, byte[] startId) throws GeneralSecurityException {
        byte[] key = keys.get(keyId);
        if (key == null) {
            throw new IllegalArgumentException("keyId: " + hex(keyId) + " (expected: one of the ring)");
        }
        byte[] info = "anteroom journal 1".getBytes(StandardCharsets.US_ASCII);
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(key)
                                .addSalt(startId)
                                .thenExpand(info, KEY_BYTES));
    }

    static String hex(long keyId) {
        return HexFormat.of().toHexDigits(keyId);
    }

    /** Writes a new key under another name first, so that a half-written one is never found. */
    private static boolean create(Path directory, Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path draft = Files.createTempFile(
                directory,
                "operator",
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
            byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
            Disk.writeFully(out, ByteBuffer.wrap(text), 0);
            out.force(true);
        }
        try {
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.delete(draft);
            Disk.forceDirectory(directory);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws IOException, JournalException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        try {
            byte[] key = HexFormat.of().parseHex(text);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Not named as a cause: its message would quote the file.
        }
        throw new JournalException(JournalException.Kind.KEY, file + ": not a key (expected: 64 hex digits)");
    }

    private static long id(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("anteroom key id 1".getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest.digest(key)).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "KeyRing[" + file + ", " + hex(activeId) + "]";
    }
}
