package dev.anteroom.gateway.call;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Does what one call has to compute, in the order given: on its event loop where it is small, on a detector thread where it would hold the
 * loop up. Confined to the event loop; a computation may run elsewhere, but only one at a time, and what it returns runs on the loop.
 *
 * <p>Small computations that come many at once, as the events of one read do, are cut into turns of the loop, so that other calls have
 * their turns in between.
 */
final class OrderedWork {
    /** What is done on the loop in one turn, in bytes of JSON: about the work of 50 µs. */
    private static final int MAX_BYTES_PER_TURN = 4 << 10;

    private record Job(int bytes, Supplier<Runnable> computation) {}

    private final Executor loop;
    private final Executor detectors;
    private final Runnable onRejected;
    private final Runnable onFailed;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private final Queue<Runnable> between = new ArrayDeque<>();

    private boolean away;
    private boolean running;
    private int bytesThisTurn;
    private Runnable onIdle = () -> {};

    /**
     * Work of one call.
     *
     * @param onRejected runs on the loop when no detector thread is to be had
     * @param onFailed runs on the loop when a computation throws
     */
    OrderedWork(Executor loop, Executor detectors, Runnable onRejected, Runnable onFailed) {
        this.loop = loop;
        this.detectors = detectors;
        this.onRejected = onRejected;
        this.onFailed = onFailed;
    }

    /**
     * Does this after all that was given before.
     *
     * @param bytes the size of what it works on, which says where it runs
     * @param computation returns what is to be done with its result on the loop; must touch nothing that is confined to the loop
     */
    void submit(int bytes, Supplier<Runnable> computation) {
        waiting.add(new Job(bytes, computation));
        if (!away && !running) {
            run();
        }
    }

    /** Does this on a detector thread, however small it is. */
    void submitAway(Supplier<Runnable> computation) {
        submit(MAX_BYTES_PER_TURN + 1, computation);
    }

    /** Whether something is under way or waits. */
    boolean isBusy() {
        return away || !waiting.isEmpty();
    }

    /** Runs this on the loop as soon as no computation is under way: before its result is used, and before what waits. */
    void whenBack(Runnable action) {
        if (away) {
            between.add(action);
        } else {
            action.run();
        }
    }

    /** Runs this each time when nothing is left to do. */
    void onIdle(Runnable action) {
        onIdle = action;
    }

    /** Forgets what waits; what is under way comes to its end. */
    void drop() {
        waiting.clear();
    }

    private void run() {
        running = true;
        try {
            for (Job job = waiting.peek(); job != null && !away; job = waiting.peek()) {
                bytesThisTurn += job.bytes;
                if (job.bytes > MAX_BYTES_PER_TURN) {
                    waiting.poll();
                    send(job);
                } else if (bytesThisTurn > MAX_BYTES_PER_TURN) {
                    bytesThisTurn = 0;
                    away = true;
                    loop.execute(() -> back(() -> {}));
                } else {
                    waiting.poll();
                    result(job).run();
                }
            }
        } finally {
            running = false;
        }
        if (!isBusy()) {
            onIdle.run();
        }
    }

    private void send(Job job) {
        bytesThisTurn = 0;
        away = true;
        try {
            detectors.execute(() -> {
                Runnable result = result(job);
                loop.execute(() -> back(result));
            });
        } catch (RejectedExecutionException full) {
            away = false;
            waiting.clear();
            onRejected.run();
        }
    }

    private Runnable result(Job job) {
        try {
            return job.computation.get();
        } catch (RuntimeException unexpected) {
            // Its message could quote text, so it goes no further.
            return () -> {
                waiting.clear();
                onFailed.run();
            };
        }
    }

    private void back(Runnable result) {
        away = false;
        running = true;
        try {
            for (Runnable action = between.poll(); action != null; action = between.poll()) {
                action.run();
            }
            result.run();
        } finally {
            running = false;
        }
        run();
    }
}
