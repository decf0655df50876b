package dev.anteroom.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes proofs from the hashes of perfect subtrees, as RFC 9162 defines them: 2.1.3.1 for inclusion, 2.1.4.1 for
 * consistency. Confined to one thread. A proof takes time and memory logarithmic in the size.
 */
final class MerkleTree {
    /** The hashes of perfect subtrees. */
    interface Subtrees {
        /** The hash over the leaves {@code [index << level, (index + 1) << level)}. */
        byte[] hash(int level, long index) throws IOException;
    }

    private final Hashes hashes;
    private final Subtrees subtrees;

    MerkleTree(Hashes hashes, Subtrees subtrees) {
        this.hashes = hashes;
        this.subtrees = subtrees;
    }

    /** The root of the first so many leaves. */
    byte[] root(long size) throws IOException {
        return size == 0 ? hashes.empty() : hash(0, size);
    }

    /** The path from the leaf at this index to the root of the first so many leaves. */
    List<byte[]> inclusion(long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index: " + index + " (expected: 0 to " + (size - 1) + ")");
        }
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return path;
    }

    /** What shows that the tree of the first {@code second} leaves begins with that of the first {@code first}. */
    List<byte[]> consistency(long first, long second) throws IOException {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException("first: " + first + " (expected: 0 to " + second + ")");
        }
        List<byte[]> path = new ArrayList<>();
        if (first > 0 && first < second) {
            consistency(first, 0, second, true, path);
        }
        return path;
    }

    private void path(long index, long from, long to, List<byte[]> path) throws IOException {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    private void consistency(long first, long from, long to, boolean known, List<byte[]> path) throws IOException {
        if (first == to) {
            if (!known) {
                path.add(hash(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (first <= middle) {
            consistency(first, from, middle, known, path);
            path.add(hash(middle, to));
        } else {
            consistency(first, middle, to, false, path);
            path.add(hash(from, middle));
        }
    }

    private byte[] hash(long from, long to) throws IOException {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return subtrees.hash(level, from >>> level);
        }
        long middle = from + split(leaves);
        return hashes.node(hash(from, middle), hash(middle, to));
    }

    /** The largest power of two that is less than this. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
