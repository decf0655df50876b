package dev.anteroom.traces;

import java.time.Instant;

/**
 * What is left of a record whose key was destroyed: its place, its time and its kind. Readers make it; it is never
 * written. Immutable.
 *
 * @param kind what it was: {@code original}, {@code intent}, {@code outcome}, {@code refusal} or {@code interrupted}
 */
public record ShreddedRecord(String traceId, Instant time, String kind, Shredding when) implements TraceRecord {}
