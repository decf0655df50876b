package dev.anteroom.phi;

/**
 * How the words of one text begin, as a Bloom filter under a secret key: it says where a value cannot stand.
 * Immutable. Without the key its bits say nothing about the text but about how many words it has.
 */
final class Fingerprint {

    private static final int BITS_A_LEAD = 16;
    private static final int PROBES = 8;

    private final long[] bits;

    private Fingerprint(long[] bits) {
        this.bits = bits;
    }

    /** Returns the fingerprint of a position. */
    static Fingerprint of(Document document, int position, SipHash hash) {
        long[] bits = new long[Math.max(1, document.tokens(position).count() * 2 * BITS_A_LEAD / Long.SIZE)];
        ValuePatterns.leads(document, position, (lead, length) -> {
            long hashed = hash(hash, lead, length);
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = bit(bits, hashed, probe);
                bits[(int) (bit >>> 6)] |= 1L << bit;
            }
        });
        return new Fingerprint(bits);
    }

    /** Returns the hash of the beginning of a word or a value. */
    static long hash(SipHash hash, long lead, int length) {
        return hash.start().absorb(lead + length).endHalf();
    }

    private static long bit(long[] bits, long hash, int probe) {
        return Math.unsignedMultiplyHigh(
                Long.rotateLeft(hash, probe * Long.SIZE / PROBES), (long) bits.length * Long.SIZE);
    }

    /** Returns whether one of these values may stand in the text, from the so-manieth on. */
    boolean mayHold(Leads leads, int from) {
        for (int i = from; i < leads.size; i++) {
            if (leads.anywhere[i] || mayHold(leads.hashes[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a value whose beginning has this hash may stand in the text. */
    boolean mayHold(long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(bits, hash, probe);
            if ((bits[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns about how many bytes of memory this holds. */
    int bytes() {
        return 40 + bits.length * Long.BYTES;
    }

    @Override
    public String toString() {
        return "Fingerprint";
    }

    /** The beginnings of values, hashed under the same key. Confined to one call. */
    static final class Leads {

        private final long[] hashes;
        private final boolean[] anywhere;
        private int size;

        /** Hashes the beginnings of the values from the so-manieth on; those before are left empty. */
        Leads(ValuePatterns patterns, int from, SipHash hash) {
            hashes = new long[patterns.size()];
            anywhere = new boolean[patterns.size()];
            size = from;
            patterns.leadsFrom(from, (lead, length) -> {
                hashes[size] = hash(hash, lead, length);
                anywhere[size++] = length == 0;
            });
        }
    }
}
