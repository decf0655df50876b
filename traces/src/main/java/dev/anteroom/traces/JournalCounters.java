package dev.anteroom.traces;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a journal has done. Thread-safe: the writer thread counts, anyone reads. */
final class JournalCounters {
    final AtomicLong originals = new AtomicLong();
    final AtomicLong intents = new AtomicLong();
    final AtomicLong outcomes = new AtomicLong();
    final AtomicLong refusals = new AtomicLong();
    final AtomicLong interrupted = new AtomicLong();
    final AtomicLong accesses = new AtomicLong();
    final AtomicLong openIntents = new AtomicLong();
    final LongAdder rejected = new LongAdder();
    final AtomicLong forces = new AtomicLong();
    final AtomicLong failedSegments = new AtomicLong();
    final AtomicLong writtenBytes = new AtomicLong();
    final AtomicLong treeRecords = new AtomicLong();

    void durable(WrittenRecord record) {
        AtomicLong counter = switch (record) {
            case Original o -> originals;
            case Intent i -> intents;
            case Outcome o -> outcomes;
            case Refusal r -> refusals;
            case Interrupted i -> interrupted;
            case Access a -> accesses;
        };
        counter.incrementAndGet();
    }
}
