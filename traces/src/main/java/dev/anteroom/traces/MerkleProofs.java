package dev.anteroom.traces;

import java.util.List;

/**
 * Checks proofs against tree heads, as RFC 9162 says step by step: 2.1.3.2 for inclusion, 2.1.4.2 for consistency. Confined
 * to one thread.
 */
final class MerkleProofs {
    private final Hashes hashes;

    MerkleProofs(Hashes hashes) {
        this.hashes = hashes;
    }

    /** Whether the leaf of this hash stands at this index, from 0, in the tree. */
    boolean isIncluded(long index, byte[] leafHash, TreeHead head, List<byte[]> path) {
        if (index < 0 || index >= head.size()) {
            return false;
        }
        long fn = index;
        long sn = head.size() - 1;
        byte[] r = leafHash;
        for (byte[] p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) != 0 || fn == sn) {
                r = hashes.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = hashes.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Hashes.equal(r, head.root());
    }

    /** Whether the larger tree begins with all leaves of the smaller one. */
    boolean isConsistent(TreeHead first, TreeHead second, List<byte[]> path) {
        if (first.size() == 0 || first.size() == second.size()) {
            // The empty tree begins every tree; a tree is consistent with itself alone.
            return path.isEmpty()
                    && (first.size() == 0
                            ? Hashes.equal(first.root(), hashes.empty())
                            : Hashes.equal(first.root(), second.root()));
        }
        if (first.size() > second.size() || path.isEmpty()) {
            return false;
        }
        boolean whole = Long.bitCount(first.size()) == 1;
        int next = whole ? 0 : 1;
        byte[] fr = whole ? first.root() : path.getFirst();
        byte[] sr = fr;
        long fn = first.size() - 1;
        long sn = second.size() - 1;
        while ((fn & 1) != 0) {
            fn >>>= 1;
            sn >>>= 1;
        }
        for (byte[] c : path.subList(next, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) != 0 || fn == sn) {
                fr = hashes.node(c, fr);
                sr = hashes.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = hashes.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Hashes.equal(fr, first.root()) && Hashes.equal(sr, second.root());
    }
}
