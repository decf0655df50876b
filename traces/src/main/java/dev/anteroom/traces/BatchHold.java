package dev.anteroom.traces;

/**
 * How long a batch waits before it is forced, so that others share the force. A force costs some 200 µs of a processor, whatever it holds,
 * and that much less is there for calls.
 *
 * <p>A hold is a fraction of the time that calls stay open anyway, between intent and outcome, and never long; where it is not likely that
 * several others come meanwhile, there is none. So a call whose provider answers at once, on a machine that has time, waits for its own force and
 * nothing else, and where calls wait for each other, or for a model, they wait in company. Confined to the writer thread.
 */
final class BatchHold {
    private static final long MOST_NANOS = 3_000_000L;

    /** Of the time that a call is open. */
    private static final int FRACTION = 4;

    /** How many others must be likely to come. With fewer, calls that could go on at once would wait for each other. */
    private static final int FEWEST_APPENDS = 4;

    private static final long WINDOW_NANOS = 50_000_000L;

    private long windowSinceNanos;
    private long lastNanos;
    private int open;
    private double openNanos;
    private long ends;
    private long appends;
    private long holdNanos;

    BatchHold(long nowNanos) {
        windowSinceNanos = nowNanos;
        lastNanos = nowNanos;
    }

    /** What the next batch waits; 0 for not at all. */
    long nanos() {
        return holdNanos;
    }

    /**
     * Notes a batch.
     *
     * @param taken appends that were in it
     * @param outcomes how many of them ended a call
     * @param nowOpen calls that are open behind it
     */
    void noted(long nowNanos, int taken, int outcomes, int nowOpen) {
        openNanos += (double) open * (nowNanos - lastNanos);
        lastNanos = nowNanos;
        open = nowOpen;
        appends += taken;
        ends += outcomes;
        long elapsed = nowNanos - windowSinceNanos;
        if (elapsed >= WINDOW_NANOS) {
            // By Little's law: the mean time that a call is open is the mean number of open ones over the rate at which
            // they end.
            double each = ends == 0 ? 0 : openNanos / ends;
            double hold = Math.min(each / FRACTION, MOST_NANOS);
            holdNanos = appends * hold >= FEWEST_APPENDS * elapsed ? (long) hold : 0;
            windowSinceNanos = nowNanos;
            openNanos = 0;
            appends = 0;
            ends = 0;
        }
    }
}
