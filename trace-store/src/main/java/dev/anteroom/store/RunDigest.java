package dev.anteroom.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands in the database for what an app calls a run: found again by whoever has the key and the name, and of no use
 * without. HMAC-SHA-256 (RFC 2104), cut to 128 bits. Thread-safe.
 *
 * <p>Several gateways that share a database share the key file, or each finds the runs of its own only.
 */
public final class RunDigest {
    private static final int DIGEST_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private RunDigest(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The digest with the key of this data directory, {@code keys/store-digest.secret}; the key is made where missing. */
    public static RunDigest openOrCreate(Path dataDirectory, SecureRandom random) throws IOException {
        Path file = dataDirectory.resolve("keys").resolve("store-digest.secret");
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        String hex = OwnFile.readOrCreate(file, HexFormat.of().formatHex(fresh));
        if (hex.length() != 2 * KEY_BYTES) {
            throw new IOException(file + ": expected " + 2 * KEY_BYTES + " hex digits");
        }
        try {
            return new RunDigest(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected hex digits", e);
        }
    }

    byte[] of(String run) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(run.getBytes(StandardCharsets.UTF_8)), DIGEST_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "RunDigest";
    }
}
