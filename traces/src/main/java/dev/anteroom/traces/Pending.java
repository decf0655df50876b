package dev.anteroom.traces;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the disk and the promise of its proof, perhaps with another that goes before it. Made by the caller, read by the
 * writer thread.
 *
 * @param <T> what the caller gets once the record is durable
 */
final class Pending<T> extends CompletableFuture<T> {
    final WrittenRecord record;
    /** About what this one and the one before it take. */
    final int bytes;
    /** The proof of the intent itself, or the one that an outcome settles. */
    final @Nullable DurableIntent intent;
    /** What must stand right before this record, or this one is not written. */
    final @Nullable Pending<?> before;

    private final T proof;

    Pending(WrittenRecord record, @Nullable DurableIntent intent, T proof) {
        this(record, intent, proof, null);
    }

    Pending(WrittenRecord record, @Nullable DurableIntent intent, T proof, @Nullable Pending<?> before) {
        this.record = record;
        this.bytes = (int) Math.min((long) estimate(record) + (before == null ? 0 : before.bytes), Integer.MAX_VALUE);
        this.intent = intent;
        this.proof = proof;
        this.before = before;
    }

    void succeed() {
        complete(proof);
    }

    /** About the size of the frame: exact for the texts that can be large, a guess for the rest. */
    private static int estimate(WrittenRecord record) {
        long bytes = switch (record) {
            case Original o -> 600L + o.request().chars();
            case Intent i ->
                1800L
                        + i.redactedRequest().chars()
                        + 130L * i.redaction().size()
                        + 160L * i.candidates().size()
                        + 40L * i.residue().size();
            case Outcome o ->
                1000L
                        + o.redactedAnswer().chars()
                        + 400L * o.attempts().size()
                        + 80L * o.findings().size()
                        + 40L * o.timings().size();
            case Refusal r -> 1000L;
            case Interrupted i -> 500L;
            case Access a -> 1000L + a.reason().length();
        };
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
