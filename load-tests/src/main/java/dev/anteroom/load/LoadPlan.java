package dev.anteroom.load;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a load generator sends, where to and how fast. Immutable.
 *
 * @param target full URL of the endpoint, {@code http} on a loopback address
 * @param ratePerSecond arrivals a second; a closed loop does not look at it
 * @param warmup sent but not measured
 * @param length measured
 * @param bodies called once a call on an event loop, so it must be thread-safe and quick
 * @param headers sent with every call
 * @param stream whether the bodies ask for a stream; sets the accept header
 * @param maxConnections at most so many are open at once; calls beyond them wait, and their waiting counts
 * @param grace how long answers are waited for after the last call
 */
public record LoadPlan(
        URI target,
        double ratePerSecond,
        Duration warmup,
        Duration length,
        Supplier<Buffer> bodies,
        Map<String, String> headers,
        boolean stream,
        int maxConnections,
        Duration grace) {
    private static final int DEFAULT_CONNECTIONS = 256;
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** Refuses targets off the loopback interface, rates that are not positive and no connections. */
    public LoadPlan {
        Loopback.check(target);
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("ratePerSecond: " + ratePerSecond + " (expected: > 0)");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections: " + maxConnections + " (expected: > 0)");
        }
        headers = Map.copyOf(headers);
    }

    /** A plan with 256 connections at most and ten seconds of grace. */
    public LoadPlan(
            URI target,
            double ratePerSecond,
            Duration warmup,
            Duration length,
            Supplier<Buffer> bodies,
            Map<String, String> headers,
            boolean stream) {
        this(target, ratePerSecond, warmup, length, bodies, headers, stream, DEFAULT_CONNECTIONS, DEFAULT_GRACE);
    }
}
