package dev.anteroom.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What earlier lifetimes that were not closed left behind: intents without an end, and a log without its last checkpoint.
 * Confined to the start of a journal.
 *
 * <p>All of them are read together and in order, since a lifetime that died in its own recovery may already have ended
 * intents of the one before. Only clear headers are read. Their trees are built again from their records, and must agree with every checkpoint
 * that they signed while they lived.
 */
final class Recovery {
    private record Ended(JournalFiles.Lifetime lifetime, JournalFiles.End end, TreeHead head) {}

    private final Path folder;
    private final List<JournalFiles.Lifetime> lifetimes;
    private final List<Interrupted> orphans = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();

    private Recovery(Path folder, List<JournalFiles.Lifetime> lifetimes) {
        this.folder = folder;
        this.lifetimes = lifetimes;
    }

    static Recovery scan(Path folder, List<JournalFiles.Lifetime> lifetimes, Clock clock)
            throws IOException, JournalException {
        Recovery recovery = new Recovery(folder, lifetimes);
        Set<UUID> open = new LinkedHashSet<>();
        for (JournalFiles.Lifetime lifetime : lifetimes) {
            if (lifetime.closed() == null) {
                recovery.scan(lifetime, open);
            }
        }
        Instant now = clock.instant();
        for (UUID trace : open) {
            recovery.orphans.add(
                    new Interrupted(trace.toString(), now, "the gateway ended before the outcome was recorded"));
        }
        return recovery;
    }

    private void scan(JournalFiles.Lifetime lifetime, Set<UUID> open) throws IOException, JournalException {
        List<String> damage = new ArrayList<>();
        CheckpointFiles files = CheckpointFiles.of(folder, lifetime);
        JournalFiles.End end;
        try (TreeBuilder tree = new TreeBuilder(files.tree(), said(files))) {
            end = new SegmentScanner(found -> damage.add(found.toString()))
                    .scan(lifetime, 0, lifetime.segments().size(), true, (place, bytes, at) -> {
                        UUID trace = new UUID(place.most(), place.least());
                        if (place.kind() == Frame.INTENT) {
                            open.add(trace);
                        } else if (Frame.endsCall(place.kind())) {
                            open.remove(trace);
                        }
                        tree.add(bytes, at);
                        return true;
                    });
            tree.flush();
            if (end != null && damage.isEmpty()) {
                HeadCheck<SignedNote> check = tree.check();
                check.wrong()
                        .forEach(said -> damage.add(files.latest().getFileName() + ": of its "
                                + said.head().size() + " records not all are as they were when it was signed"));
                check.ahead()
                        .forEach(said -> damage.add(files.latest().getFileName() + ": it covers "
                                + said.head().size() + " records, and "
                                + check.head().size() + " are there"));
                ended.add(new Ended(lifetime, end, check.head()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!damage.isEmpty()) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT,
                    String.join("; ", damage) + " (nothing was changed; move the files of this lifetime out of "
                            + folder + " to start without them)");
        }
    }

    /** The latest checkpoint; earlier ones follow from it, for who verifies. */
    private static List<HeadCheck.Said<SignedNote>> said(CheckpointFiles files) throws IOException, JournalException {
        try {
            Optional<SignedNote> latest = CheckpointFiles.read(files.latest());
            if (latest.isEmpty()) {
                return List.of();
            }
            Checkpoint checkpoint = Checkpoint.parse(latest.get().text());
            if (!checkpoint.origin().equals(files.origin())) {
                throw new NoteException("it is of another log");
            }
            return List.of(new HeadCheck.Said<>(checkpoint.head(), latest.get()));
        } catch (NoteException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, files.latest().getFileName() + ": " + e.getMessage());
        }
    }

    /** One record for each intent without an end; to be made durable before {@link #finish}. */
    List<Interrupted> orphans() {
        return orphans;
    }

    /**
     * Signs the last checkpoint of each lifetime on its behalf. Returns that of the last lifetime that recorded anything, for
     * the next one to begin with, or an empty text.
     */
    byte[] sign(NoteSigner signer) throws IOException, JournalException {
        for (Ended one : ended) {
            if (one.head.size() > 0) {
                CheckpointFiles files = CheckpointFiles.of(folder, one.lifetime);
                SignedNote note = new Checkpoint(files.origin(), one.head).sign(signer);
                CheckpointFiles.replace(files.latest(), note);
                files.mend();
                files.remember(note);
            }
        }
        Optional<CheckpointFiles> newest = CheckpointFiles.newest(folder);
        String recorded = lifetimes.stream()
                .filter(lifetime -> !isVoid(lifetime))
                .map(JournalFiles.Lifetime::startId)
                .reduce("", (a, b) -> b);
        if (!recorded.isEmpty()
                && recorded.compareTo(newest.map(CheckpointFiles::startId).orElse("")) > 0) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT,
                    "the checkpoint of the log " + recorded + " is missing in " + folder
                            + " (nothing was changed; bring it back, or move the files of this lifetime away too)");
        }
        try {
            Optional<SignedNote> link = newest.isEmpty()
                    ? Optional.empty()
                    : CheckpointFiles.read(newest.get().latest());
            return link.map(SignedNote::encode).orElse("").getBytes(StandardCharsets.UTF_8);
        } catch (NoteException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, newest.get().latest().getFileName() + ": " + e.getMessage());
        }
    }

    /** Whether a lifetime ended before it recorded anything. */
    private boolean isVoid(JournalFiles.Lifetime lifetime) {
        JournalFiles.End closed = lifetime.closed();
        return closed != null
                ? closed.sequence() == 0
                : ended.stream().anyMatch(one -> one.lifetime.equals(lifetime) && one.head.size() == 0);
    }

    /** Marks the lifetimes as recovered, so that no later start reads them, and cuts unused zeros off. */
    void finish() throws IOException {
        for (Ended one : ended) {
            trim(one.lifetime.segments().getLast().file(), one.end.offset());
            JournalFiles.close(folder, one.lifetime.gatewayId(), one.lifetime.startId(), one.end);
        }
    }

    /** Truncates to this offset where only zeros follow; a torn batch is left as it is. */
    private static void trim(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            ByteBuffer read = ByteBuffer.allocate(1 << 20);
            long at = offset;
            while (channel.read(read.clear(), at) > 0) {
                read.flip();
                at += read.limit();
                if (!read.equals(zeros.clear().limit(read.limit()))) {
                    return;
                }
            }
            channel.truncate(offset);
            channel.force(true);
        }
    }
}
