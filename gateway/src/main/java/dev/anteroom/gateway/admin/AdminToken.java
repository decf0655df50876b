package dev.anteroom.gateway.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The token of the admin port: shown once when it is made, kept as a SHA-256 hash, compared in constant time. Immutable. */
final class AdminToken {
    private static final String FILE = "admin-token.sha256";
    private static final int RANDOM_BYTES = 32;

    private final byte[] hash;
    private final Optional<String> newlyMade;

    private AdminToken(byte[] hash, Optional<String> newlyMade) {
        this.hash = hash;
        this.newlyMade = newlyMade;
    }

    static AdminToken openOrCreate(Path directory, RandomGenerator random) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            try {
                return new AdminToken(
                        HexFormat.of().parseHex(Files.readString(file).strip()), Optional.empty());
            } catch (IllegalArgumentException damaged) {
                throw new IOException(file + " is damaged; delete it to have a new admin token made", damaged);
            }
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = "adm-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] hash = sha256(token);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(hash) + "\n", StandardOpenOption.WRITE);
        return new AdminToken(hash, Optional.of(token));
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(hash, sha256(presented));
    }

    Optional<String> newlyMade() {
        return newlyMade;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
