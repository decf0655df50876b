package dev.anteroom.load;

import java.time.Duration;

/** Small conversions that the commands share. Stateless. */
final class Plans {
    private Plans() {}

    static Duration seconds(double seconds) {
        if (!(seconds >= 0)) {
            throw new IllegalArgumentException("seconds: " + seconds + " (expected: >= 0)");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Three decimals. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
