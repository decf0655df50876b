package dev.anteroom.traces;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tree over one lifetime's durable records, grown by the writer and handed to who signs it. Confined to the writer thread
 * but for {@link #take}.
 *
 * <p>A record enters it only after its force: what a failed batch staged leaves no trace. Handing over is one reference: while it is not taken, the writer goes on
 * collecting, so nobody waits for the other.
 */
final class LogTree {
    private static final int MOST_KEPT_BYTES = 64 << 20;

    /**
     * How far the log is durable. Immutable; the array is not written any more.
     *
     * @param hashes those that became complete since the last one, as {@link TreeFile} keeps them; null where they were too
     *     many to be kept
     */
    record Durable(TreeHead head, byte @Nullable [] hashes) {}

    private final Hashes hashes = new Hashes();
    private final CompactRange range = new CompactRange(hashes);
    private final byte[] leafHash = new byte[Hashes.BYTES];
    private final AtomicReference<@Nullable Durable> handover = new AtomicReference<>();
    private final CompactRange.Listener keep = this::keep;
    private byte[] staged = new byte[64 * Leaf.BYTES];
    private int stagedBytes;
    private byte[] complete = new byte[128 * Hashes.BYTES];
    private int completeBytes;
    private boolean lost;
    private long handedSize = -1;

    /** How many records are in it. */
    long size() {
        return range.size();
    }

    /** The frame at {@code at} is on its way to the disk. */
    void stage(byte[] frame, int at) {
        if (staged.length == stagedBytes) {
            staged = Arrays.copyOf(staged, 2 * staged.length);
        }
        Leaf.copy(frame, at, staged, stagedBytes);
        stagedBytes += Leaf.BYTES;
    }

    /** All that was staged is on disk. Takes half a microsecond a record: whoever waits for the records is told before. */
    void commit() {
        for (int at = 0; at < stagedBytes; at += Leaf.BYTES) {
            hashes.leaf(staged, at, Leaf.BYTES, leafHash, 0);
            range.add(leafHash, 0, keep);
        }
        stagedBytes = 0;
        handOver();
    }

    /** Nothing that was staged counts. */
    void rollback() {
        stagedBytes = 0;
    }

    /** Offers what is new, unless the last offer still stands. */
    void handOver() {
        if (range.size() != handedSize && handover.get() == null) {
            handedSize = range.size();
            handover.set(new Durable(range.head(), lost ? null : Arrays.copyOf(complete, completeBytes)));
            completeBytes = 0;
        }
    }

    /** What became durable since the last call, or null. Any thread. */
    @Nullable
    Durable take() {
        return handover.getAndSet(null);
    }

    /** All that is durable, whether or not it was offered; nothing may be staged. */
    Durable last() {
        return new Durable(range.head(), lost ? null : Arrays.copyOf(complete, completeBytes));
    }

    private void keep(int level, byte[] hash, int at) {
        if (lost || completeBytes + Hashes.BYTES > MOST_KEPT_BYTES) {
            lost = true; // whoever signs does not keep up; the file of hashes can be made again from the log
            completeBytes = 0;
            return;
        }
        if (completeBytes == complete.length) {
            complete = Arrays.copyOf(complete, 2 * complete.length);
        }
        System.arraycopy(hash, at, complete, completeBytes, Hashes.BYTES);
        completeBytes += Hashes.BYTES;
    }
}
