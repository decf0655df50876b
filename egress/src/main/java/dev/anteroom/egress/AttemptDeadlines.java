package dev.anteroom.egress;

/**
 * How long one attempt may take. Immutable. All in nanoseconds and positive.
 *
 * @param connectNanos until the connection stands
 * @param firstByteNanos until the first byte of the answer's body
 * @param stallNanos between two chunks, not counted while the reader is paused
 * @param totalNanos until the last byte
 */
public record AttemptDeadlines(long connectNanos, long firstByteNanos, long stallNanos, long totalNanos) {
    public AttemptDeadlines {
        if (connectNanos <= 0 || firstByteNanos <= 0 || stallNanos <= 0 || totalNanos <= 0) {
            throw new IllegalArgumentException("deadlines must be positive");
        }
    }
}
