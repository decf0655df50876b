package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Signs how far a lifetime's log is durable: at its start, at its end, and between them once a second while something is
 * new, on a thread of its own. Nothing waits for it but the start and the end.
 *
 * <p>A disk that fails it is tried again with the next checkpoint; meanwhile records are written as before, and {@link #signedSize} stands
 * still.
 */
final class Checkpoints {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    /** How often a checkpoint enters the history: some 50 KiB a day. */
    private static final long HISTORY_NANOS = 600_000_000_000L;

    private final CheckpointFiles files;
    private final NoteSigner signer;
    private final LogTree tree;
    private @Nullable TreeFile hashes;
    private LogTree.@Nullable Durable unsigned;
    private long rememberedNanos;
    private volatile long signedSize;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean closing;
    private @Nullable Thread thread;

    Checkpoints(CheckpointFiles files, NoteSigner signer, LogTree tree) throws IOException {
        this.files = files;
        this.signer = signer;
        this.tree = tree;
        this.hashes = TreeFile.create(files.tree());
    }

    CheckpointFiles files() {
        return files;
    }

    /** How many records the latest signed checkpoint covers. */
    long signedSize() {
        return signedSize;
    }

    /** How often signing or writing failed. */
    long failures() {
        return failures.get();
    }

    /** Signs the first checkpoint, on the caller's thread, and starts the thread. */
    void begin() throws IOException {
        signTaken(true);
        Thread signing = Thread.ofPlatform().name("journal-checkpoint").daemon().unstarted(this::run);
        thread = signing;
        signing.start();
    }

    /** Stops the thread and signs the last checkpoint, on the caller's thread; nothing may be staged any more. */
    void end() throws IOException {
        join();
        take();
        unsigned = join(unsigned, tree.last());
        signTaken(true);
        closeFile();
    }

    /** Stops the thread and lets go of the file; what is durable and not signed, the next start signs. */
    void stop() {
        join();
        try {
            closeFile();
        } catch (IOException e) {
            // The next start makes it again.
        }
    }

    private void join() {
        closing = true;
        Thread signing = thread;
        if (signing == null) {
            return;
        }
        LockSupport.unpark(signing);
        boolean interrupted = false;
        while (signing.isAlive()) {
            try {
                signing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            if (!closing) {
                try {
                    signTaken(false);
                } catch (IOException | RuntimeException e) {
                    failures.incrementAndGet();
                }
            }
        }
    }

    private void take() {
        LogTree.Durable taken = tree.take();
        if (taken != null) {
            unsigned = join(unsigned, taken);
        }
    }

    private static LogTree.Durable join(LogTree.@Nullable Durable before, LogTree.Durable next) {
        if (before == null) {
            return next;
        }
        byte[] first = before.hashes();
        byte[] second = next.hashes();
        if (first == null || second == null) {
            return new LogTree.Durable(next.head(), null);
        }
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return new LogTree.Durable(next.head(), both);
    }

    private void signTaken(boolean remember) throws IOException {
        take();
        LogTree.Durable next = unsigned;
        if (next == null) {
            return;
        }
        keep(next.hashes());
        unsigned = new LogTree.Durable(next.head(), hashes == null ? null : new byte[0]); // its hashes are written
        SignedNote note = new Checkpoint(files.origin(), next.head()).sign(signer);
        CheckpointFiles.replace(files.latest(), note);
        signedSize = next.head().size();
        unsigned = null;
        long now = System.nanoTime();
        if (remember || now - rememberedNanos >= HISTORY_NANOS) {
            rememberedNanos = now;
            files.remember(note);
        }
    }

    /** Appends to the file of hashes, or gives it up where some of them were lost. */
    private void keep(byte @Nullable [] next) throws IOException {
        TreeFile file = hashes;
        if (file == null) {
            return;
        }
        if (next != null) {
            file.append(next, next.length);
        } else {
            closeFile();
            Files.deleteIfExists(files.tree());
        }
    }

    private void closeFile() throws IOException {
        TreeFile file = hashes;
        hashes = null;
        if (file != null) {
            file.close();
        }
    }
}
