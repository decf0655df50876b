package dev.anteroom.gateway.http;

import dev.anteroom.gateway.keys.KeyDirectory;
import dev.anteroom.routing.Admission;
import dev.anteroom.store.ShipperState;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.TraceIds;
import java.util.List;
import java.util.Optional;
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
    private final Supplier<Optional<ShipperState>> store;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean warm = new AtomicBoolean();
    private final AtomicInteger activeCalls = new AtomicInteger();
    private final DoorWatch watch;
    private final LongAdder failedLogins = new LongAdder();
    private final List<Runnable> breakOffs = new CopyOnWriteArrayList<>();

    /**
     * The door of a process.
     *
     * @param keys the directory as it is now
     * @param store how far the database was behind when last looked; empty where there is none
     */
    public DoorState(
            Supplier<KeyDirectory> keys,
            Admission admission,
            TraceIds traceIds,
            Journal journal,
            LiveReadiness live,
            Supplier<Optional<ShipperState>> store,
            DoorWatch watch) {
        this.keys = keys;
        this.admission = admission;
        this.traceIds = traceIds;
        this.journal = journal;
        this.live = live;
        this.store = store;
        this.watch = watch;
    }

    DoorWatch watch() {
        return watch;
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

    /** From now on what reads texts is compiled: calls that came before were served all the same, slower. */
    public void warmedUp() {
        warm.set(true);
    }

    /** Whether this is the time to send calls here. */
    public boolean isReady() {
        return !draining.get()
                && warm.get()
                && journal.state().accepting()
                && keys.get().problem().isEmpty();
    }

    /** What {@code /readyz} says: readiness never waits for the store, but a store that is behind is worth a line. */
    String readiness() {
        String ready = isReady() ? "ready\n" : warm.get() ? "not ready\n" : "not ready: warming up\n";
        return ready
                + store.get()
                        .map(state -> "store: " + (state.reachable() ? "reachable" : "unreachable") + ", "
                                + state.backlogRecords() + " records behind\n")
                        .orElse("");
    }

    /** How far the database was behind when last looked; empty where there is none. */
    public Optional<ShipperState> store() {
        return store.get();
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

    void failedLogin(LoginFailure failure) {
        failedLogins.increment();
        watch.loginFailed(failure);
    }

    /** How many requests came without a key that is known and valid. */
    public long failedLogins() {
        return failedLogins.sum();
    }
}
