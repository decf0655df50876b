package dev.anteroom.traces;

import java.time.Instant;

/**
 * One entry of the journal about one call. Immutable.
 *
 * <p>A call that was let through has an {@link Intent} and then an {@link Outcome}, or an {@link Interrupted} where the
 * process ended before the outcome; a call that was not let through has a {@link Refusal} alone. Of a record that was
 * destroyed a {@link ShreddedRecord} is left.
 */
public sealed interface TraceRecord permits WrittenRecord, ShreddedRecord {
    /** The id of the call: a UUID in lower-case text, as {@link TraceIds#next()} makes it. */
    String traceId();

    /** The wall time its writer claims; order is by sequence, never by this. */
    Instant time();
}
