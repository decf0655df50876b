package dev.anteroom.gateway.kept;

import java.util.List;

/**
 * What the hash of a snapshot is made of. Immutable.
 *
 * @param canonicalText of the configuration
 * @param strict digest of the redactor of this profile
 * @param balanced digest of the redactor of this profile
 * @param build name of the build
 * @param code digest of the build's code
 */
public record SnapshotParts(String canonicalText, String strict, String balanced, String build, String code) {

    /** The snapshot's hash: SHA-256 in hexadecimal over all parts, each behind its length. */
    public String hash() {
        return Sha256.of(List.of(canonicalText, strict, balanced, build, code));
    }

    @Override
    public String toString() {
        return "SnapshotParts[" + build + "]";
    }
}
