package dev.anteroom.traces;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands one log's checkpoints to a witness by files, and takes back what the witness signed, on a thread of its own. Nothing
 * ever waits for it.
 *
 * <pre>
 *   ORIGIN.submission    what is to be signed, an add-checkpoint request of c2sp.org/tlog-witness
 *   ORIGIN.cosigned      the checkpoint with the witness's cosignature, from the other side
 * </pre>
 *
 * where ORIGIN is the gateway's id and the log's. What comes back is believed only where the witness's signature holds and the
 * checkpoint is one of this log.
 */
final class Witness {
    private static final long PERIOD_NANOS = 2_000_000_000L;

    private final Path directory;
    private final NoteKey key;
    private final CheckpointFiles files;
    private final Hashes hashes = new Hashes();
    private final AtomicLong failures = new AtomicLong();
    private volatile long witnessedSize;
    private volatile boolean closing;
    private long submittedSize = -1;
    private long submittedOld = -1;
    private @Nullable Thread thread;

    Witness(WitnessOptions options, CheckpointFiles files) {
        this.directory = options.directory();
        this.key = options.parsed();
        this.files = files;
    }

    /** How many records the largest checkpoint covers that the witness signed. */
    long witnessedSize() {
        return witnessedSize;
    }

    /** How often the directory failed, or held something that cannot be believed. */
    long failures() {
        return failures.get();
    }

    void start() {
        Thread own = Thread.ofPlatform().name("journal-witness").daemon().unstarted(this::run);
        thread = own;
        own.start();
    }

    /** Ends the thread after it has handed over the last checkpoint; does not wait for it, as the directory may hang. */
    void stop() {
        closing = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            LockSupport.parkNanos(this, closing ? 0 : PERIOD_NANOS);
            last = closing;
            try {
                exchange();
            } catch (IOException | NoteException | RuntimeException e) {
                failures.incrementAndGet();
            }
        }
    }

    /** Takes back what was signed, then submits what is new. */
    void exchange() throws IOException, NoteException {
        takeBack();
        Optional<SignedNote> latest = CheckpointFiles.read(files.latest());
        if (latest.isEmpty()) {
            return;
        }
        long size = Checkpoint.parse(latest.get().text()).size();
        if (size > witnessedSize && (size != submittedSize || witnessedSize != submittedOld)) {
            try (TreeFile tree = TreeFile.open(files.tree())) {
                List<byte[]> proof = new MerkleTree(hashes, tree).consistency(witnessedSize, size);
                submit(new Submission(witnessedSize, proof, latest.get()));
            }
            submittedSize = size;
            submittedOld = witnessedSize;
        }
    }

    /** Nothing in it is secret, and the other side is another user: it is as readable as new files of this process are. */
    private void submit(Submission submission) throws IOException {
        Path draft = file(".submission.draft");
        Files.writeString(draft, submission.encode(), StandardCharsets.UTF_8);
        Files.move(draft, file(".submission"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void takeBack() throws IOException, NoteException {
        Optional<SignedNote> back = CheckpointFiles.read(file(".cosigned"));
        if (back.isEmpty()) {
            return;
        }
        SignedNote note = back.get();
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (checkpoint.size() <= witnessedSize) {
            return;
        }
        if (!checkpoint.origin().equals(files.origin()) || !(key.check(note) instanceof NoteKey.Check.Valid)) {
            throw new NoteException("not signed by the witness, or of another log");
        }
        try (TreeFile tree = TreeFile.open(files.tree())) {
            byte[] root = new MerkleTree(hashes, tree).root(checkpoint.size());
            if (!Hashes.equal(root, checkpoint.head().root())) {
                throw new NoteException("not a checkpoint of this log");
            }
        }
        CheckpointFiles.replace(files.cosigned(), note);
        witnessedSize = checkpoint.size();
    }

    private Path file(String end) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("no directory for the witness");
        }
        return directory.resolve(files.gatewayId() + "-" + files.startId() + end);
    }
}
