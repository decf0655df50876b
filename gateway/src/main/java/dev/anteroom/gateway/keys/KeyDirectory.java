package dev.anteroom.gateway.keys;

import dev.anteroom.gateway.config.Environment;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one moment, ready to admit callers. Immutable.
 *
 * <p>A presented key is hashed, found by the first eight bytes of its hash and compared with {@link MessageDigest#isEqual}; how long that takes
 * says nothing about any key, because nobody can choose the hash. Every outcome but {@link KeyOutcome.Unavailable} is made beforehand.
 */
public final class KeyDirectory {
    private static final KeyOutcome UNKNOWN = new KeyOutcome.Unknown();
    private static final CallerKey DEMO_KEY = new CallerKey(
            CallerKey.DEMO_ID,
            "demo",
            Environment.SANDBOX,
            "demo",
            Instant.EPOCH,
            null,
            null,
            "the built-in key of the demo configuration");

    private final long[] firstBytes;
    private final List<Entry> entries;
    private final boolean demo;
    private final @Nullable String problem;
    private final KeyOutcome demoAccepted = new KeyOutcome.Accepted(DEMO_KEY);

    private KeyDirectory(long[] firstBytes, List<Entry> entries, boolean demo, @Nullable String problem) {
        this.firstBytes = firstBytes;
        this.entries = entries;
        this.demo = demo;
        this.problem = problem;
    }

    static KeyDirectory of(List<StoredKey> keys, boolean demo) {
        List<Entry> entries = keys.stream()
                .map(Entry::new)
                .sorted(Comparator.comparingLong(Entry::firstBytes))
                .toList();
        return new KeyDirectory(entries.stream().mapToLong(Entry::firstBytes).toArray(), entries, demo, null);
    }

    static KeyDirectory unavailable(String problem, boolean demo) {
        return new KeyDirectory(new long[0], List.of(), demo, problem);
    }

    /** The same keys, with or without the demo key. */
    KeyDirectory withDemo(boolean admitted) {
        return admitted == demo ? this : new KeyDirectory(firstBytes, entries, admitted, problem);
    }

    /** What is wrong with the file of the keys; while anything is, every key is refused. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** How many keys there are, of every state, without the demo key. */
    public int size() {
        return entries.size();
    }

    /** Whether the caller who presents this key is admitted now. */
    public KeyOutcome authenticate(CharSequence presented, Instant now) {
        String wrong = problem;
        if (wrong != null) {
            return new KeyOutcome.Unavailable(wrong);
        }
        if (demo && Secrets.DEMO.contentEquals(presented)) {
            return demoAccepted;
        }
        byte[] bytes = Secrets.bytesIfWellFormed(presented);
        if (bytes == null) {
            return UNKNOWN;
        }
        byte[] hash = Secrets.sha256().digest(bytes);
        long first = firstBytesOf(hash);
        for (int i = lowestIndexOf(first); i < firstBytes.length && firstBytes[i] == first; i++) {
            Entry entry = entries.get(i);
            if (MessageDigest.isEqual(entry.hash, hash)) {
                return switch (entry.accepted.key().stateAt(now)) {
                    case ACTIVE -> entry.accepted;
                    case EXPIRED -> entry.expired;
                    case REVOKED -> entry.revoked;
                };
            }
        }
        return UNKNOWN;
    }

    /** All keys, of every state, without the demo key. */
    public List<CallerKey> all() {
        return entries.stream().map(e -> e.accepted.key()).toList();
    }

    /** The key with this id, whatever its state; for a call that was admitted and must learn that its key no longer is. */
    public Optional<CallerKey> byId(String keyId) {
        if (demo && keyId.equals(CallerKey.DEMO_ID)) {
            return problem == null ? Optional.of(DEMO_KEY) : Optional.empty();
        }
        return entries.stream()
                .map(e -> e.accepted.key())
                .filter(k -> k.keyId().equals(keyId))
                .findFirst();
    }

    private int lowestIndexOf(long value) {
        int low = 0;
        int high = firstBytes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (firstBytes[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long firstBytesOf(byte[] hash) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (hash[i] & 0xff);
        }
        return value;
    }

    @Override
    public String toString() {
        return "KeyDirectory[" + entries.size() + " keys" + (demo ? " and the demo key" : "")
                + (problem == null ? "" : ", unavailable") + "]";
    }

    private static final class Entry {
        private final byte[] hash;
        private final long firstBytes;
        private final KeyOutcome.Accepted accepted;
        private final KeyOutcome.Expired expired;
        private final KeyOutcome.Revoked revoked;

        Entry(StoredKey stored) {
            this.hash = stored.hash();
            this.firstBytes = firstBytesOf(hash);
            this.accepted = new KeyOutcome.Accepted(stored.key());
            this.expired = new KeyOutcome.Expired(stored.key());
            this.revoked = new KeyOutcome.Revoked(stored.key());
        }

        long firstBytes() {
            return firstBytes;
        }
    }
}
