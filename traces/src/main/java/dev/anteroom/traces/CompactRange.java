package dev.anteroom.traces;

import java.util.Arrays;

/**
 * A Merkle tree of which only the roots of its perfect subtrees are held: one a bit of its size. Confined to one thread.
 *
 * <p>Leaves are added at the end, and the root (RFC 9162, 2.1.1) is that of all so far. Adding takes two hashes on average,
 * memory is 2 KiB whatever the size.
 */
final class CompactRange {
    private static final int MOST_LEVELS = 62;

    private final Hashes hashes;
    private final byte[] roots =
            new byte[(MOST_LEVELS + 1) * Hashes.BYTES]; // by level: those of set bits of the size count
    private final byte[] carry = new byte[Hashes.BYTES];
    private long size;

    CompactRange(Hashes hashes) {
        this.hashes = hashes;
    }

    /** Told of every subtree that is complete, in the order in which that comes about; the bytes are valid during the call. */
    interface Listener {
        Listener NONE = (level, hash, at) -> {};

        void complete(int level, byte[] hash, int at);
    }

    long size() {
        return size;
    }

    /** Adds the leaf of this hash. */
    void add(byte[] leafHash, int at, Listener listener) {
        System.arraycopy(leafHash, at, carry, 0, Hashes.BYTES);
        listener.complete(0, carry, 0);
        int level = 0;
        for (long bits = size; (bits & 1) != 0; bits >>>= 1) {
            hashes.node(roots, level * Hashes.BYTES, carry, 0, carry, 0);
            level++;
            listener.complete(level, carry, 0);
        }
        System.arraycopy(carry, 0, roots, level * Hashes.BYTES, Hashes.BYTES);
        size++;
    }

    void add(byte[] leafHash) {
        add(leafHash, 0, Listener.NONE);
    }

    /** The root of all leaves so far. */
    byte[] root() {
        if (size == 0) {
            return hashes.empty();
        }
        int lowest = Long.numberOfTrailingZeros(size);
        byte[] root = Arrays.copyOfRange(roots, lowest * Hashes.BYTES, (lowest + 1) * Hashes.BYTES);
        for (int level = lowest + 1; level <= MOST_LEVELS; level++) {
            if ((size >>> level & 1) != 0) {
                hashes.node(roots, level * Hashes.BYTES, root, 0, root, 0);
            }
        }
        return root;
    }

    TreeHead head() {
        return new TreeHead(size, root());
    }
}
