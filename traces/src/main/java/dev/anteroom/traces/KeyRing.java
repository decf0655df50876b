package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys of a site: of each {@link Role} one that seals, and older ones that still open. Thread-safe.
 *
 * <p>Whoever has the operator key reads the records, but not what calls asked: that takes the key for originals too. The keys leave this class only as
 * keys derived for one journal lifetime. A key that is not here is looked for in the files again: after a rotation a running process
 * opens what others have sealed anew.
 */
public final class KeyRing {
    static final int KEY_BYTES = 32;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_MISSED = 1_000;

    /** No key at all: opens what is not sealed. */
    static final KeyRing NONE = new KeyRing();

    /** What a key opens. */
    public enum Role {
        /** Decisions, redacted requests and answers, and who read what. */
        OPERATOR,
        /** What calls asked, before anything was replaced in it. */
        ORIGINALS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Role, KeySource> sources;
    private final Map<Role, Long> active;
    private final List<Path> created;
    private volatile Map<Long, byte[]> keys;
    private final Map<Long, Long> missed = new HashMap<>();

    private KeyRing() {
        this.sources = Map.of();
        this.created = List.of();
        this.active = Map.of();
        this.keys = Map.of();
    }

    private KeyRing(Map<Role, KeySource> sources, List<Path> created) throws JournalException {
        this.sources = sources;
        this.created = List.copyOf(created);
        this.active = new EnumMap<>(Role.class);
        Map<Long, byte[]> found = new HashMap<>();
        for (var source : sources.entrySet()) {
            Map<Long, byte[]> ofRole = new HashMap<>();
            List<byte[]> read = read(source.getValue());
            active.put(source.getKey(), id(read.getFirst()));
            read.forEach(key -> ofRole.put(id(key), key));
            for (var key : ofRole.entrySet()) {
                if (found.putIfAbsent(key.getKey(), key.getValue()) != null) {
                    throw new JournalException(
                            JournalException.Kind.KEY,
                            source.getValue() + ": the key " + hex(key.getKey())
                                    + " is an operator key too (expected: another one for originals)");
                }
            }
        }
        this.keys = Map.copyOf(found);
    }

    /** The keys in {@code operator.key} and {@code originals.key} of this folder, made where they are missing. */
    public static KeyRing openOrCreate(Path folder, SecureRandom random) throws JournalException {
        return openOrCreate(KeySource.in(folder, Role.OPERATOR), KeySource.in(folder, Role.ORIGINALS), random);
    }

    /** The keys of these sources, for whoever writes records; a file that is missing is made, readable to its owner only. */
    public static KeyRing openOrCreate(KeySource operator, KeySource originals, SecureRandom random)
            throws JournalException {
        List<Path> created = new ArrayList<>();
        for (KeySource source : List.of(operator, originals)) {
            try {
                if (source instanceof KeySource.File(Path path)
                        && !Files.exists(path)
                        && KeyFiles.create(path, random)) {
                    created.add(path);
                }
            } catch (IOException e) {
                throw new JournalException(JournalException.Kind.KEY, source + ": " + e, e);
            }
        }
        return new KeyRing(sources(operator, originals), created);
    }

    /** The operator keys alone: opens everything but what calls asked. Makes none. */
    public static KeyRing open(KeySource operator) throws JournalException {
        return new KeyRing(new EnumMap<>(Map.of(Role.OPERATOR, operator)), List.of());
    }

    /** The keys of both roles. Makes none. */
    public static KeyRing open(KeySource operator, KeySource originals) throws JournalException {
        return new KeyRing(sources(operator, originals), List.of());
    }

    private static Map<Role, KeySource> sources(KeySource operator, KeySource originals) {
        return new EnumMap<>(Map.of(Role.OPERATOR, operator, Role.ORIGINALS, originals));
    }

    /** The files that {@link #openOrCreate} made: the operator must be told to keep copies elsewhere. */
    public List<Path> created() {
        return created;
    }

    /** Whether there is a key of this role. */
    public boolean has(Role role) {
        return active.containsKey(role);
    }

    /** Whether the keys of this role come from a command, which alone can make another. */
    public boolean isFromCommand(Role role) {
        return source(role) instanceof KeySource.Command;
    }

    /** Where the keys of this role come from. */
    KeySource source(Role role) {
        KeySource source = sources.get(role);
        if (source == null) {
            throw new IllegalArgumentException("role: " + role + " (expected: one of this ring)");
        }
        return source;
    }

    /** The id of the key of this role that seals. */
    long activeId(Role role) {
        Long id = active.get(role);
        if (id == null) {
            throw new IllegalArgumentException("role: " + role + " (expected: one of this ring)");
        }
        return id;
    }

    boolean has(long keyId) {
        return keys.containsKey(keyId) || lookFor(keyId);
    }

    /**
     * Reads the files again for a key that is not here, unless that was done for this one a moment ago: a file is always there before the first record that
     * needs it. A command is not run again: it may ask a person.
     */
    private synchronized boolean lookFor(long keyId) {
        long now = System.nanoTime();
        Long looked = missed.get(keyId);
        if (looked != null && now - looked < LOOK_AGAIN_NANOS) {
            return false;
        }
        Map<Long, byte[]> found = new HashMap<>(keys);
        for (KeySource source : sources.values()) {
            try {
                if (source instanceof KeySource.File) {
                    read(source).forEach(key -> found.put(id(key), key));
                }
            } catch (JournalException e) {
                // What there was is kept; the caller names the key that is missing.
            }
        }
        keys = Map.copyOf(found);
        if (missed.size() >= MOST_MISSED) {
            missed.clear();
        }
        missed.put(keyId, now);
        return keys.containsKey(keyId);
    }

    /**
     * The key that wraps the record keys of one lifetime: HKDF-SHA256 of a key of the ring, salted with the start id.
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

    private static List<byte[]> read(KeySource source) throws JournalException {
        try {
            return switch (source) {
                case KeySource.File(Path path) -> KeyFiles.read(path);
                case KeySource.Command command -> KeyCommand.run(command);
            };
        } catch (NoSuchFileException e) {
            throw new JournalException(JournalException.Kind.KEY, source + ": there is no such key");
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.KEY, source + ": " + e, e);
        }
    }

    static long id(byte[] key) {
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
        return "KeyRing" + sources;
    }
}
