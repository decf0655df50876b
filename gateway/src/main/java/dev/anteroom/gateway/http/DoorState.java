package dev.anteroom.gateway.http;

import dev.anteroom.gateway.keys.KeyDirectory;
import dev.anteroom.routing.Admission;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.TraceIds;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What all event loops of the door share. Thread-safe. */
public final class DoorState {
    private final Supplier<KeyDirectory> keys;
    private final Admission admission;
    private final TraceIds traceIds;
    private final Journal journal;
    private final LiveReadiness live;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger activeCalls = new AtomicInteger();
    private final LongAdder failedLogins = new LongAdder();
    private final List<Runnable> breakOffs = new CopyOnWriteArrayList<>();

    /** The door of a process; {@code keys} gives the directory as it is now. */
    public DoorState(
            Supplier<KeyDirectory> keys, Admission admission, TraceIds traceIds, Journal journal, LiveReadiness live) {
        this.keys = keys;
        this.admission = admission;
        this.traceIds = traceIds;
        this.journal = journal;
        this.live = live;
    }

    KeyDirectory keys() {
        return keys.get();
    }

    Admission admission() {
        return admission;
    }

    TraceIds traceIds() {
        return traceIds;
    }

    LiveReadiness live() {
        return live;
    }

    boolean isReady() {
        return !draining.get()
                && journal.state().accepting()
                && keys.get().problem().isEmpty();
    }

    boolean isDraining() {
        return draining.get();
    }

    /** From now on the door is not ready and takes no further calls. */
    public void drain() {
        draining.set(true);
    }

    /** What {@link #breakOff} runs; it must hand over to the loop that it concerns. */
    void onBreakOff(Runnable action) {
        breakOffs.add(action);
    }

    /** Tells all event loops to end their calls with an error and a record. */
    public void breakOff() {
        breakOffs.forEach(Runnable::run);
    }

    void callBegan() {
        activeCalls.incrementAndGet();
    }

    void callEnded() {
        activeCalls.decrementAndGet();
    }

    /** How many calls are under way. */
    public int activeCalls() {
        return activeCalls.get();
    }

    void countFailedLogin() {
        failedLogins.increment();
    }

    /** How many requests came without a key that is known and valid. */
    public long failedLogins() {
        return failedLogins.sum();
    }
}
