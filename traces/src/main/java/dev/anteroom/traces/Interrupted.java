package dev.anteroom.traces;

import java.time.Instant;

/** The end of an intent whose outcome was never written; only the journal appends it. Immutable. */
public record Interrupted(String traceId, Instant time, String reason) implements WrittenRecord {}
