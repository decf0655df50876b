package dev.anteroom.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leave to make one attempt at a target, to be settled exactly once. Thread-safe: the first settlement counts, later ones
 * do nothing.
 *
 * <p>A settlement counts only while the breaker is in the state in which the permit was given: an attempt that began
 * before the target was found ill says nothing of whether it is well again.
 */
public final class Permit implements Permission {

    private final CircuitBreaker breaker;
    private final AtomicInteger epoch;
    private final int epochGiven;
    private final AtomicBoolean settled = new AtomicBoolean();

    Permit(CircuitBreaker breaker, AtomicInteger epoch, int epochGiven) {
        this.breaker = breaker;
        this.epoch = epoch;
        this.epochGiven = epochGiven;
    }

    /** The attempt succeeded after so long. */
    public void succeeded(long nanos) {
        if (first()) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** The attempt failed after so long. */
    public void failed(long nanos, FailureKind kind) {
        switch (kind.says()) {
            case ILL -> {
                if (first()) {
                    breaker.onError(nanos, TimeUnit.NANOSECONDS, new TargetFailed());
                }
            }
            case WELL -> succeeded(nanos);
            case NOTHING -> released();
        }
    }

    /** The attempt ended without saying anything of the target, as when the app went away. */
    public void released() {
        if (first()) {
            breaker.releasePermission();
        }
    }

    private boolean first() {
        return settled.compareAndSet(false, true) && epoch.get() == epochGiven;
    }

    /** What a breaker is told of every failure; without a stack trace or a message. */
    private static final class TargetFailed extends RuntimeException {
        TargetFailed() {
            super(null, null, false, false);
        }
    }
}
