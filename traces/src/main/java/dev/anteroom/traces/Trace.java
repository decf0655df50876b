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
     * @param sequence its number in its process lifetime
     * @param segment the name of the file
     */
    public record Entry(long sequence, String segment, TraceRecord record) {}
}
