package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The public half of a key that signs notes: Ed25519 (RFC 8032), as c2sp.org/signed-note and c2sp.org/tlog-cosignature name
 * and number it. Immutable.
 *
 * @param raw the 32 bytes of the public key; not copied and not to be written
 */
record NoteKey(String name, Use use, byte[] raw) {
    static final int RAW_BYTES = 32;
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** What a signature of the key says. */
    enum Use {
        /** The text, signed as it stands. */
        NOTE(1),
        /** A witness saw this checkpoint follow from the one before, at the time in the signature. */
        COSIGNATURE(4);

        final byte type;

        Use(int type) {
            this.type = (byte) type;
        }
    }

    /** What became of looking for a key's signature. */
    sealed interface Check {
        /** Signed, and the signature holds; {@code seconds} since the epoch, 0 where it says no time. */
        record Valid(long seconds) implements Check {}

        /** A line bears the key's name and number, and its signature does not hold. */
        record Invalid() implements Check {}

        /** No line is of this key. */
        record Absent() implements Check {}
    }

    /** Parses {@code NAME+ID+BASE64}. */
    static NoteKey parse(String text) throws NoteException {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !SignedNote.isName(parts[0])) {
            throw new NoteException("not a verifier key (expected: NAME+ID+BASE64)");
        }
        byte[] typed = SignedNote.base64(parts[2]);
        if (typed.length == 1 + RAW_BYTES) {
            byte[] raw = new byte[RAW_BYTES];
            System.arraycopy(typed, 1, raw, 0, RAW_BYTES);
            for (Use use : Use.values()) {
                NoteKey key = new NoteKey(parts[0], use, raw);
                if (use.type == typed[0] && HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
                    key.publicKey();
                    return key;
                }
            }
        }
        throw new NoteException("not a verifier key of Ed25519, or its number does not fit");
    }

    /** The first four bytes of a hash over name, use and key. */
    int id() {
        byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(head.length + 1 + RAW_BYTES)
                .put(head)
                .put(use.type)
                .put(raw)
                .array();
        return ByteBuffer.wrap(new Hashes().plain(all)).getInt();
    }

    /** Looks for a signature of this key under the note; a second one of the same key must hold as well. */
    Check check(SignedNote note) {
        Check found = new Check.Absent();
        for (SignedNote.Signature one : note.signatures()) {
            if (one.isOf(this)) {
                Optional<Long> seconds = seconds(note.text(), one.bytes());
                if (seconds.isEmpty()) {
                    return new Check.Invalid();
                }
                found = new Check.Valid(seconds.get());
            }
        }
        return found;
    }

    private Optional<Long> seconds(String text, byte[] signature) {
        return switch (use) {
            case NOTE -> holds(text.getBytes(StandardCharsets.UTF_8), signature) ? Optional.of(0L) : Optional.empty();
            case COSIGNATURE -> {
                if (signature.length <= Long.BYTES) {
                    yield Optional.empty();
                }
                ByteBuffer in = ByteBuffer.wrap(signature);
                long seconds = in.getLong();
                byte[] rest = new byte[in.remaining()];
                in.get(rest);
                yield seconds >= 0 && holds(cosigned(text, seconds), rest) ? Optional.of(seconds) : Optional.empty();
            }
        };
    }

    /** What a witness signs. */
    static byte[] cosigned(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private boolean holds(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | NoteException e) {
            return false; // not a signature at all
        }
    }

    private PublicKey publicKey() throws NoteException {
        try {
            byte[] encoded = ByteBuffer.allocate(X509_PREFIX.length + RAW_BYTES)
                    .put(X509_PREFIX)
                    .put(raw)
                    .array();
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new NoteException("not a public key of Ed25519");
        }
    }

    /** The key of one of these that has signed the note, whether or not the signature holds. */
    static Optional<NoteKey> of(SignedNote note, List<NoteKey> keys) {
        return keys.stream()
                .filter(key -> note.signatures().stream().anyMatch(one -> one.isOf(key)))
                .findFirst();
    }

    /** {@code NAME+ID+BASE64}, as others read it. */
    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + RAW_BYTES).put(use.type).put(raw).array();
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey key && key.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return id();
    }
}
