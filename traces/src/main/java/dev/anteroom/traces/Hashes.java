package dev.anteroom.traces;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hashes of a Merkle tree as RFC 9162, section 2.1, defines them, over SHA-256. Confined to one thread.
 *
 * <p>Leaves and nodes are hashed with different first bytes, so that neither can be passed off as the other.
 */
final class Hashes {
    static final int BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    Hashes() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The root of a tree without leaves. */
    byte[] empty() {
        return sha256.digest();
    }

    byte[] leaf(byte[] data) {
        byte[] hash = new byte[BYTES];
        leaf(data, 0, data.length, hash, 0);
        return hash;
    }

    void leaf(byte[] data, int from, int length, byte[] out, int at) {
        sha256.update(LEAF);
        sha256.update(data, from, length);
        digest(out, at);
    }

    byte[] node(byte[] left, byte[] right) {
        byte[] hash = new byte[BYTES];
        node(left, 0, right, 0, hash, 0);
        return hash;
    }

    void node(byte[] left, int leftAt, byte[] right, int rightAt, byte[] out, int at) {
        sha256.update(NODE);
        sha256.update(left, leftAt, BYTES);
        sha256.update(right, rightAt, BYTES);
        digest(out, at);
    }

    /** The plain hash of these bytes. */
    byte[] plain(byte[] bytes) {
        return sha256.digest(bytes);
    }

    private void digest(byte[] out, int at) {
        try {
            sha256.digest(out, at, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("out: no room for a hash at " + at, e);
        }
    }

    static boolean equal(byte[] a, byte[] b) {
        return Arrays.equals(a, b);
    }
}
