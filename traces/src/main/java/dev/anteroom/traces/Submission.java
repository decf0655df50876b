package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a log sends to a witness: a checkpoint, and the proof that it goes on from the one that the witness signed last, in the
 * form of an add-checkpoint request of c2sp.org/tlog-witness. Immutable.
 *
 * @param oldSize of the checkpoint that the proof begins at; 0 for the first
 */
record Submission(long oldSize, List<byte[]> proof, SignedNote note) {
    private static final String OLD = "old ";
    private static final int MOST_HASHES = 63;
    private static final int MOST_BYTES = 128 << 10;

    Submission {
        proof = List.copyOf(proof);
    }

    static Submission parse(byte[] bytes) throws NoteException {
        if (bytes.length > MOST_BYTES) {
            throw new NoteException("larger than a submission may be");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoteException("not UTF-8");
        }
        int blank = text.indexOf("\n\n");
        if (!text.startsWith(OLD) || blank < 0) {
            throw new NoteException("not a submission (expected: old SIZE, a proof, an empty line, a checkpoint)");
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().matches("old (0|[1-9][0-9]{0,17})") || lines.size() > 1 + MOST_HASHES) {
            throw new NoteException("not a submission (expected: old SIZE and at most 63 hashes)");
        }
        List<byte[]> proof = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            byte[] hash = SignedNote.base64(line);
            if (hash.length != Hashes.BYTES) {
                throw new NoteException("not a submission (expected: hashes of 32 bytes)");
            }
            proof.add(hash);
        }
        return new Submission(
                Long.parseLong(lines.getFirst().substring(OLD.length())),
                proof,
                SignedNote.parse(text.substring(blank + 2)));
    }

    String encode() {
        StringBuilder out = new StringBuilder(OLD).append(oldSize).append('\n');
        for (byte[] hash : proof) {
            out.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return out.append('\n').append(note.encode()).toString();
    }
}
