package dev.anteroom.load;

import java.util.Map;

/**
 * What came of a {@link LoadPlan}, warm-up left out. Immutable.
 *
 * @param count calls answered well
 * @param errors calls not answered well, by kind: {@code status 503}, {@code connect}, {@code closed}, {@code error event}, {@code stream
 *     without [DONE]}, {@code unanswered}
 * @param achievedPerSecond calls answered well, a second
 * @param total from the intended send time to the last byte; an unanswered call counts with its age at the end
 * @param firstByte from the intended send time to the first byte of the body
 */
public record LoadResult(
        long count, Map<String, Long> errors, double achievedPerSecond, Latency total, Latency firstByte) {
    /** Calls not answered well. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Share of the calls that were not answered well; 1 where there was no call. */
    public double errorRate() {
        long bad = errorCount();
        return count + bad == 0 ? 1 : (double) bad / (count + bad);
    }
}
