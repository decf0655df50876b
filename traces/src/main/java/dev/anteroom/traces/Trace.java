package dev.anteroom.traces;

import java.util.List;

/** All records of one call in the order they were written. Immutable. */
public record Trace(List<Entry> entries) {
    public Trace {
        entries = List.copyOf(entries);
    }

    /**
     * One record and where it lies. Immutable.
     *
     * @param segment the name of the file
     */
    public record Entry(RecordId id, String segment, TraceRecord record) {
        /** Its number in its log. */
        public long sequence() {
            return id.sequence();
        }
    }
}
