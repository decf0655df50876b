package dev.anteroom.routing;

import java.util.concurrent.TimeUnit;

/**
 * How long one attempt at a target may take, by phase. Immutable.
 *
 * @param connectNanos until the connection stands
 * @param firstTokenNanos from the request sent until the first byte of the answer's content
 * @param stallNanos between two pieces of a streamed answer
 * @param totalNanos from the start of the attempt to its last byte
 */
public record Deadlines(long connectNanos, long firstTokenNanos, long stallNanos, long totalNanos) {

    /** Five seconds to connect, sixty to the first token, thirty between pieces, ten minutes in all. */
    public static final Deadlines DEFAULT = new Deadlines(
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(30),
            TimeUnit.MINUTES.toNanos(10));

    public Deadlines {
        Checks.positive(connectNanos, "connectNanos");
        Checks.positive(firstTokenNanos, "firstTokenNanos");
        Checks.positive(stallNanos, "stallNanos");
        Checks.positive(totalNanos, "totalNanos");
    }
}
