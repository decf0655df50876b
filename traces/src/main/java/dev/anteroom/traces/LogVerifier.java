package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the records of a data directory against what was signed of them. Confined to one call; blocks on files.
 *
 * <p>Every log is read once, with the memory of one record and of a compact tree. Where a tree is not what was signed, the log is read a second time beside the
 * file of its hashes, if that one is, to name the records. A gateway may write meanwhile: what it signed before is checked.
 */
public final class LogVerifier {
    private final Path folder;
    private final LogTrust trust;
    private final @Nullable Unsealer unsealer;
    private final LongConsumer progress;
    private final Unsealer withoutKeys = new Unsealer(KeyRing.NONE);
    private final ReportBuilder report = new ReportBuilder();
    private final Hashes hashes = new Hashes();
    private long read;

    private LogVerifier(Path folder, LogTrust trust, @Nullable Unsealer unsealer, LongConsumer progress) {
        this.folder = folder;
        this.trust = trust;
        this.unsealer = unsealer;
        this.progress = progress;
    }

    /**
     * Checks all logs of a data directory.
     *
     * @param keys with them every record is opened as well, and compared with what its log commits to
     * @param progress hears how many records were read, now and then
     */
    public static LogReport verify(Path dataDirectory, LogTrust trust, Optional<KeyRing> keys, LongConsumer progress)
            throws JournalException {
        return verifyFolder(dataDirectory.resolve(JournalFiles.FOLDER), trust, keys, progress);
    }

    /** The same of the access journal. */
    public static LogReport verifyAccess(
            Path dataDirectory, LogTrust trust, Optional<KeyRing> keys, LongConsumer progress) throws JournalException {
        return verifyFolder(dataDirectory.resolve(AccessLog.FOLDER), trust, keys, progress);
    }

    private static LogReport verifyFolder(Path folder, LogTrust trust, Optional<KeyRing> keys, LongConsumer progress)
            throws JournalException {
        try {
            return new LogVerifier(folder, trust, keys.map(Unsealer::new).orElse(null), progress).verify();
        } catch (NoSuchFileException e) {
            throw new JournalException(JournalException.Kind.FAILED, "gone while reading: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** A log and what its first record says of the one before. */
    private record Chained(
            JournalFiles.Lifetime lifetime,
            SaidOfLog said,
            @Nullable Checkpoint link) {}

    private LogReport verify() throws IOException, JournalException {
        List<Chained> chain = new ArrayList<>();
        for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
            SaidOfLog said = said(lifetime);
            chain.add(new Chained(lifetime, said, link(lifetime)));
        }
        Links links = new Links(report, trust);
        for (Chained one : chain) {
            links.add(one.lifetime.startId(), one.said, one.link);
        }
        links.end();
        for (Chained one : chain) {
            verify(one);
        }
        return report.build();
    }

    private SaidOfLog said(JournalFiles.Lifetime lifetime) throws IOException {
        CheckpointFiles files = CheckpointFiles.of(folder, lifetime);
        SaidOfLog said = new SaidOfLog(lifetime.gatewayId(), lifetime.startId(), trust, report);
        take(said, files.latest());
        take(said, files.cosigned());
        try {
            for (SignedNote earlier : files.earlier()) {
                said.add(
                        earlier,
                        SaidOfLog.By.LOG,
                        String.valueOf(files.history().getFileName()));
            }
        } catch (NoteException e) {
            forged(lifetime, files.history(), e);
        }
        return said;
    }

    private void take(SaidOfLog said, Path file) throws IOException {
        try {
            Optional<SignedNote> note = CheckpointFiles.read(file);
            if (note.isPresent()) {
                said.add(note.get(), SaidOfLog.By.LOG, String.valueOf(file.getFileName()));
            }
        } catch (NoteException e) {
            said.forged(file.getFileName() + ": " + e.getMessage());
        }
    }

    private void forged(JournalFiles.Lifetime lifetime, Path file, NoteException e) {
        report.problem(LogReport.Kind.FORGED, lifetime.startId(), "", 0, file.getFileName() + ": " + e.getMessage());
    }

    /** What the first record of the log says of the log before, or null where it says nothing that can be read. */
    private @Nullable Checkpoint link(JournalFiles.Lifetime lifetime) throws IOException {
        byte[][] link = new byte[1][];
        new SegmentScanner(damage -> {}).scan(lifetime, 0, 1, false, (place, bytes, at) -> {
            if (place.kind() == Frame.LINK) {
                link[0] = Frame.link(bytes, at);
            }
            return false;
        });
        return link[0] == null ? null : Links.parse(link[0]);
    }

    private void verify(Chained one) throws IOException {
        JournalFiles.Lifetime lifetime = one.lifetime;
        String log = lifetime.startId();
        HeadCheck<SaidOfLog.By> check = new HeadCheck<>(hashes, one.said.said());
        byte[] data = new byte[Leaf.BYTES];
        byte[] leafHash = new byte[Hashes.BYTES];
        long[] last = new long[1];
        boolean[] damaged = new boolean[1];
        SegmentScanner scanner = new SegmentScanner(damage -> {
            damaged[0] = true;
            report.problem(damage.kind(), log, damage.segment(), damage.sequence(), damage.what());
        });
        scanner.scan(lifetime, 0, lifetime.segments().size(), true, (place, bytes, at) -> {
            Leaf.copy(bytes, at, data, 0);
            hashes.leaf(data, 0, Leaf.BYTES, leafHash, 0);
            check.add(leafHash, CompactRange.Listener.NONE);
            last[0] = place.sequence();
            open(place, bytes, at);
            if ((++read & 0xfff) == 0) {
                progress.accept(read);
            }
            return true;
        });
        TreeHead head = check.head();
        if (!check.wrong().isEmpty() || (damaged[0] && !check.ahead().isEmpty())) {
            locate(lifetime, check);
        }
        LogEnd.judge(lifetime.startId(), check, one.said, lifetime.closed() != null, last[0], report);
        if (head.size() > 0) {
            String predecessor = one.link == null ? "" : Links.log(one.link);
            report.log(one.said.log(predecessor, head, check.agreedSize()));
        }
    }

    private void open(SegmentScanner.Place place, byte[] bytes, int at) {
        Unsealer with = place.kind() == Frame.LINK ? withoutKeys : unsealer;
        if (with == null) {
            return;
        }
        for (Frame.Section section : Frame.Section.values()) {
            if (place.kind() == Frame.ORIGINAL && !with.mayOpen(section.role(place.kind()))) {
                continue; // whose keys are not here has another role; its place is proved all the same
            }
            try {
                with.section(section, place, bytes, at);
            } catch (JournalException e) {
                LogReport.Kind kind =
                        e.kind() == JournalException.Kind.KEY ? LogReport.Kind.UNREADABLE : LogReport.Kind.ALTERED;
                report.problem(
                        kind,
                        place.startId(),
                        place.segment().name(),
                        place.sequence(),
                        String.valueOf(e.getMessage()));
            }
        }
    }

    /** Names the records that are not as they were signed, where the file of the log's hashes is as it was. */
    private void locate(JournalFiles.Lifetime lifetime, HeadCheck<SaidOfLog.By> check) throws IOException {
        CheckpointFiles files = CheckpointFiles.of(folder, lifetime);
        List<HeadCheck.Said<SaidOfLog.By>> said = new ArrayList<>(check.wrong());
        said.addAll(check.ahead());
        if (!Files.exists(files.tree())) {
            return;
        }
        try (TreeFile file = TreeFile.open(files.tree())) {
            MerkleTree tree = new MerkleTree(hashes, file);
            for (HeadCheck.Said<SaidOfLog.By> one : said.reversed()) {
                if (Hashes.equal(root(tree, one.head().size()), one.head().root())) {
                    Differences differences =
                            new Differences(lifetime.startId(), file, one.head().size(), report);
                    new SegmentScanner(damage -> {})
                            .scan(lifetime, 0, lifetime.segments().size(), true, differences);
                    differences.end();
                    return;
                }
            }
        }
    }

    private static byte[] root(MerkleTree tree, long size) {
        try {
            return tree.root(size);
        } catch (IOException e) {
            return new byte[0]; // shorter than it should be: no help
        }
    }
}
