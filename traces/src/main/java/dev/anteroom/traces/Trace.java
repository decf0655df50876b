package dev.anteroom.traces;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All records of one call in the order they were written. Immutable. */
public record Trace(List<Entry> entries) {
    public Trace {
        entries = List.copyOf(entries);
    }

    /**
     * One record and where it lies. Immutable.
     *
     * @param segment the name of the file
     * @param written the record as it stands there; null but from a reader that is made for it ({@link TraceReader#withOriginals()}), and where
     *     it was shredded
     */
    public record Entry(
            RecordId id,
            String segment,
            TraceRecord record,
            @Nullable WrittenJson written) {
        /** Its number in its log. */
        public long sequence() {
            return id.sequence();
        }
    }
}
