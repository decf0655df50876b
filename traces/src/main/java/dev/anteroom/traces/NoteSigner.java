package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A key that signs notes. Thread-safe.
 *
 * <p>Its file has two lines: {@code PRIVATE+KEY+NAME+ID+BASE64}, as golang.org/x/mod/sumdb/note writes it, and the verifier
 * key. Both are checked against each other when they are read.
 */
final class NoteSigner {
    private static final String PRIVATE = "PRIVATE+KEY+";
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final int SEED_BYTES = 32;

    private final NoteKey key;
    private final PrivateKey secret;

    private NoteSigner(NoteKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    /** Reads the key of this file; throws where it is none. */
    static NoteSigner read(Path file) throws IOException, NoteException {
        List<String> lines =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() != 2 || !lines.getFirst().startsWith(PRIVATE)) {
            throw new NoteException("not a signing key (expected: a line PRIVATE+KEY+... and its verifier key)");
        }
        NoteKey key = NoteKey.parse(lines.getLast());
        String[] parts = lines.getFirst().substring(PRIVATE.length()).split("\\+", 3);
        byte[] typed = parts.length == 3 ? SignedNote.base64(parts[2]) : new byte[0];
        if (typed.length != 1 + SEED_BYTES || typed[0] != key.use().type) {
            throw new NoteException("not a signing key of Ed25519");
        }
        NoteSigner signer = new NoteSigner(key, secret(Arrays.copyOfRange(typed, 1, typed.length)));
        Arrays.fill(typed, (byte) 0);
        SignedNote probe = new SignedNote("probe\n", List.of(signer.sign("probe\n", 0)));
        if (!(key.check(probe) instanceof NoteKey.Check.Valid)) {
            throw new NoteException("its private and its public half do not belong together");
        }
        return signer;
    }

    /** Makes a key and its file, readable to its owner only; throws where the file exists. */
    static NoteSigner create(Path file, String name, NoteKey.Use use, SecureRandom random)
            throws IOException, NoteException {
        if (!SignedNote.isName(name)) {
            throw new NoteException("not a name of a key (expected: no space and no plus)");
        }
        KeyPair pair;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
        byte[] seed = tail(pair.getPrivate().getEncoded());
        NoteKey key = new NoteKey(name, use, tail(pair.getPublic().getEncoded()));
        byte[] typed =
                ByteBuffer.allocate(1 + SEED_BYTES).put(use.type).put(seed).array();
        String text = PRIVATE + name + "+" + HexFormat.of().toHexDigits(key.id()) + "+"
                + Base64.getEncoder().encodeToString(typed) + "\n" + key + "\n";
        Arrays.fill(typed, (byte) 0);
        Disk.createWhole(file, text);
        return new NoteSigner(key, secret(seed));
    }

    NoteKey key() {
        return key;
    }

    /** A signature line for this text; {@code seconds} is the time of a cosignature. */
    SignedNote.Signature sign(String text, long seconds) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            byte[] bytes = switch (key.use()) {
                case NOTE -> {
                    signer.update(text.getBytes(StandardCharsets.UTF_8));
                    yield signer.sign();
                }
                case COSIGNATURE -> {
                    signer.update(NoteKey.cosigned(text, seconds));
                    byte[] signature = signer.sign();
                    yield ByteBuffer.allocate(Long.BYTES + signature.length)
                            .putLong(seconds)
                            .put(signature)
                            .array();
                }
            };
            return new SignedNote.Signature(key.name(), key.id(), bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    private static PrivateKey secret(byte[] seed) {
        byte[] encoded = ByteBuffer.allocate(PKCS8_PREFIX.length + SEED_BYTES)
                .put(PKCS8_PREFIX)
                .put(seed)
                .array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** The key itself stands at the end of its encoding (RFC 8410). */
    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    }

    @Override
    public String toString() {
        return "NoteSigner[" + key.name() + "]";
    }
}
