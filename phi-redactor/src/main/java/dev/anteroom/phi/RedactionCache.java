package dev.anteroom.phi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the turns of conversations, so that a turn that is sent again is not read again.
 * Thread-safe. Bounded by entries and bytes; what was not used for longest goes first. One lasts as long as the process.
 *
 * <p>It holds offsets, categories, layers and scores, under a hash of everything that led to them: tenant, redactor, what is known about the
 * patient, and every position from the first on. The hash has a random key of its own, which is never stored, so that nothing here says
 * what a text or a value was. Entries say the same as a new scan would, so losing one costs time only.
 */
public final class RedactionCache {

    private static final int STRIPES = 16;
    private static final int BYTES_AN_ENTRY = 192;
    private static final int BYTES_A_SPAN = 48;

    private final SipHash.Key chainKey;
    private final SipHash.Key fingerprintKey;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /**
     * Makes an empty cache.
     *
     * @param maxEntries positions that it holds at most
     * @param maxBytes memory that it takes at most, by estimate
     * @param random not predictable from outside: the keys come from it
     */
    public RedactionCache(int maxEntries, long maxBytes, RandomGenerator random) {
        if (maxEntries < STRIPES || maxBytes < STRIPES) {
            throw new IllegalArgumentException("a cache needs room");
        }
        chainKey = new SipHash.Key(random.nextLong(), random.nextLong());
        fingerprintKey = new SipHash.Key(random.nextLong(), random.nextLong());
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(maxEntries / STRIPES, maxBytes / STRIPES);
        }
    }

    /** Who shares entries: calls of one tenant. Immutable. */
    public record Scope(String tenant) {
        public Scope {
            Objects.requireNonNull(tenant);
        }
    }

    /** Returns how many positions are held. */
    public int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    SipHash chain() {
        return new SipHash(chainKey);
    }

    SipHash fingerprints() {
        return new SipHash(fingerprintKey);
    }

    @Nullable
    Entry get(Key key) {
        return stripe(key).get(key);
    }

    void put(Key key, Entry entry) {
        stripe(key).put(key, entry);
    }

    private Stripe stripe(Key key) {
        return stripes[(int) (key.high >>> 60)];
    }

    @Override
    public String toString() {
        return "RedactionCache[" + size() + "]";
    }

    /**
     * Where a position stands: a node of the chain over all positions, and how many positions before that node. Immutable.
     *
     * @param before 0 for the node's own position; more where neighbours after a position count too
     */
    record Key(long low, long high, int before) {
        @Override
        public int hashCode() {
            return (int) low + before;
        }

        @Override
        public String toString() {
            return "Key";
        }
    }

    /**
     * The end of a call as it once came, as a hash of it and of what was found near its end. Immutable.
     *
     * @param last index of its last position
     */
    record Head(int last, long low, long high) {
        @Override
        public String toString() {
            return "Head[" + last + "]";
        }
    }

    /** What is known of one position. Thread-safe: its spans never change, and every head that it gets is as true as the one before. */
    static final class Entry {

        /** What was found in the position itself. */
        final List<Span> own;

        /** What follows from the value of each of them, null where its forms must be made again. */
        final @Nullable ValueTrace[] traces;

        /** The same with all repeats of what was found until the head. */
        final List<Span> spans;

        /** How words of the position begin; null where text in disguise may hold more of them. */
        final @Nullable Fingerprint fingerprint;

        private volatile Head head;

        Entry(
                List<Span> own,
                @Nullable ValueTrace[] traces,
                List<Span> spans,
                @Nullable Fingerprint fingerprint,
                Head head) {
            this.own = own;
            this.traces = traces;
            this.spans = spans;
            this.fingerprint = fingerprint;
            this.head = head;
        }

        Head head() {
            return head;
        }

        void advance(Head to) {
            head = to;
        }

        int bytes() {
            int bytes = BYTES_AN_ENTRY + BYTES_A_SPAN * (own.size() + spans.size());
            for (ValueTrace trace : traces) {
                bytes += trace == null ? 0 : trace.bytes();
            }
            return bytes + (fingerprint == null ? 0 : fingerprint.bytes());
        }

        @Override
        public String toString() {
            return "Entry[" + spans.size() + "]";
        }
    }

    /** A share of the entries, under a lock of its own, in order of last use. */
    private static final class Stripe {

        private final int maxEntries;
        private final long maxBytes;
        private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Stripe(int maxEntries, long maxBytes) {
            this.maxEntries = maxEntries;
            this.maxBytes = maxBytes;
        }

        synchronized int size() {
            return entries.size();
        }

        synchronized @Nullable Entry get(Key key) {
            return entries.get(key);
        }

        synchronized void put(Key key, Entry entry) {
            Entry replaced = entries.put(key, entry);
            bytes += entry.bytes() - (replaced == null ? 0 : replaced.bytes());
            while (entries.size() > maxEntries || bytes > maxBytes) {
                bytes -= entries.pollFirstEntry().getValue().bytes();
            }
        }
    }
}
