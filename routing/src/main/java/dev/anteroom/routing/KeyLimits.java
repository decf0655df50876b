package dev.anteroom.routing;

/**
 * What one key may use. Immutable.
 *
 * @param maxConcurrent calls between admission and their last byte
 * @param requestsPerMinute the rate at which spent burst comes back
 * @param burst how many calls may come at once after a pause, at most {@link #MAX_BURST}
 */
public record KeyLimits(int maxConcurrent, int requestsPerMinute, int burst) {

    /** The largest burst, so that the time to refill it fits a count of nanoseconds. */
    public static final int MAX_BURST = 1_000_000;

    public KeyLimits {
        Checks.positive(maxConcurrent, "maxConcurrent");
        Checks.positive(requestsPerMinute, "requestsPerMinute");
        if (burst < 1 || burst > MAX_BURST) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: 1 to " + MAX_BURST + ")");
        }
    }
}
