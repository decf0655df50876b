package dev.anteroom.traces;

import java.time.Instant;

/**
 * Which calls to list. Immutable.
 *
 * @param from earliest time of the intent or refusal, inclusive
 * @param until latest time, exclusive
 * @param tenant {@code ""} for any
 * @param kind {@link TraceSummary#kind()}, {@code ""} for any
 * @param limit the newest so many
 */
public record Query(Instant from, Instant until, String tenant, String kind, int limit) {
    public Query {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: > 0)");
        }
    }

    /** The newest so many of all. */
    public static Query latest(int limit) {
        return new Query(Instant.EPOCH, Instant.MAX, "", "", limit);
    }

    public static Query all() {
        return latest(Integer.MAX_VALUE);
    }
}
