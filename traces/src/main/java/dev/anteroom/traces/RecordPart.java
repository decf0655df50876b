package dev.anteroom.traces;

import java.util.Locale;

/** What of a record is kept, and shredded, apart from the rest. */
public enum RecordPart {
    /** Redacted requests and answers. */
    BODIES,
    /** Everything else of a record. */
    DECISIONS,
    /** What calls asked. */
    ORIGINALS;

    /** The part in lower case, as it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
