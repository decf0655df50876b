package dev.anteroom.gateway.call;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one event loop that wait for a record to be on disk: none waits for ever for a disk that does not answer. Confined to that
 * loop.
 */
public final class RecordWaits {
    /** How long a call waits for one record. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final Executor loop;
    private final LongSupplier nanoTime;

    /** In the order in which they began. */
    private final Set<Wait<?>> waiting = new LinkedHashSet<>();

    /** One wait; no two are equal. */
    private static final class Wait<T> {
        final long sinceNanos;
        final Consumer<@Nullable T> then;
        final Consumer<T> late;

        Wait(long sinceNanos, Consumer<@Nullable T> then, Consumer<T> late) {
            this.sinceNanos = sinceNanos;
            this.then = then;
            this.late = late;
        }
    }

    /** Waits on this event loop. */
    public RecordWaits(Executor loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    /**
     * Goes on when the record is on disk; with null when it could not be written, or not in time. A record that gets there after that is told to
     * {@code late}.
     */
    <T> void await(CompletableFuture<T> record, Consumer<@Nullable T> then, Consumer<T> late) {
        Wait<T> wait = new Wait<>(nanoTime.getAsLong(), then, late);
        waiting.add(wait);
        var _ = record.whenComplete((durable, failure) -> loop.execute(() -> ended(wait, durable)));
    }

    /** The same, where nothing is to be done about a record that gets there too late. */
    <T> void await(CompletableFuture<T> record, Consumer<@Nullable T> then) {
        await(record, then, late -> {});
    }

    private <T> void ended(Wait<T> wait, @Nullable T durable) {
        if (waiting.remove(wait)) {
            wait.then.accept(durable);
        } else if (durable != null) {
            wait.late.accept(durable);
        }
    }

    /** Gives up those that have waited too long; to be called about once a second. */
    public void expire() {
        long now = nanoTime.getAsLong();
        while (!waiting.isEmpty()) {
            Iterator<Wait<?>> oldest = waiting.iterator();
            Wait<?> wait = oldest.next();
            if (now - wait.sinceNanos < LONGEST_NANOS) {
                return;
            }
            oldest.remove();
            wait.then.accept(null);
        }
    }
}
