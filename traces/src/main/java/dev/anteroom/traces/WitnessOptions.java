package dev.anteroom.traces;

import java.nio.file.Path;

/**
 * Where checkpoints are put for a witness, and where they come back from: a directory that both can reach. Immutable.
 *
 * @param key the witness's verifier key, {@code NAME+ID+BASE64}
 */
public record WitnessOptions(Path directory, String key) {
    /** Throws where the key is none of a witness. */
    public WitnessOptions {
        try {
            if (NoteKey.parse(key).use() != NoteKey.Use.COSIGNATURE) {
                throw new IllegalArgumentException("the key of the witness is one of a log");
            }
        } catch (NoteException e) {
            throw new IllegalArgumentException("the key of the witness: " + e.getMessage(), e);
        }
    }

    NoteKey parsed() {
        try {
            return NoteKey.parse(key);
        } catch (NoteException e) {
            throw new IllegalStateException("it was parsed before", e);
        }
    }
}
