package dev.anteroom.routing;

import dev.anteroom.routing.AdmissionResult.Admitted;
import dev.anteroom.routing.AdmissionResult.Busy;
import dev.anteroom.routing.AdmissionResult.Limit;
import dev.anteroom.routing.AdmissionResult.RateLimited;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door: takes a call on or turns it away before anything of it is queued. Thread-safe.
 *
 * <p><b>Guarantees.</b> No limit is ever exceeded, not for a moment: counters are raised by compare-and-set only where the
 * limit allows it. A call turned away has spent nothing, neither rate nor a place. A released ticket has given back
 * exactly what it took, however often and on whichever thread it is released.
 *
 * <p><b>Progress.</b> Lock-free, but for the first call of a key, which enters it in a table. A key costs one small object
 * for the life of the process, so key ids must come from the configuration, not from the caller.
 *
 * <p>The rate is a token bucket kept as one number, the time at which the bucket will be full again (the generic cell
 * rate algorithm, ITU-T I.371): changed limits of a key hold from its next call on.
 */
public final class Admission {

    private final AdmissionLimits limits;
    private final AtomicInteger concurrent = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final ConcurrentHashMap<String, Key> keys = new ConcurrentHashMap<>();

    /** A door with nobody inside. */
    public Admission(AdmissionLimits limits) {
        this.limits = limits;
    }

    /** Takes a call of this key on, or not; {@code nowNanos} is by a monotonic clock. */
    public AdmissionResult admit(String keyId, KeyLimits keyLimits, long nowNanos) {
        Key key = key(keyId, nowNanos);
        long waitNanos = key.waitNanos(keyLimits, nowNanos);
        if (waitNanos > 0) {
            return rateLimited(waitNanos);
        }
        if (!raise(key.concurrent, keyLimits.maxConcurrent())) {
            return new Busy(Limit.KEY);
        }
        if (!raise(concurrent, limits.maxConcurrent())) {
            key.concurrent.decrementAndGet();
            return new Busy(Limit.GATEWAY);
        }
        waitNanos = key.spend(keyLimits, nowNanos);
        if (waitNanos > 0) {
            concurrent.decrementAndGet();
            key.concurrent.decrementAndGet();
            return rateLimited(waitNanos);
        }
        return new Admitted(new Ticket(this, key));
    }

    /**
     * Counts bytes of the call's body that are now held.
     *
     * @return false when they would exceed the limit or the ticket is released; then nothing was counted
     */
    public boolean addBytes(Ticket ticket, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
        if (!raise(bytes)) {
            return false;
        }
        for (; ; ) {
            long held = ticket.bytes.get();
            if (held == Ticket.RELEASED) {
                bytesInFlight.addAndGet(-bytes);
                return false;
            }
            if (ticket.bytes.compareAndSet(held, held + bytes)) {
                return true;
            }
        }
    }

    /** Calls that are inside now. */
    public int concurrent() {
        return concurrent.get();
    }

    /** Calls of a key that are inside now. */
    public int concurrent(String keyId) {
        Key key = keys.get(keyId);
        return key == null ? 0 : key.concurrent.get();
    }

    /** Bytes that are held now. */
    public long bytesInFlight() {
        return bytesInFlight.get();
    }

    private Key key(String keyId, long nowNanos) {
        Key key = keys.get(keyId);
        if (key != null) {
            return key;
        }
        Key fresh = new Key(nowNanos);
        Key earlier = keys.putIfAbsent(keyId, fresh);
        return earlier == null ? fresh : earlier;
    }

    private static AdmissionResult rateLimited(long waitNanos) {
        return new RateLimited(Math.max(1, Math.ceilDiv(waitNanos, TimeUnit.MILLISECONDS.toNanos(1))));
    }

    private static boolean raise(AtomicInteger counter, int limit) {
        for (; ; ) {
            int count = counter.get();
            if (count >= limit) {
                return false;
            }
            if (counter.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    private boolean raise(long bytes) {
        for (; ; ) {
            long held = bytesInFlight.get();
            if (bytes > limits.maxBytesInFlight() - held) {
                return false;
            }
            if (bytesInFlight.compareAndSet(held, held + bytes)) {
                return true;
            }
        }
    }

    /** A call's place inside. Thread-safe. */
    public static final class Ticket {

        private static final long RELEASED = -1;

        private final Admission admission;
        private final Key key;
        private final AtomicLong bytes = new AtomicLong();

        private Ticket(Admission admission, Key key) {
            this.admission = admission;
            this.key = key;
        }

        /** Gives the place and the bytes back; the first time counts, later ones do nothing. */
        public void release() {
            long held = bytes.getAndSet(RELEASED);
            if (held != RELEASED) {
                admission.bytesInFlight.addAndGet(-held);
                admission.concurrent.decrementAndGet();
                key.concurrent.decrementAndGet();
            }
        }
    }

    /** What is kept of a key. Thread-safe. */
    private static final class Key {

        private final AtomicInteger concurrent = new AtomicInteger();
        private final AtomicLong fullAtNanos;

        Key(long nowNanos) {
            fullAtNanos = new AtomicLong(nowNanos);
        }

        /** How long until a call could be taken on; not above zero when one can. */
        long waitNanos(KeyLimits limits, long nowNanos) {
            return waitNanos(limits, nowNanos, after(limits, nowNanos, fullAtNanos.get()));
        }

        /** Spends a call's share of the rate; above zero, and nothing spent, when one has to wait. */
        long spend(KeyLimits limits, long nowNanos) {
            for (; ; ) {
                long fullAt = fullAtNanos.get();
                long after = after(limits, nowNanos, fullAt);
                long waitNanos = waitNanos(limits, nowNanos, after);
                if (waitNanos > 0 || fullAtNanos.compareAndSet(fullAt, after)) {
                    return waitNanos;
                }
            }
        }

        private static long after(KeyLimits limits, long nowNanos, long fullAt) {
            return (fullAt - nowNanos > 0 ? fullAt : nowNanos) + intervalNanos(limits);
        }

        private static long waitNanos(KeyLimits limits, long nowNanos, long after) {
            return after - nowNanos - limits.burst() * intervalNanos(limits);
        }

        private static long intervalNanos(KeyLimits limits) {
            return Math.max(1, TimeUnit.MINUTES.toNanos(1) / limits.requestsPerMinute());
        }
    }
}
