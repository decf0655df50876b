package dev.anteroom.traces;

import java.util.List;

/** What was done with records, or said of them. What is done is written down before. Immutable. */
public sealed interface Act {

    /** What calls asked was read: shown to a person, or computed with. */
    record OriginalsRead(Selection calls) implements Act {}

    /**
     * Keys of parts of records were destroyed.
     *
     * @param parts which, in the order of {@link RecordPart}
     * @param records how many parts of records
     */
    record Shredded(Selection calls, List<RecordPart> parts, long records) implements Act {
        public Shredded {
            parts = List.copyOf(parts);
        }
    }

    /** A hold was set. */
    record HoldSet(String name, Selection calls) implements Act {}

    /** A hold was released. */
    record HoldReleased(String name) implements Act {}

    /**
     * Another key seals from the next start on.
     *
     * @param role {@code operator} or {@code originals}
     * @param oldKey its id in hex; {@code newKey} likewise
     */
    record KeyRotated(String role, String oldKey, String newKey) implements Act {}

    /** Keys of records were wrapped anew. */
    record KeysRewrapped(String role, String newKey, long records) implements Act {}

    /**
     * A call was reviewed, or scored.
     *
     * @param traceId of the call
     * @param value the verdict of the review, or the score
     */
    record Annotated(String traceId, Kind kind, String value) implements Act {
        /** What is said of the call. */
        public enum Kind {
            REVIEW,
            SCORE
        }
    }

    /** The act in a word, as it is written. */
    default String word() {
        return switch (this) {
            case OriginalsRead _ -> "originals_read";
            case Shredded _ -> "shredded";
            case HoldSet _ -> "hold_set";
            case HoldReleased _ -> "hold_released";
            case KeyRotated _ -> "key_rotated";
            case KeysRewrapped _ -> "keys_rewrapped";
            case Annotated _ -> "annotated";
        };
    }
}
