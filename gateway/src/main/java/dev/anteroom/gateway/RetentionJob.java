package dev.anteroom.gateway;

import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.RecordPart;
import dev.anteroom.traces.RetentionPolicy;
import dev.anteroom.traces.Shredder;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Shreds what the configuration does not keep any longer, and lets go of what decided the calls that are gone with it: at the start and every hour, on a thread of its own that others go before. Thread-safe.
 *
 * <p>Where it fails the {@link SecurityWatch} hears of it, and it tries again an hour later; calls do not notice.
 */
final class RetentionJob implements AutoCloseable {
    private static final long EVERY_MINUTES = 60;
    private static final long PATIENCE_SECONDS = 3;

    private final Shredder shredder;
    private final RetentionPolicy policy;
    private final Pruning pruning;
    private final SecurityWatch watch;
    private final ScheduledThreadPoolExecutor thread;

    /** Lets go of what no record needs any more. */
    interface Pruning {
        void run() throws JournalException, IOException;
    }

    private RetentionJob(Shredder shredder, RetentionPolicy policy, Pruning pruning, SecurityWatch watch) {
        this.pruning = pruning;
        this.shredder = shredder;
        this.policy = policy;
        this.watch = watch;
        this.thread = new ScheduledThreadPoolExecutor(1, RetentionJob::low);
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it; where it has no effect, none is missed
    private static Thread low(Runnable task) {
        Thread made = new Thread(task, "anteroom-retention");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    }

    /** Starts it; the watch hears what it did and what went wrong. */
    static RetentionJob start(Shredder shredder, RetentionPolicy policy, Pruning pruning, SecurityWatch watch) {
        RetentionJob job = new RetentionJob(shredder, policy, pruning, watch);
        var _ = job.thread.scheduleWithFixedDelay(job::run, 0, EVERY_MINUTES, TimeUnit.MINUTES);
        return job;
    }

    private void run() {
        try {
            Shredder.Report report = shredder.expireNew(policy);
            if (report.total() > 0) {
                watch.shredded(report);
            }
            report.problems().forEach(this::failed);
            if (report.parts().getOrDefault(RecordPart.DECISIONS, 0L) > 0
                    && report.problems().isEmpty()) {
                pruning.run();
            }
        } catch (JournalException | IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed(e.getClass().getSimpleName());
        }
    }

    private void failed(String problem) {
        if (!thread.isShutdown()) {
            watch.retentionFailed(problem);
        }
    }

    /** Waits a moment for a run that is under way, then breaks it off; what it left is done after the next start. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
                var _ = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
