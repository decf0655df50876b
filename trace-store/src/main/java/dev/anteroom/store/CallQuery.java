package dev.anteroom.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which calls to find; what is empty does not matter. Immutable.
 *
 * @param from earliest start, inclusive
 * @param until latest start, exclusive
 * @param snapshot the hash or its beginning
 * @param verdict {@code verbatim}, {@code unchecked}, {@code withheld}, {@code none}, {@code failed}, {@code refused},
 *     {@code interrupted} or {@code open}
 * @param model the name the app asked for
 * @param run what the app called the run
 * @param leastCostMicros at least this cost
 * @param limit the newest so many
 */
public record CallQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> tenant,
        Optional<String> workflow,
        Optional<String> snapshot,
        Optional<String> verdict,
        Optional<String> model,
        Optional<String> run,
        OptionalLong leastCostMicros,
        int limit) {
    public CallQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: > 0)");
        }
    }

    /** The newest so many of all. */
    public static CallQuery latest(int limit) {
        return new CallQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                limit);
    }
}
