package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares segments ahead of need on a thread of its own: files full of zeros, forced, so that writing into them changes
 * no metadata. Its methods are confined to the writer thread.
 *
 * <p>The first two are smaller than the rest: a start should not wait for 64 MiB of zeros.
 */
final class SegmentMaker implements AutoCloseable {
    private static final long FIRST_BYTES = 1L << 20;
    private static final long SECOND_BYTES = 16L << 20;
    private static final int CHUNK_BYTES = 1 << 20;

    /** A file of zeros, open for writing. */
    record Draft(Path file, FileChannel channel, long bytes) {
        void discard() throws IOException {
            channel.close();
            Files.deleteIfExists(file);
        }
    }

    private final JournalOptions options;
    private final Path folder;
    private final String startId;
    private final ExecutorService helper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("journal-prepare").daemon().factory());
    private volatile boolean closing;
    private long made;
    private CompletableFuture<Draft> next;

    SegmentMaker(JournalOptions options, Path folder, String startId) {
        this.options = options;
        this.folder = folder;
        this.startId = startId;
        this.next = prepare(0);
    }

    /** The next segment, with room for at least one frame of this length; waits where it is not ready. */
    Draft take(long frameBytes) throws IOException {
        long needed = SegmentHeader.BYTES + frameBytes;
        CompletableFuture<Draft> taken = next;
        Draft draft;
        try {
            draft = taken.join();
            if (draft.bytes() < needed) {
                draft.discard();
                draft = prepare(needed).join();
            }
        } catch (CompletionException e) {
            next = prepare(0);
            throw new IOException("no new segment: " + e.getCause(), e);
        }
        next = prepare(0);
        return draft;
    }

    /** A segment is full, forced and closed: its pages are better used for the next one. */
    void retire(Path segment) {
        helper.execute(() -> PageCache.forget(segment));
    }

    private CompletableFuture<Draft> prepare(long leastBytes) {
        long number = ++made;
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return make(number, leastBytes);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                helper);
    }

    private Draft make(long number, long leastBytes) throws IOException {
        long wanted = number == 1 ? FIRST_BYTES : number == 2 ? SECOND_BYTES : options.segmentBytes();
        if (options.usableBytes().getAsLong() - wanted < options.reserveBytes()) {
            wanted = FIRST_BYTES; // what is left is for outcomes: take it in small pieces
        }
        long size = Math.max(Math.min(wanted, options.segmentBytes()), leastBytes);
        Path file = JournalFiles.draft(folder, options.gatewayId(), startId, number);
        FileChannel channel = JournalFiles.createPrivate(file);
        Draft draft = new Draft(file, channel, size);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long at = 0; at < size; at += zeros.limit()) {
                if (closing) {
                    throw new IOException("closing");
                }
                zeros.clear().limit((int) Math.min(CHUNK_BYTES, size - at));
                Disk.writeFully(channel, zeros, at);
                channel.force(true); // piece by piece: the journal's own forces must not wait behind all of it
            }
            return draft;
        } catch (IOException | RuntimeException e) {
            draft.discard();
            throw e;
        }
    }

    /** Waits for the helper, which stops soon, and removes what was not taken. */
    @Override
    public void close() {
        closing = true;
        helper.close();
        if (next.state() == Future.State.SUCCESS) {
            try {
                next.resultNow().discard();
            } catch (IOException e) {
                // The next start removes it.
            }
        }
    }
}
