package dev.anteroom.traces;

/**
 * What a walk over the frames found wrong. Immutable.
 *
 * @param segment name of the file
 * @param sequence of the record, or of the first one that is concerned; 0 where none is known
 */
record Damage(LogReport.Kind kind, String segment, long sequence, String what) {
    /** {@code SEGMENT: WHAT}. */
    @Override
    public String toString() {
        return segment + ": " + what;
    }
}
