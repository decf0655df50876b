package dev.anteroom.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands things over to a thread of its own, in their order; what does not fit into the queue is lost and counted.
 * Thread-safe: offering never waits.
 */
final class LossyStream<T> implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final int BATCH = 256;
    private static final long IDLE_MILLIS = 200;
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final ArrayBlockingQueue<T> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Consumer<List<T>> to;
    private final IntConsumer lost;
    private final Thread thread;
    private volatile boolean closed;

    /** @param to takes a batch, may wait; what it throws is taken for the loss of the batch */
    LossyStream(String name, Consumer<List<T>> to, IntConsumer lost) {
        this.to = to;
        this.lost = lost;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread.start();
    }

    void offer(T one) {
        if (!queue.offer(one)) {
            lost.accept(1);
        }
    }

    private void run() {
        List<T> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                @Nullable T first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    to.accept(batch);
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                lost.accept(batch.size());
            }
            batch.clear();
        }
    }

    /** Gives what is queued a moment to go out. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(LAST_MOMENT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
