package dev.anteroom.traces;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verifier believes without proof: the public keys of a gateway's log and of its witnesses, and checkpoints that he
 * has kept. Immutable.
 */
public final class LogTrust {
    private final List<NoteKey> logKeys;
    private final List<NoteKey> witnessKeys;
    private final List<SignedNote> held;

    private LogTrust(List<NoteKey> logKeys, List<NoteKey> witnessKeys, List<SignedNote> held) {
        this.logKeys = List.copyOf(logKeys);
        this.witnessKeys = List.copyOf(witnessKeys);
        this.held = List.copyOf(held);
    }

    /**
     * Reads what files hold.
     *
     * @param publicKeys verifier keys of the log, one a line
     * @param witnessKeys verifier keys of witnesses, one a line
     * @param checkpoints one note each
     * @throws IllegalArgumentException where one is not of its form; the message says which list and number
     */
    public static LogTrust of(List<byte[]> publicKeys, List<byte[]> witnessKeys, List<byte[]> checkpoints) {
        List<SignedNote> held = new ArrayList<>();
        for (byte[] checkpoint : checkpoints) {
            try {
                SignedNote note = SignedNote.parse(checkpoint);
                Checkpoint.parse(note.text()).log();
                held.add(note);
            } catch (NoteException e) {
                throw new IllegalArgumentException("checkpoint " + (held.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return new LogTrust(
                keys(publicKeys, NoteKey.Use.NOTE, "public key"),
                keys(witnessKeys, NoteKey.Use.COSIGNATURE, "witness key"),
                held);
    }

    private static List<NoteKey> keys(List<byte[]> files, NoteKey.Use use, String what) {
        List<NoteKey> keys = new ArrayList<>();
        for (byte[] file : files) {
            for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                NoteKey key;
                try {
                    key = NoteKey.parse(line);
                } catch (NoteException e) {
                    throw new IllegalArgumentException(what + " " + (keys.size() + 1) + ": " + e.getMessage(), e);
                }
                if (key.use() != use) {
                    throw new IllegalArgumentException(
                            what + " " + (keys.size() + 1) + ": it is a key of the other kind");
                }
                keys.add(key);
            }
        }
        return keys;
    }

    List<NoteKey> logKeys() {
        return logKeys;
    }

    List<NoteKey> witnessKeys() {
        return witnessKeys;
    }

    List<SignedNote> held() {
        return held;
    }

    @Override
    public String toString() {
        return "LogTrust" + logKeys;
    }
}
