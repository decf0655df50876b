package dev.anteroom.traces;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The log of decisions: appends records, sealed, and says when they are on disk. Thread-safe; no method but
 * {@link #open} and {@link #close} blocks.
 *
 * <p><b>Assumptions.</b> A force that returns has put the bytes where a crash leaves them. One process at a time writes
 * to a directory, which a file lock enforces. Nobody who must not read records has the key ring. Dependents of the
 * returned futures that are not {@code Async} run on the writer thread and only hand over: while they run nothing is
 * written.
 *
 * <p><b>Guarantees.</b>
 *
 * <ul>
 *   <li>A future completes only after the record's bytes were forced. So a completed outcome means that intent and
 *       outcome are on disk: an outcome takes the {@link DurableIntent} to append.
 *   <li>Records stand in the order of their sequence, and of two appends by one thread the earlier has the lower one.
 *   <li>A failed future means that the record does not count. With {@link JournalException.Kind#FAILED} it may still be
 *       found, for a failed force says nothing; an outcome may then be appended again. With any other kind it is not
 *       there.
 *   <li>An intent has at most one end. Where the process ends first, the next {@link #open} on the directory appends an
 *       {@link Interrupted}; {@link #close} does so for intents that are open then.
 *   <li>A crash loses no completed record. It can leave the last batch half-written, which is not taken for damage;
 *       damage to anything that was forced before the last batch is, and refuses to open while it concerns a lifetime
 *       that needs recovery.
 *   <li>While the disk has not answered for five seconds, everything but outcomes fails at once.
 *   <li>A failed write or force is final for its segment. A new one is tried again and again; meanwhile all fails.
 *   <li>Nothing of a record but its kind, sizes, sequence, wall time, trace id and salted hashes is in clear on disk.
 *   <li>A log begins with the last checkpoint of the log before it, and is signed for at its start, at its end and once a
 *       second while it grows: whoever holds a checkpoint and the public key can tell whether anything that it covers was
 *       changed, moved or removed.
 * </ul>
 *
 * <p><b>Progress.</b> Appending is lock-free up to the queue's bounds and fails at once beyond them. One writer thread
 * takes all that is queued, forces once, and completes all: the wait is one or two forces, however many append.
 */
public final class Journal implements AutoCloseable {
    private final Path folder;
    private final FileLock lock;
    private final MpscAtomicArrayQueue<Pending<?>> queue;
    private final long queueBytes;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final JournalCounters counters = new JournalCounters();
    private final SegmentMaker maker;
    private final JournalWriter writer;
    private final Checkpoints checkpoints;
    private final LogKey logKey;
    private final @Nullable Witness witness;
    private final String log;
    private final boolean recording;
    private volatile boolean closed;

    private Journal(JournalOptions options, Disk disk, Path folder, FileLock lock, boolean recording)
            throws IOException, JournalException, GeneralSecurityException {
        this.folder = folder;
        this.lock = lock;
        this.recording = recording;
        // The Atomic variant: the other one uses sun.misc.Unsafe, which Java 25 warns of on stderr.
        this.queue = new MpscAtomicArrayQueue<>(options.queueRecords());
        this.queueBytes = options.queueBytes();
        JournalFiles.deleteDrafts(folder);
        List<JournalFiles.Lifetime> lifetimes = JournalFiles.lifetimes(folder);
        SegmentHeader.refuseOtherFormats(folder, lifetimes);
        Recovery recovery = Recovery.scan(folder, lifetimes, options.clock());
        String predecessor = lifetimes.isEmpty()
                ? SegmentHeader.NO_PREDECESSOR
                : lifetimes.getLast().startId();
        this.logKey =
                LogKey.openOrCreate(options.dataDirectory().resolve("keys"), options.gatewayId(), options.random());
        byte[] link = recovery.sign(logKey.signer());
        byte[] startId = startId(options, predecessor);
        String start = HexFormat.of().formatHex(startId);
        Sealer sealer = new Sealer(options.keys(), options.random(), startId);
        this.maker = new SegmentMaker(options, folder, start);
        LogTree tree = new LogTree();
        this.checkpoints =
                new Checkpoints(new CheckpointFiles(folder, options.gatewayId(), start), logKey.signer(), tree);
        SegmentWriter segments = new SegmentWriter(options, disk, folder, start, predecessor, sealer, maker, tree);
        this.log = start;
        this.writer = new JournalWriter(options, queue, queuedBytes, counters, segments, tree, checkpoints);
        WitnessOptions witnessed = options.witness();
        this.witness = witnessed == null ? null : new Witness(witnessed, checkpoints.files());
        boolean begun = false;
        try {
            writer.begin(link, recovery.orphans());
            recovery.finish();
            begun = true;
        } finally {
            if (!begun) {
                checkpoints.stop();
                segments.closeQuietly();
                maker.close();
            }
        }
    }

    /**
     * Locks the directory, records what an earlier process left open, and starts a lifetime. Blocks for some forces, and
     * to read what an unclean end left.
     */
    public static Journal open(JournalOptions options) throws JournalException {
        return open(options, Disk.REAL);
    }

    static Journal open(JournalOptions options, Disk disk) throws JournalException {
        return open(options, disk, JournalFiles.FOLDER);
    }

    /** Opens the journal in this folder of the data directory. */
    static Journal open(JournalOptions options, Disk disk, String name) throws JournalException {
        return open(options, disk, name, true);
    }

    /**
     * One that completes every record at once and writes none, for measuring what records cost. For the load harness alone: nothing that is
     * shipped calls it, which ArchitectureTest holds, and from outside of this package nobody can.
     */
    static Journal openWithoutRecords(JournalOptions options) throws JournalException {
        return open(options, Disk.REAL, JournalFiles.FOLDER, false);
    }

    private static Journal open(JournalOptions options, Disk disk, String name, boolean recording)
            throws JournalException {
        Path folder = options.dataDirectory().resolve(name);
        FileLock lock = null;
        Journal journal = null;
        try {
            Disk.createPrivateDirectories(folder);
            lock = lock(folder);
            journal = new Journal(options, disk, folder, lock, recording);
            journal.writer.start();
            if (journal.witness != null) {
                journal.witness.start();
            }
            return journal;
        } catch (IOException | GeneralSecurityException e) {
            throw new JournalException(JournalException.Kind.FAILED, folder + ": " + e, e);
        } finally {
            if (journal == null && lock != null) {
                release(lock);
            }
        }
    }

    /** Appends the decision to call a provider; with the proof in hand it may be called. */
    public CompletableFuture<DurableIntent> append(Intent intent) {
        DurableIntent proof = new DurableIntent(intent);
        return offer(new Pending<>(intent, proof, proof));
    }

    /** Appends the end of a call. */
    public CompletableFuture<DurableOutcome> append(DurableIntent intent, Outcome outcome) {
        Pending<DurableOutcome> pending = new Pending<>(outcome, intent, new DurableOutcome(outcome));
        if (!outcome.traceId().equals(intent.traceId())) {
            return reject(pending, JournalException.Kind.INVALID, "the outcome is of another trace than the intent");
        }
        return offer(pending);
    }

    /**
     * Appends what a call asked and the decision to call a provider; complete when both are on disk, which one force does.
     * Where the original cannot be written, the intent is not.
     */
    public CompletableFuture<DurableIntent> append(Original original, Intent intent) {
        DurableIntent proof = new DurableIntent(intent);
        Pending<DurableIntent> pending = new Pending<>(intent, proof, proof, new Pending<>(original, null, original));
        if (!original.traceId().equals(intent.traceId())) {
            return reject(pending, JournalException.Kind.INVALID, "the original is of another trace than the intent");
        }
        return offer(pending);
    }

    /** Appends the decision not to let a call through. */
    public CompletableFuture<DurableRefusal> append(Refusal refusal) {
        return offer(new Pending<>(refusal, null, new DurableRefusal(refusal)));
    }

    /** Appends what somebody did with records; for {@link AccessLog}. */
    CompletableFuture<Access> append(Access access) {
        return offer(new Pending<>(access, null, access));
    }

    /** The id of the log that this journal writes. */
    public String log() {
        return log;
    }

    /**
     * The last record that is known to be on disk. What a reader finds behind it may still turn out not to count, so
     * whatever is copied elsewhere ends here. Sequence 0 says that this log has none yet.
     */
    public RecordId durable() {
        return new RecordId(log, writer.durableSequence());
    }

    /** What the journal is able to do right now. */
    public JournalState state() {
        return new JournalState(
                writer.status(),
                queue.size(),
                queuedBytes.get(),
                writer.usableBytes(),
                counters.intents.get(),
                counters.outcomes.get(),
                counters.refusals.get(),
                counters.interrupted.get(),
                counters.openIntents.get(),
                counters.rejected.sum(),
                counters.forces.get(),
                counters.failedSegments.get(),
                counters.writtenBytes.get(),
                new JournalState.Tree(
                        counters.treeRecords.get(),
                        checkpoints.signedSize(),
                        witness == null ? 0 : witness.witnessedSize(),
                        checkpoints.failures() + (witness == null ? 0 : witness.failures())));
    }

    /** Whether this start made the key that signs the log: its public half must be kept where the gateway cannot change it. */
    public boolean isLogKeyNew() {
        return logKey.created();
    }

    /** The file of the public key that checks the log. */
    public Path logKeyFile() {
        return logKey.publicFile();
    }

    /** Takes no more, writes all that is queued, ends the lifetime and releases the directory. Blocks for that. */
    @Override
    public void close() {
        closed = true;
        writer.close();
        maker.close();
        if (witness != null) {
            witness.stop();
        }
        release(lock);
    }

    private <T> Pending<T> offer(Pending<T> pending) {
        if (!TraceIds.isId(pending.record.traceId())) {
            return reject(pending, JournalException.Kind.INVALID, "the trace id is no UUID in lower case");
        }
        if (closed) {
            return reject(pending, JournalException.Kind.CLOSED, "the journal is closed");
        }
        if (!recording) {
            pending.succeed();
            return pending;
        }
        if (writer.isStalled() && !(pending.record instanceof Outcome)) {
            return reject(
                    pending,
                    JournalException.Kind.STALLED,
                    "the disk does not answer (expected: a record written within seconds)");
        }
        long bytes = queuedBytes.addAndGet(pending.bytes);
        // One record alone is always let in, however large.
        if ((bytes > queueBytes && bytes != pending.bytes) || !queue.offer(pending)) {
            queuedBytes.addAndGet(-pending.bytes);
            return reject(pending, JournalException.Kind.QUEUE_FULL, "the journal's queue is full");
        }
        VarHandle.fullFence(); // the offer is seen before the flags are read
        if (writer.ended()) {
            return reject(pending, JournalException.Kind.CLOSED, "the journal is closed");
        }
        writer.wake();
        return pending;
    }

    private <T> Pending<T> reject(Pending<T> pending, JournalException.Kind kind, String message) {
        if (pending.completeExceptionally(new JournalException(kind, message))) {
            counters.rejected.increment();
        }
        return pending;
    }

    /** A UUIDv7 greater than the one before, whatever the clock says. */
    private static byte[] startId(JournalOptions options, String predecessor) {
        long before = HexFormat.fromHexDigitsToLong(predecessor, 0, 16);
        long millis = Math.max(options.clock().millis(), TraceIds.millis(before) + 1);
        byte[] random = new byte[16];
        options.random().nextBytes(random);
        ByteBuffer id = ByteBuffer.wrap(random);
        id.putLong(0, (millis << 16) | 0x7000 | (id.getLong(0) & 0xfff));
        id.putLong(8, (id.getLong(8) & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
        return random;
    }

    private static FileLock lock(Path folder) throws IOException, JournalException {
        Path file = folder.resolve(JournalFiles.LOCK);
        FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another journal of this process; the same answer.
        }
        if (lock == null) {
            ByteBuffer holder = ByteBuffer.allocate(64);
            channel.read(holder, 0);
            channel.close();
            String pid = new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII).strip();
            throw new JournalException(
                    JournalException.Kind.LOCKED,
                    folder + " is in use by process " + pid + " (expected: one gateway a data directory)");
        }
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        Disk.writeFully(channel, ByteBuffer.wrap(pid), 0);
        return lock;
    }

    private static void release(@Nullable FileLock lock) {
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException e) {
                // The lock ends with the process.
            }
        }
    }

    @Override
    public String toString() {
        return "Journal[" + folder + ", " + writer.status() + "]";
    }
}
