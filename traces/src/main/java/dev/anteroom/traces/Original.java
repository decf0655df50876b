package dev.anteroom.traces;

import java.time.Instant;

/**
 * What a call asked before anything was replaced in it, so that its decisions can be made again. Immutable.
 *
 * <p>It stands before the {@link Intent}, sealed under a key of its own: it can be given up while the decisions stay. Readers leave it out unless
 * they are made for it ({@link TraceReader#withOriginals()}).
 *
 * @param time when the call was decided; what depends on the time of day was decided for this moment
 * @param seed of the random numbers that the redaction drew
 * @param request the body as it came, UTF-8
 */
public record Original(String traceId, Instant time, long seed, BodyText request) implements WrittenRecord {

    /** The trace id only: content must not get into a log by accident. */
    @Override
    public String toString() {
        return "Original[" + traceId + "]";
    }
}
