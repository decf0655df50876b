package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be done to records after the fact, and that it is named: in place, and in an export. */
final class LogVerifierTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private static final int CALLS = 12;

    @TempDir
    private Path temp;

    private Path data = Path.of("");
    private final List<SegmentScanner.Place> places = new ArrayList<>();

    /** Three lifetimes of a link, twelve intents and twelve outcomes each; {@code places} are the middle one's. */
    @BeforeEach
    void write() throws Exception {
        data = temp.resolve("data");
        for (int i = 0; i < 3; i++) {
            lifetime(data);
        }
        new SegmentScanner(damage -> {
                    throw new AssertionError(damage);
                })
                .scan(lifetimes().get(1), 0, 1, true, (place, bytes, at) -> places.add(place));
        assertEquals(1 + 2 * CALLS, places.size());
        assertGood(verify());
    }

    private static void lifetime(Path data) throws JournalException {
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            for (int i = 0; i < CALLS; i++) {
                Intent intent = Fixtures.intent("text");
                DurableIntent proof = Fixtures.get(journal.append(intent));
                Fixtures.get(journal.append(proof, Fixtures.outcome(intent.traceId(), "answer")));
            }
        }
    }

    private List<JournalFiles.Lifetime> lifetimes() throws IOException, JournalException {
        return JournalFiles.lifetimes(data.resolve("journal"));
    }

    private CheckpointFiles files(int lifetime) throws IOException, JournalException {
        return CheckpointFiles.of(data.resolve("journal"), lifetimes().get(lifetime));
    }

    private LogTrust trust(Path... checkpoints) throws IOException {
        return trust(data.resolve("keys/log.pub"), List.of(), checkpoints);
    }

    private static LogTrust trust(Path publicKey, List<byte[]> witnesses, Path... checkpoints) throws IOException {
        List<byte[]> held = new ArrayList<>();
        for (Path checkpoint : checkpoints) {
            held.add(Files.readAllBytes(checkpoint));
        }
        return LogTrust.of(List.of(Files.readAllBytes(publicKey)), witnesses, held);
    }

    private LogReport verify(Path... checkpoints) throws Exception {
        return LogVerifier.verify(data, trust(checkpoints), Optional.of(Fixtures.keys(data)), count -> {});
    }

    /** Without any key of the gateway's. */
    private LogReport verifyPublicly() throws Exception {
        return LogVerifier.verify(data, trust(), Optional.empty(), count -> {});
    }

    private static void assertGood(LogReport report) {
        assertEquals(List.of(), report.problems());
        assertTrue(report.isGood());
    }

    private void assertProblem(LogReport report, LogReport.Kind kind, long sequence) throws Exception {
        String log = lifetimes().get(1).startId();
        assertTrue(
                report.problems().stream()
                        .anyMatch(p -> p.kind() == kind && p.log().equals(log) && p.sequence() == sequence),
                () -> kind + " at " + sequence + " in " + report.problems());
        assertTrue(
                report.problems().stream().allMatch(p -> p.log().equals(log)),
                () -> "other logs are as they were: " + report.problems());
    }

    private byte[] frame(int number) throws IOException {
        SegmentScanner.Place place = places.get(number);
        byte[] whole = Files.readAllBytes(place.segment().file());
        return Arrays.copyOfRange(whole, (int) place.offset(), (int) place.offset() + place.length());
    }

    private void put(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(places.getFirst().segment().file(), StandardOpenOption.WRITE)) {
            Disk.writeFully(channel, ByteBuffer.wrap(bytes), offset);
        }
    }

    private static byte[] withCrc(byte[] frame) {
        ByteBuffer.wrap(frame).putInt(Frame.CRC_AT, Frame.crc(new CRC32C(), frame, 0, frame.length));
        return frame;
    }

    @Test
    void verify_recordsAsTheyWere_isGoodAndSaysWhatThereIs() throws Exception {
        LogReport report = verifyPublicly();
        assertGood(report);
        assertEquals(3, report.logs().size());
        assertEquals(3 * (1 + 2 * CALLS), report.records());
        LogReport.Log last = report.logs().getLast();
        assertEquals(report.logs().get(1).log(), last.predecessor());
        assertEquals("", report.logs().getFirst().predecessor());
        assertEquals(last.records(), last.signed());
        assertEquals(
                Optional.of(new LogReport.Unwitnessed(report.logs().getFirst().log(), 1)), report.unwitnessedSince());
    }

    @Test
    void verify_byteFlipped_namesTheRecord() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            SegmentScanner.Place place = places.get(1 + random.nextInt(places.size() - 1));
            int at = random.nextInt(place.length());
            byte[] frame = frame(places.indexOf(place));
            byte was = frame[at];
            boolean slots = at >= Frame.SLOTS_AT && at < Frame.HEADER_BYTES;
            frame[at] ^= (byte) (1 << random.nextInt(8));
            put(place.offset(), frame);
            LogReport report = verify();
            assertFalse(report.isGood(), () -> "anteroom.seed=" + SEED + " byte " + at);
            assertTrue(
                    report.problems().stream().anyMatch(p -> p.sequence() == place.sequence()),
                    () -> "anteroom.seed=" + SEED + " byte " + at + ": " + report.problems());
            if (!slots) {
                assertFalse(verifyPublicly().isGood(), () -> "anteroom.seed=" + SEED + " byte " + at);
            }
            frame[at] = was;
            put(place.offset(), frame);
        }
        assertGood(verify());
    }

    @Test
    void verify_fieldForgedWithARightCrc_namesTheRecordWithoutAnyKey() throws Exception {
        byte[] frame = frame(7);
        frame[Frame.MILLIS_AT + 7] ^= 1;
        put(places.get(7).offset(), withCrc(frame));
        assertProblem(verifyPublicly(), LogReport.Kind.ALTERED, places.get(7).sequence());
    }

    @Test
    void verify_twoRecordsInEachOthersPlace_namesThem() throws Exception {
        // Two intents of equal length, sequences and all: CRCs hold.
        byte[] a = frame(3);
        byte[] b = frame(5);
        assertEquals(a.length, b.length);
        put(places.get(3).offset(), b);
        put(places.get(5).offset(), a);
        LogReport report = verifyPublicly();
        assertProblem(report, LogReport.Kind.REORDERED, places.get(3).sequence());
    }

    @Test
    void verify_recordTakenOutAndTheRestMovedUp_namesWhatIsMissing() throws Exception {
        Path segment = places.getFirst().segment().file();
        byte[] whole = Files.readAllBytes(segment);
        SegmentScanner.Place gone = places.get(6);
        byte[] rest = Arrays.copyOfRange(whole, (int) gone.offset() + gone.length(), whole.length);
        put(gone.offset(), rest);
        long length = (long) whole.length - gone.length();
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        // and the marker of the end as whoever does this would write it
        JournalFiles.Lifetime lifetime = lifetimes().get(1);
        JournalFiles.close(
                data.resolve("journal"),
                lifetime.gatewayId(),
                lifetime.startId(),
                new JournalFiles.End(1, length, places.getLast().sequence()));
        LogReport report = verifyPublicly();
        assertProblem(report, LogReport.Kind.REMOVED, gone.sequence());
    }

    @Test
    void verify_endCutOffWithItsMarker_saysTruncated() throws Exception {
        SegmentScanner.Place last = places.getLast();
        try (FileChannel channel = FileChannel.open(last.segment().file(), StandardOpenOption.WRITE)) {
            channel.truncate(last.offset());
        }
        JournalFiles.Lifetime lifetime = lifetimes().get(1);
        JournalFiles.close(
                data.resolve("journal"),
                lifetime.gatewayId(),
                lifetime.startId(),
                new JournalFiles.End(1, last.offset(), last.sequence() - 1));
        assertProblem(verifyPublicly(), LogReport.Kind.TRUNCATED, 0);
        Files.delete(data.resolve("journal").resolve(lifetime.gatewayId() + "-" + lifetime.startId() + ".closed"));
        assertProblem(verifyPublicly(), LogReport.Kind.TRUNCATED, 0);
        JournalException refused = assertThrows(JournalException.class, () -> Journal.open(Fixtures.options(data)));
        assertTrue(String.valueOf(refused.getMessage()).contains("records"), refused::getMessage);
    }

    @Test
    void verify_checkpointForgedOrOfAnotherKeyOrOlder_isNamed() throws Exception {
        CheckpointFiles files = files(1);
        SignedNote note = CheckpointFiles.read(files.latest()).orElseThrow();
        Files.writeString(files.latest(), note.encode().replace("\n25\n", "\n24\n"));
        assertProblem(verifyPublicly(), LogReport.Kind.FORGED, 0);

        NoteSigner other = NoteSigner.create(temp.resolve("other.key"), "other", NoteKey.Use.NOTE, Fixtures.RANDOM);
        CheckpointFiles.replace(files.latest(), Checkpoint.parse(note.text()).sign(other));
        assertProblem(verifyPublicly(), LogReport.Kind.UNKNOWN_KEY, 0);

        // an older state of the file, and no other checkpoint
        NoteSigner own = NoteSigner.read(data.resolve("keys/log.key"));
        CompactRange range = new CompactRange(new Hashes());
        range.add(new Hashes().leaf(Leaf.of(frame(0), 0).data()));
        CheckpointFiles.replace(files.latest(), new Checkpoint(files.origin(), range.head()).sign(own));
        Files.delete(files.history());
        assertProblem(verifyPublicly(), LogReport.Kind.ROLLED_BACK, 0);

        Files.delete(files.latest());
        assertProblem(verifyPublicly(), LogReport.Kind.REMOVED, 0);
    }

    @Test
    void verify_allWithASwappedKey_isNotWhatTheKeptKeySays() throws Exception {
        Path kept = Files.copy(data.resolve("keys/log.pub"), temp.resolve("kept.pub"));
        for (int i = 0; i < 3; i++) {
            NoteSigner.create(temp.resolve("evil" + i), "anteroom/gw-1", NoteKey.Use.NOTE, Fixtures.RANDOM);
        }
        Files.move(temp.resolve("evil0"), data.resolve("keys/log.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                data.resolve("keys/log.pub"),
                NoteSigner.read(data.resolve("keys/log.key")).key() + "\n");
        for (int i = 0; i < 3; i++) {
            CheckpointFiles files = files(i);
            Checkpoint checkpoint = Checkpoint.parse(
                    CheckpointFiles.read(files.latest()).orElseThrow().text());
            CheckpointFiles.replace(files.latest(), checkpoint.sign(NoteSigner.read(data.resolve("keys/log.key"))));
            Files.delete(files.history());
        }
        assertGood(verifyPublicly()); // whoever believes the folder believes its key
        LogReport report = LogVerifier.verify(data, trust(kept, List.of()), Optional.empty(), count -> {});
        assertEquals(
                3,
                report.problems().stream()
                        .filter(p -> p.kind() == LogReport.Kind.UNKNOWN_KEY)
                        .count());
    }

    @Test
    void verify_olderCopyOfAllFiles_isRolledBackForWhoHoldsACheckpoint() throws Exception {
        Path older = Fixtures.copy(data, temp.resolve("older"));
        lifetime(data);
        Path held = Files.copy(files(3).latest(), temp.resolve("held"));
        assertGood(verify(held));
        Path publicKey = data.resolve("keys/log.pub");
        LogReport report = LogVerifier.verify(older, trust(publicKey, List.of(), held), Optional.empty(), count -> {});
        assertEquals(LogReport.Kind.ROLLED_BACK, report.problems().getFirst().kind());
        assertGood(LogVerifier.verify(older, trust(publicKey, List.of()), Optional.empty(), count -> {}));
    }

    @Test
    void verify_logInTheMiddleMissing_isNamed() throws Exception {
        String gone = lifetimes().get(1).startId();
        for (Path file : Fixtures.files(data.resolve("journal"), "")) {
            if (String.valueOf(file.getFileName()).contains(gone)) {
                Files.delete(file);
            }
        }
        LogReport report = verifyPublicly();
        assertEquals(1, report.problemCount(), report::toString);
        assertEquals(LogReport.Kind.REMOVED, report.problems().getFirst().kind());
        assertEquals(gone, report.problems().getFirst().log());
    }

    @Test
    void verify_afterAKill_isGoodAndTheNextStartSignsForIt() throws Exception {
        Path killed = temp.resolve("killed");
        try (Journal journal = Journal.open(Fixtures.options(killed))) {
            for (int i = 0; i < CALLS; i++) {
                Fixtures.get(journal.append(Fixtures.intent("text")));
            }
            Path copy = Fixtures.copy(killed, temp.resolve("copy"));
            LogTrust trust = trust(copy.resolve("keys/log.pub"), List.of());
            assertGood(LogVerifier.verify(copy, trust, Optional.of(Fixtures.keys(copy)), count -> {}));
            Journal.open(Fixtures.options(copy)).close();
            LogReport report = LogVerifier.verify(copy, trust, Optional.of(Fixtures.keys(copy)), count -> {});
            assertGood(report);
            assertEquals(2, report.logs().size());
            assertEquals(1 + CALLS, report.logs().getFirst().signed());
        }
    }

    @Test
    void verify_recordsShredded_staysGood() throws Exception {
        SegmentScanner.Place place = places.get(3);
        put(place.offset() + Frame.Section.BODY.wrappedAt, new byte[Frame.WRAPPED_BYTES]);
        assertGood(verify());
        put(place.offset() + Frame.Section.DECISION.wrappedAt, new byte[Frame.WRAPPED_BYTES]);
        assertGood(verify());
        String exported = export(LogExport.Text.ALL);
        assertTrue(exported.contains("\"decision\":{\"shredded\":true}"));
        assertGood(read(exported));
    }

    @Test
    void checkpoints_ofARunningLog_coverWhatIsDurableWithinSeconds() throws Exception {
        try (Journal journal = Journal.open(Fixtures.options(temp.resolve("running")))) {
            assertEquals(1, journal.state().tree().signed(), "the link");
            Fixtures.get(journal.append(Fixtures.intent("text")));
            Fixtures.await(() -> journal.state().tree().signed() == 2);
            assertEquals(0, journal.state().tree().failures());
        }
    }

    private String export(LogExport.Text text) throws Exception {
        return export(text, Instant.EPOCH, Instant.MAX);
    }

    private String export(LogExport.Text text, Instant from, Instant until) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogExport.write(data, Optional.of(Fixtures.keys(data)), text, from, until, out, count -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private LogReport read(String export, Path... checkpoints) throws IOException {
        return ExportVerifier.verify(
                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), trust(checkpoints), count -> {});
    }

    private LogReport read(List<String> lines) throws IOException {
        return read(String.join("\n", lines) + "\n");
    }

    private List<String> lines() throws Exception {
        return new ArrayList<>(export(LogExport.Text.ALL).lines().toList());
    }

    @Test
    void export_whole_isGoodWithAPublicKeyAlone() throws Exception {
        for (LogExport.Text text : LogExport.Text.values()) {
            String exported = export(text);
            LogReport report = read(exported);
            assertGood(report);
            assertEquals(3 * (1 + 2 * CALLS), report.records());
            assertEquals(text == LogExport.Text.ALL, exported.contains("redacted_request"));
            assertEquals(text != LogExport.Text.NONE, exported.contains("st-mary"));
        }
        Files.delete(files(1).tree());
        assertGood(read(export(LogExport.Text.NONE)));
    }

    @Test
    void export_partOfTheTime_isProvedAgainstTheWholeLog() throws Exception {
        Instant from = Instant.ofEpochMilli(Leaf.of(frame(4), 0).millis());
        String exported = export(LogExport.Text.ALL, from, from.plusMillis(1));
        LogReport report = read(exported);
        assertGood(report);
        assertTrue(report.records() >= 1 && report.records() < 3 * (1 + 2 * CALLS));
    }

    @Test
    void verify_exportAltered_namesWhatAndWhere() throws Exception {
        List<String> lines = lines();
        int record = 1 + 25 + 1 + 7; // the eighth of the second log
        assertTrue(lines.get(record).contains("\"index\":7,"), lines.get(record));

        List<String> altered = new ArrayList<>(lines);
        altered.set(record, altered.get(record).replace("answer", "ANSWER").replace("\\\"text\\\"", "\\\"TEXT\\\""));
        assertProblem(read(altered), LogReport.Kind.ALTERED, 8);

        altered = new ArrayList<>(lines);
        altered.set(record, altered.get(record).replaceFirst("\"millis\":1", "\"millis\":2"));
        assertProblem(read(altered), LogReport.Kind.ALTERED, 8);

        altered = new ArrayList<>(lines);
        altered.remove(record);
        assertTrue(read(altered).problems().getFirst().toString().contains("record number 8 is missing"));

        altered = new ArrayList<>(lines);
        Collections.swap(altered, record, record + 1);
        assertProblem(read(altered), LogReport.Kind.REORDERED, 8);

        altered = new ArrayList<>(lines.subList(0, record));
        LogReport report = read(altered);
        assertTrue(report.problems().stream().anyMatch(p -> p.kind() == LogReport.Kind.TRUNCATED), report::toString);

        altered = new ArrayList<>(lines);
        altered.subList(26, 52).clear(); // the second log as a whole
        report = read(altered);
        assertTrue(report.problems().stream().anyMatch(p -> p.kind() == LogReport.Kind.REMOVED), report::toString);
    }

    @Test
    void verify_exportOlderThanAHeldCheckpoint_isRolledBack() throws Exception {
        String exported = export(LogExport.Text.NONE);
        lifetime(data);
        LogReport report = read(exported, files(3).latest());
        assertEquals(LogReport.Kind.ROLLED_BACK, report.problems().getFirst().kind());
        assertGood(read(export(LogExport.Text.NONE), files(3).latest(), files(0).latest()));
    }

    @Test
    void verify_exportWithAnyLineDamaged_isNeverGoodAndNeverFails() throws Exception {
        Random random = new Random(SEED);
        byte[] good = export(LogExport.Text.ALL).getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = good.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) random.nextInt(256);
            if (bytes[at] == good[at]) {
                continue;
            }
            LogReport report = ExportVerifier.verify(new ByteArrayInputStream(bytes), trust(), count -> {});
            assertFalse(report.isGood(), () -> "anteroom.seed=" + SEED + ", byte " + at);
        }
    }

    @Test
    void witness_signsWhatGoesOnAndRefusesWhatDoesNot() throws Exception {
        Path drop = Files.createDirectories(temp.resolve("drop"));
        Path key = temp.resolve("witness.key");
        Path state = temp.resolve("witness.state");
        String verifier = Cosigner.createKey(key, "witness.example/w1", Fixtures.RANDOM);
        JournalOptions options = Fixtures.options(data).withWitness(new WitnessOptions(drop, verifier));
        String log;
        try (Journal journal = Journal.open(options)) {
            log = journal.log();
            Path submission = drop.resolve("gw-1-" + log + ".submission");
            Path back = drop.resolve("gw-1-" + log + ".cosigned");
            Cosigner witness = Cosigner.open(key, trust(), state);
            Fixtures.await(() -> Files.exists(submission));
            byte[] first = Files.readAllBytes(submission);
            Files.writeString(back, witness.cosign(first, Instant.now()));
            Fixtures.await(() -> journal.state().tree().witnessed() == 1);
            assertThrows(Cosigner.Refused.class, () -> witness.cosign(first, Instant.now()), "signed already");

            for (int i = 0; i < 5; i++) {
                Fixtures.get(journal.append(Fixtures.intent("text")));
            }
            Fixtures.await(() -> submitted(submission) == 6);
            Files.writeString(back, witness.cosign(Files.readAllBytes(submission), Instant.now()));
            Fixtures.await(() -> journal.state().tree().witnessed() == 6);

            // a log that was rewritten: as many records more, another history
            CompactRange other = new CompactRange(new Hashes());
            for (int i = 0; i < 9; i++) {
                other.add(new byte[32]);
            }
            NoteSigner own = NoteSigner.read(data.resolve("keys/log.key"));
            SignedNote forged = new Checkpoint(Checkpoint.origin("gw-1", log), other.head()).sign(own);
            byte[] rewritten =
                    new Submission(6, List.of(new byte[32]), forged).encode().getBytes(StandardCharsets.UTF_8);
            Cosigner.Refused refused =
                    assertThrows(Cosigner.Refused.class, () -> witness.cosign(rewritten, Instant.now()));
            assertTrue(String.valueOf(refused.getMessage()).contains("rewritten"));
        }
        LogTrust trust = trust(data.resolve("keys/log.pub"), List.of(verifier.getBytes(StandardCharsets.UTF_8)));
        LogReport report = LogVerifier.verify(data, trust, Optional.empty(), count -> {});
        assertGood(report);
        assertEquals(6, report.logs().getLast().witnessed());
        assertEquals(Optional.of(new LogReport.Unwitnessed(log, 7)), report.unwitnessedSince());

        // set back to before what the witness saw
        Path cosigned = CheckpointFiles.of(data.resolve("journal"), lifetimes().getLast())
                .cosigned();
        Path held = Files.copy(cosigned, temp.resolve("cosigned"));
        for (Path file : Fixtures.files(data.resolve("journal"), "")) {
            if (String.valueOf(file.getFileName()).contains(log)) {
                Files.delete(file);
            }
        }
        LogReport back = LogVerifier.verify(data, trust(held), Optional.empty(), count -> {});
        assertEquals(LogReport.Kind.ROLLED_BACK, back.problems().getFirst().kind());
    }

    private static long submitted(Path submission) {
        try {
            return Checkpoint.parse(Submission.parse(Files.readAllBytes(submission))
                            .note()
                            .text())
                    .size();
        } catch (IOException | NoteException e) {
            throw new AssertionError(e);
        }
    }
}
