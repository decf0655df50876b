package dev.anteroom.routing;

import java.util.concurrent.TimeUnit;

/**
 * When a target is given a rest, and how it comes back. Immutable.
 *
 * @param failurePercent the share of failed attempts, 1 to 100, from which on the breaker opens
 * @param windowAttempts the last attempts that are looked at
 * @param leastAttempts below so many attempts the breaker never opens
 * @param openNanos how long no attempt is let through
 * @param probes how many attempts are let through after that to decide between closing and opening again
 */
public record BreakerSettings(int failurePercent, int windowAttempts, int leastAttempts, long openNanos, int probes) {

    /** Opens at half of the last twenty attempts failed, rests for ten seconds, probes with three. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 20, 10, TimeUnit.SECONDS.toNanos(10), 3);

    public BreakerSettings {
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("failurePercent: " + failurePercent + " (expected: 1 to 100)");
        }
        Checks.positive(windowAttempts, "windowAttempts");
        if (leastAttempts < 1 || leastAttempts > windowAttempts) {
            throw new IllegalArgumentException(
                    "leastAttempts: " + leastAttempts + " (expected: 1 to windowAttempts, " + windowAttempts + ")");
        }
        if (openNanos < TimeUnit.MILLISECONDS.toNanos(1)) {
            throw new IllegalArgumentException("openNanos: " + openNanos + " (expected: >= 1000000, a millisecond)");
        }
        Checks.positive(probes, "probes");
    }
}
