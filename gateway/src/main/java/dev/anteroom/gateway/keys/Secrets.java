package dev.anteroom.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The form of API keys: {@code sk-anteroom-} and 32 random bytes in base64url. Stateless.
 *
 * <p>A key is kept as its SHA-256. A slow password hash would add nothing: 256 random bits cannot be guessed, and the hash is computed on every
 * request.
 */
final class Secrets {
    static final String PREFIX = "sk-anteroom-";
    static final String DEMO = "sk-anteroom-demo";
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARS = 43;
    static final int LENGTH = PREFIX.length() + RANDOM_CHARS;
    private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_CHARS = 12;

    private Secrets() {}

    static String newSecret(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String newId(SecureRandom random) {
        StringBuilder id = new StringBuilder(1 + ID_CHARS).append('k');
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /** The bytes of a text that has the form of a key, or null where it has another form. */
    static byte @Nullable [] bytesIfWellFormed(CharSequence presented) {
        if (presented.length() != LENGTH) {
            return null;
        }
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            char c = presented.charAt(i);
            boolean allowed = i < PREFIX.length()
                    ? c == PREFIX.charAt(i)
                    : (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
            if (!allowed) {
                return null;
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }

    static byte[] hash(String secret) {
        return sha256().digest(secret.getBytes(StandardCharsets.US_ASCII));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
