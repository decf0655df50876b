package dev.anteroom.models;

import java.util.function.LongSupplier;

/**
 * How long a model may compute on one call. What computes asks at intervals; nothing is interrupted.
 * Confined to one thread.
 */
public final class TimeLimit {

    private final LongSupplier nanoClock;
    private final long startNanos;
    private final long nanos;

    private TimeLimit(LongSupplier nanoClock, long nanos) {
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.nanos = nanos;
    }

    /**
     * Begins now.
     *
     * @param nanoClock a clock such as {@link System#nanoTime}
     * @param nanos how long, in nanoseconds
     */
    public static TimeLimit start(LongSupplier nanoClock, long nanos) {
        return new TimeLimit(nanoClock, nanos);
    }

    /**
     * Returns if there is time left.
     *
     * @throws ModelException if not
     */
    public void check() {
        if (nanoClock.getAsLong() - startNanos > nanos) {
            throw new ModelException("a model did not finish in its time (" + nanos / 1_000_000 + " ms)");
        }
    }

    /** Returns how long there is left; not less than zero. */
    public long leftNanos() {
        return Math.max(0, nanos - (nanoClock.getAsLong() - startNanos));
    }

    @Override
    public String toString() {
        return "TimeLimit[" + nanos / 1_000_000 + " ms]";
    }
}
