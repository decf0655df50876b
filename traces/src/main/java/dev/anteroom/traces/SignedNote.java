package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A text and signatures under it, in the form of c2sp.org/signed-note. Immutable.
 *
 * @param text ends with a line feed
 */
record SignedNote(String text, List<Signature> signatures) {
    private static final int MOST_CHARS = 64 << 10;
    private static final int MOST_SIGNATURES = 64;
    private static final String BEGIN = "\u2014 ";

    SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * One line under a text. Immutable; the array is not copied and not to be written.
     *
     * @param name of the key
     * @param keyId tells keys of one name apart
     */
    record Signature(String name, int keyId, byte[] bytes) {
        /** Parses a line, without its line feed. */
        static Signature parse(String line) throws NoteException {
            int space = line.indexOf(' ', BEGIN.length());
            if (!line.startsWith(BEGIN) || space < 0) {
                throw new NoteException("a signature line is not of its form (expected: \u2014 NAME BASE64)");
            }
            String name = line.substring(BEGIN.length(), space);
            byte[] bytes = base64(line.substring(space + 1));
            if (!isName(name) || bytes.length < 5) {
                throw new NoteException("a signature line is not of its form (expected: \u2014 NAME BASE64)");
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int keyId = in.getInt();
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            return new Signature(name, keyId, rest);
        }

        String line() {
            ByteBuffer out = ByteBuffer.allocate(4 + bytes.length).putInt(keyId).put(bytes);
            return BEGIN + name + " " + Base64.getEncoder().encodeToString(out.array()) + "\n";
        }

        boolean isOf(NoteKey key) {
            return name.equals(key.name()) && keyId == key.id();
        }

        @Override
        public String toString() {
            return name + "+" + HexFormat.of().toHexDigits(keyId);
        }
    }

    /** Whether a key may be called so. */
    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c));
    }

    static SignedNote parse(byte[] bytes) throws NoteException {
        if (bytes.length > MOST_CHARS) {
            throw new NoteException("larger than a note may be");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new NoteException("not UTF-8");
        }
    }

    static SignedNote parse(String note) throws NoteException {
        if (note.length() > MOST_CHARS) {
            throw new NoteException("larger than a note may be");
        }
        if (note.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new NoteException("a control character stands in it");
        }
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
            throw new NoteException("not a signed note (expected: a text, an empty line, lines of signatures)");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(Signature.parse(line));
            if (signatures.size() > MOST_SIGNATURES) {
                throw new NoteException("more signatures than a note may have");
            }
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    /** The same with further signatures, those that it has already left out. */
    SignedNote with(List<Signature> further) {
        List<Signature> all = new ArrayList<>(signatures);
        for (Signature one : further) {
            if (all.stream().noneMatch(had -> had.line().equals(one.line()))) {
                all.add(one);
            }
        }
        return new SignedNote(text, all);
    }

    /** The whole note. */
    String encode() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    /** Standard base64 with padding, and no other spelling of the same bytes. */
    static byte[] base64(String text) throws NoteException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text.
        }
        throw new NoteException("not base64");
    }
}
