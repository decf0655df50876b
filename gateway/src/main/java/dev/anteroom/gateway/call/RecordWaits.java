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
    public static final Duration LONGEST = Duration.ofSeconds(10);

    private final Executor loop;
    private final LongSupplier nanoTime;

    /** In the order in which they began. */
    private final Set<Wait<?>> waiting = new LinkedHashSet<>();

    private record Wait<T>(long sinceNanos, Consumer<@Nullable T> then, Consumer<T> late) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
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
            if (now - wait.sinceNanos < LONGEST.toNanos()) {
                return;
            }
            oldest.remove();
            wait.then.accept(null);
        }
    }
}
