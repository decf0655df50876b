package dev.anteroom.traces;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: takes what is queued, seals it, forces once, completes all. Its fields are confined to
 * that thread but for the volatile ones.
 *
 * <p>Serialising and sealing happen here rather than with the caller: they take some 10 µs a record, so one thread keeps
 * up with several times the load a gateway has, event loops stay free, and ciphers and buffers need no sharing.
 */
final class JournalWriter implements Runnable {
    private static final int BATCH_RECORDS = 4096;
    private static final long BATCH_BYTES = 4L << 20;
    private static final long IDLE_NANOS = 200_000_000L;
    private static final long FIRST_RETRY_NANOS = 100_000_000L;
    private static final long LAST_RETRY_NANOS = 5_000_000_000L;

    private static final long SLOW_NANOS = 1_000_000_000L;
    private static final long STALLED_NANOS = 5_000_000_000L;
    private static final long NOT_WRITING = 0;

    private final JournalOptions options;
    private final MessagePassingQueue<Pending<?>> queue;
    private final AtomicLong queuedBytes;
    private final JournalCounters counters;
    private final SegmentWriter segments;
    private final LogTree tree;
    private final Checkpoints checkpoints;
    private final PayloadBuffer payload = new PayloadBuffer();
    private final Map<String, DurableIntent> openIntents = new HashMap<>();
    private final List<Pending<?>> batch = new ArrayList<>();

    private volatile JournalState.Status status = JournalState.Status.OPEN;
    private volatile long usableBytes;
    private volatile long writingSinceNanos = NOT_WRITING;
    private volatile long durableSequence;
    private volatile boolean parked;
    private volatile boolean closing;
    private volatile boolean ended;
    private @Nullable Thread thread;

    private long batchBytes;
    private final BatchHold hold = new BatchHold(System.nanoTime());
    private boolean failed;
    private long retryAtNanos;
    private long retryNanos = FIRST_RETRY_NANOS;

    JournalWriter(
            JournalOptions options,
            MessagePassingQueue<Pending<?>> queue,
            AtomicLong queuedBytes,
            JournalCounters counters,
            SegmentWriter segments,
            LogTree tree,
            Checkpoints checkpoints) {
        this.options = options;
        this.queue = queue;
        this.queuedBytes = queuedBytes;
        this.counters = counters;
        this.segments = segments;
        this.tree = tree;
        this.checkpoints = checkpoints;
    }

    JournalState.Status status() {
        if (ended) {
            return JournalState.Status.CLOSED;
        }
        JournalState.Status now = status;
        boolean takesAll = now == JournalState.Status.OPEN || now == JournalState.Status.LOW_SPACE;
        if (!takesAll || !writingFor(SLOW_NANOS)) {
            return now;
        }
        return isStalled() ? JournalState.Status.STALLED : JournalState.Status.SLOW;
    }

    /** Whether the disk has not answered for so long that nothing new should wait for it. */
    boolean isStalled() {
        return writingFor(STALLED_NANOS);
    }

    private boolean writingFor(long nanos) {
        long since = writingSinceNanos;
        return since != NOT_WRITING && System.nanoTime() - since > nanos;
    }

    long usableBytes() {
        return usableBytes;
    }

    /** The last sequence of a forced batch; the segments before the current one are then named by the current one. */
    long durableSequence() {
        return durableSequence;
    }

    boolean ended() {
        return ended;
    }

    /**
     * Starts the first segment, links it to the log before it, records what recovery found, and signs for all that, on the
     * caller's thread, before {@link #start}.
     */
    void begin(byte[] link, List<Interrupted> orphans) throws IOException, JournalException {
        segments.replace(false, 0);
        checkSpace();
        try {
            payload.encodeLink(link);
            segments.stage(Frame.LINK, TraceIds.NONE, payload);
            segments.force();
            tree.commit();
            counters.treeRecords.set(tree.size());
            durableSequence = segments.durableSequence();
            for (Interrupted orphan : orphans) {
                add(new Pending<>(orphan, null, orphan));
            }
            commit();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        checkpoints.begin();
    }

    void start() {
        Thread writer = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this);
        thread = writer;
        writer.start();
    }

    /** Wakes the writer if it sleeps; called after an offer. */
    void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Writes all that is queued, ends the lifetime and waits for that. */
    void close() {
        Thread writer = thread;
        if (writer == Thread.currentThread()) {
            throw new IllegalStateException(
                    "closed by a dependent of one of its futures (expected: by another thread)");
        }
        closing = true;
        LockSupport.unpark(writer);
        if (writer == null) {
            return;
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean last = closing; // read before the queue: what was offered before closing is seen
                Pending<?> first = queue.poll();
                if (first != null) {
                    batch(first);
                } else if (last) {
                    break;
                } else {
                    sleep();
                }
            }
            end();
        } finally {
            ended = true;
            checkpoints.stop();
            for (Pending<?> late = queue.poll(); late != null; late = queue.poll()) {
                queuedBytes.addAndGet(-late.bytes);
                rejectWhole(late, new JournalException(JournalException.Kind.CLOSED, "the journal is closed"));
            }
            segments.closeQuietly();
        }
    }

    private void sleep() {
        checkSpace();
        retry();
        tree.handOver();
        parked = true;
        if (queue.isEmpty() && !closing) {
            LockSupport.parkNanos(this, failed ? FIRST_RETRY_NANOS / 4 : IDLE_NANOS);
        }
        parked = false;
    }

    private void batch(Pending<?> first) {
        writingSinceNanos = System.nanoTime() | 1; // never NOT_WRITING
        checkSpace();
        retry();
        Pending<?> next = first;
        try {
            int taken = 0;
            boolean held = false;
            int outcomes = 0;
            while (next != null) {
                queuedBytes.addAndGet(-next.bytes);
                addWhole(next);
                taken++;
                outcomes += next.record instanceof Outcome ? 1 : 0;
                if (taken == BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
                    break;
                }
                next = queue.poll();
                if (next == null && !held && hold.nanos() > 0) {
                    held = true;
                    LockSupport.parkNanos(this, hold.nanos());
                    next = queue.poll();
                }
            }
            commit();
            hold.noted(System.nanoTime(), taken, outcomes, openIntents.size());
        } catch (Throwable e) { // an error, too: whoever waits must hear of it
            fail(e);
            if (next != null) {
                rejectWhole(next, failure(e)); // where it is not among the batch
            }
        } finally {
            writingSinceNanos = NOT_WRITING;
        }
    }

    /** Stages a record behind the one that must stand before it, or neither. */
    private void addWhole(Pending<?> pending) throws IOException, GeneralSecurityException {
        Pending<?> before = pending.before;
        if (before != null) {
            add(before);
            if (before.isCompletedExceptionally()) {
                reject(pending, (JournalException) before.exceptionNow());
                return;
            }
        }
        add(pending);
    }

    /** Stages one record, or rejects it alone; an exception means that the segment failed. */
    private void add(Pending<?> pending) throws IOException, GeneralSecurityException {
        JournalException refusal = refusal(pending);
        if (refusal != null) {
            reject(pending, refusal);
            return;
        }
        try {
            payload.encode(pending.record);
        } catch (IOException | RuntimeException e) {
            // Not named as a cause: its message may quote content.
            reject(
                    pending,
                    new JournalException(
                            JournalException.Kind.INVALID,
                            "the record cannot be written: " + e.getClass().getSimpleName()));
            return;
        }
        int frameBytes = payload.frameBytes();
        if (frameBytes > options.segmentBytes() - SegmentHeader.BYTES) {
            reject(
                    pending,
                    new JournalException(
                            JournalException.Kind.INVALID,
                            "the record is too large: " + frameBytes + " bytes (expected: at most "
                                    + (options.segmentBytes() - SegmentHeader.BYTES) + ")"));
            return;
        }
        batch.add(pending); // from here on a failure of the segment fails it
        track(pending);
        if (!segments.fits(frameBytes)) {
            batch.removeLast();
            try {
                commit();
            } finally {
                batch.add(pending);
            }
            segments.replace(false, frameBytes);
        }
        segments.stage(Frame.kind(pending.record), pending.record.traceId(), payload);
        batchBytes += frameBytes;
    }

    private @Nullable JournalException refusal(Pending<?> pending) {
        if (failed) {
            return new JournalException(
                    JournalException.Kind.FAILED,
                    segments.segmentName() + " failed and no new segment could be started");
        }
        boolean space = status != JournalState.Status.NO_SPACE;
        String traceId = pending.record.traceId();
        return switch (pending.record) {
            case Intent i when openIntents.containsKey(traceId) -> invalid(traceId, "has an open intent already");
            case Intent i -> space ? null : noSpace();
            case Original o -> space ? null : noSpace();
            case Refusal r -> space ? null : noSpace();
            case Outcome o when openIntents.get(traceId) != pending.intent -> invalid(traceId, "has no open intent");
            case Outcome o -> null;
            case Interrupted i -> null;
            case Access a -> null;
        };
    }

    private static JournalException invalid(String traceId, String why) {
        return new JournalException(JournalException.Kind.INVALID, "trace " + traceId + " " + why);
    }

    private JournalException noSpace() {
        return new JournalException(
                JournalException.Kind.NO_SPACE,
                "free space: " + usableBytes + " bytes (expected: at least the reserve of " + options.reserveBytes()
                        + ")");
    }

    private void track(Pending<?> pending) {
        DurableIntent intent = pending.intent;
        if (intent != null) {
            if (pending.record instanceof Intent) {
                openIntents.put(intent.traceId(), intent);
            } else {
                openIntents.remove(intent.traceId());
            }
        }
    }

    private void untrack(Pending<?> pending) {
        DurableIntent intent = pending.intent;
        if (intent != null) {
            if (pending.record instanceof Intent) {
                openIntents.remove(intent.traceId());
            } else {
                openIntents.put(intent.traceId(), intent);
            }
        }
    }

    private void commit() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        segments.force();
        durableSequence = segments.durableSequence();
        counters.forces.incrementAndGet();
        counters.writtenBytes.addAndGet(batchBytes);
        counters.openIntents.set(openIntents.size());
        batchBytes = 0;
        for (Pending<?> durable : batch) {
            counters.durable(durable.record);
        }
        for (Pending<?> durable : batch) {
            durable.succeed();
        }
        batch.clear();
        tree.commit(); // after those who wait were told
        counters.treeRecords.set(tree.size());
    }

    private void rejectWhole(Pending<?> pending, JournalException why) {
        if (pending.before != null) {
            reject(pending.before, why);
        }
        reject(pending, why);
    }

    private void reject(Pending<?> pending, JournalException why) {
        if (pending.completeExceptionally(why)) {
            counters.rejected.increment();
        }
    }

    /** A write or force failed: nobody knows what of the batch is on disk, so none of it counts. */
    private void fail(Throwable cause) {
        JournalException why = failure(cause);
        failed = true;
        status = JournalState.Status.FAILED;
        counters.failedSegments.incrementAndGet();
        segments.fail();
        retryAtNanos = System.nanoTime() + retryNanos;
        for (Pending<?> lost : batch.reversed()) {
            untrack(lost);
        }
        for (Pending<?> lost : batch) {
            reject(lost, why);
        }
        batch.clear();
        batchBytes = 0;
    }

    private JournalException failure(Throwable cause) {
        return new JournalException(
                JournalException.Kind.FAILED, segments.segmentName() + " failed: " + cause.getMessage(), cause);
    }

    private void retry() {
        if (!failed || System.nanoTime() - retryAtNanos < 0) {
            return;
        }
        try {
            segments.replace(true, 0);
            failed = false;
            retryNanos = FIRST_RETRY_NANOS;
            checkSpace();
        } catch (IOException | RuntimeException e) {
            segments.closeQuietly();
            retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
            retryAtNanos = System.nanoTime() + retryNanos;
        }
    }

    private void checkSpace() {
        long usable;
        try {
            usable = options.usableBytes().getAsLong();
        } catch (RuntimeException e) {
            usable = 0; // not to know is not to have
        }
        usableBytes = usable;
        if (failed) {
            status = JournalState.Status.FAILED;
        } else if (usable < options.reserveBytes()) {
            status = JournalState.Status.NO_SPACE;
        } else {
            status = usable < options.alarmFreeBytes() ? JournalState.Status.LOW_SPACE : JournalState.Status.OPEN;
        }
    }

    /** Interrupts what is open and ends the lifetime; where that fails, the next start does both. */
    private void end() {
        if (failed) {
            return;
        }
        try {
            for (DurableIntent intent : List.copyOf(openIntents.values())) {
                Interrupted orphan = new Interrupted(
                        intent.traceId(), options.clock().instant(), "the gateway was closed before the outcome");
                add(new Pending<>(orphan, null, orphan));
            }
            openIntents.clear();
            commit();
            checkpoints.end();
            segments.end();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            fail(e);
        }
    }
}
