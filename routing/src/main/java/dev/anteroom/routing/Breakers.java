package dev.anteroom.routing;

import dev.anteroom.routing.Permission.Denial;
import dev.anteroom.routing.Permission.Denied;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One circuit breaker a target. Thread-safe, and never waits: a breaker only says yes or no.
 *
 * <p>Time is the monotonic clock given to the constructor, so a wall clock that is set does not open or close anything.
 * Breakers live longer than a snapshot of the configuration: {@link #configure} keeps the state of every target whose
 * settings stay the same, and from then on denies those that are gone, to calls that still hold an older snapshot too.
 */
public final class Breakers {

    private final LongSupplier nanoClock;
    private volatile Map<String, Cell> cells = Map.of();

    /** Breakers for no target yet, by a monotonic clock such as {@code System::nanoTime}. */
    public Breakers(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Replaces the targets; to be called before a snapshot that names new ones comes into use. */
    public synchronized void configure(Collection<Target> targets) {
        Map<String, Cell> old = cells;
        Map<String, Cell> next = new HashMap<>();
        for (Target target : targets) {
            Cell kept = old.get(target.id());
            next.put(
                    target.id(),
                    kept != null && kept.settings().equals(target.breaker())
                            ? kept
                            : cell(target.id(), target.breaker()));
        }
        cells = Map.copyOf(next);
    }

    /** Asks for leave to make one attempt; a permit that is given must be settled. */
    public Permission tryAcquire(String target) {
        Cell cell = cells.get(target);
        if (cell == null) {
            return new Denied(Denial.NOT_CONFIGURED);
        }
        if (!cell.breaker().tryAcquirePermission()) {
            return new Denied(Denial.BREAKER_OPEN);
        }
        return new Permit(cell.breaker(), cell.epoch(), cell.epoch().get());
    }

    /** How every target stands now, for display. */
    public Map<String, Health> health() {
        Map<String, Health> health = new HashMap<>();
        cells.forEach((id, cell) -> health.put(
                id,
                switch (cell.breaker().getState()) {
                    case CLOSED, DISABLED, METRICS_ONLY -> Health.WELL;
                    case HALF_OPEN -> Health.PROBED;
                    case OPEN, FORCED_OPEN -> Health.RESTING;
                }));
        return Map.copyOf(health);
    }

    private Cell cell(String id, BreakerSettings settings) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failurePercent())
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.windowAttempts())
                .minimumNumberOfCalls(settings.leastAttempts())
                .waitDurationInOpenState(Duration.ofNanos(settings.openNanos()))
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .slowCallRateThreshold(100)
                .slowCallDurationThreshold(Duration.ofDays(1))
                .writableStackTraceEnabled(false)
                .clock(new MonotonicClock(nanoClock, nanoClock.getAsLong()))
                .currentTimestampFunction(ignored -> nanoClock.getAsLong(), TimeUnit.NANOSECONDS)
                .build();
        CircuitBreaker breaker = CircuitBreaker.of(id, config);
        AtomicInteger epoch = new AtomicInteger();
        breaker.getEventPublisher().onStateTransition(ignored -> epoch.incrementAndGet());
        return new Cell(settings, breaker, epoch);
    }

    /** How a target stands. */
    public enum Health {
        WELL,
        PROBED,
        RESTING
    }

    private record Cell(BreakerSettings settings, CircuitBreaker breaker, AtomicInteger epoch) {}

    /** A clock for resilience4j that starts at the epoch and goes on with the monotonic clock. Immutable. */
    private static final class MonotonicClock extends Clock {

        private final LongSupplier nanoClock;
        private final long origin;

        MonotonicClock(LongSupplier nanoClock, long origin) {
            this.nanoClock = nanoClock;
            this.origin = origin;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoClock.getAsLong() - origin);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
