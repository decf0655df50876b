package dev.anteroom.corpus;

/**
 * One identifying value inside a {@link LabelledText}: UTF-16 offsets, end exclusive. Immutable.
 *
 * @param kind what it is
 * @param start the first character
 * @param end one past the last character
 * @param cue what around it tells that it is one
 */
public record Value(Identifier kind, int start, int end, Cue cue) {
    /** Refuses an empty or negative span. */
    public Value {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span: [" + start + ',' + end + ") (expected: 0 <= start < end)");
        }
    }

    /** A value without any cue. */
    public Value(Identifier kind, int start, int end) {
        this(kind, start, end, Cue.NONE);
    }

    /** The characters of this value in the text that it labels. */
    public String of(LabelledText labelled) {
        return labelled.text().substring(start, end);
    }

    Value shifted(int by) {
        return new Value(kind, start + by, end + by, cue);
    }
}
