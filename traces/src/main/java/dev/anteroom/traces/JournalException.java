package dev.anteroom.traces;

import org.jspecify.annotations.Nullable;

/** A record that could not be written or read. Its message names files and sequences, never content. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** More is queued than may be; nothing was written, try later. */
        QUEUE_FULL,
        /** Below the reserve: only outcomes of existing intents are still written. */
        NO_SPACE,
        /** The disk has not answered for seconds: only outcomes of existing intents are still queued; try later. */
        STALLED,
        /** The disk failed. Of a record in flight nobody knows whether it is there; it counts as not written. */
        FAILED,
        /** The journal is closed. */
        CLOSED,
        /** The record itself cannot be written: too large, no UUID as trace id, or an intent without or with an outcome. */
        INVALID,
        /** Another process, or another journal in this one, writes to this directory. */
        LOCKED,
        /** A key is missing, unreadable or not the one the record was sealed with. */
        KEY,
        /** A file does not hold what was written to it. */
        CORRUPT,
        /** A file is of a format that this version does not read. */
        FORMAT
    }

    private final Kind kind;

    /** An expected failure: no stack trace. */
    JournalException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    JournalException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
