package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported when files do not hold what was written: a torn tail is no damage, anything else is, by name. */
final class JournalDamageTest {
    @TempDir
    private Path temp;

    private Path data = Path.of("");
    private Path crashed = Path.of("");
    private final List<Intent> intents = new ArrayList<>();
    private final List<SegmentScanner.Place> places = new ArrayList<>();

    /** Records 1 to 4, which are sequences 2 to 5, in a force each, 5 to 8 in one; {@code data} is closed, {@code crashed} ends without a close. */
    @BeforeEach
    void write() throws Exception {
        data = temp.resolve("data");
        crashed = temp.resolve("crashed");
        AtomicBoolean shut = new AtomicBoolean();
        Semaphore gate = new Semaphore(0);
        Disk disk = new Disk() {
            @Override
            public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
                REAL.write(channel, bytes, position);
            }

            @Override
            public void force(FileChannel channel) throws IOException {
                if (shut.get()) {
                    gate.acquireUninterruptibly();
                }
                REAL.force(channel);
            }
        };
        try (Journal journal = Journal.open(Fixtures.options(data).withSegmentBytes(16 << 10), disk)) {
            for (int i = 0; i < 3; i++) {
                Fixtures.get(journal.append(intent()));
            }
            shut.set(true);
            List<CompletableFuture<DurableIntent>> held = new ArrayList<>();
            held.add(journal.append(intent()));
            Fixtures.await(gate::hasQueuedThreads);
            for (int i = 0; i < 4; i++) {
                held.add(journal.append(intent()));
            }
            shut.set(false);
            gate.release();
            for (CompletableFuture<DurableIntent> future : held) {
                Fixtures.get(future);
            }
            Fixtures.copy(data, crashed);
        }
        SegmentScanner scanner = new SegmentScanner(damage -> {
            throw new AssertionError(damage);
        });
        scanner.scan(JournalFiles.lifetimes(crashed.resolve("journal")).getFirst(), 0, 1, true, (place, bytes, at) -> {
            if (place.kind() != Frame.LINK) {
                places.add(place);
            }
            return true;
        });
        assertEquals(8, places.size());
    }

    private Intent intent() {
        Intent intent = Fixtures.intent("record " + intents.size());
        intents.add(intent);
        return intent;
    }

    private static Path segment(Path directory) {
        return Fixtures.files(directory, ".log").getFirst();
    }

    private static void put(Path file, long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Disk.writeFully(channel, ByteBuffer.wrap(bytes), offset);
        }
    }

    private static void cut(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(offset);
        }
    }

    @Test
    void read_tailTornAtEveryByteOfTheLastFrame_findsAllBeforeAndNoDamage() throws Exception {
        SegmentScanner.Place last = places.getLast();
        byte[] whole = Files.readAllBytes(segment(crashed));
        TraceReader reader = TraceReader.open(crashed, Fixtures.keys(crashed));
        for (int kept = last.length() - 1; kept >= 0; kept--) {
            int at = (int) last.offset() + kept;
            put(segment(crashed), at, new byte[] {(byte) (whole[at] == 0 ? 1 : 0)}); // the rest is still as it was
            assertTail(reader, kept);
            put(segment(crashed), at, new byte[1]); // from here on zeros
            assertTail(reader, kept);
        }
        for (int kept = last.length() - 1; kept >= 0; kept--) {
            Files.write(segment(crashed), Arrays.copyOf(whole, (int) last.offset() + kept)); // a shorter file
            assertTail(reader, kept);
        }
    }

    private void assertTail(TraceReader reader, int kept) throws JournalException {
        TraceReader.Check check = reader.check();
        assertEquals(List.of(), check.problems(), () -> "torn at " + kept);
        // A zero byte may be as it was: then the frame is whole.
        assertTrue(check.records() == 7 || check.records() == 8, () -> "torn at " + kept + ": " + check);
    }

    @Test
    void open_tailTornAtManyBytesOfTheLastFrame_interruptsAllBefore() throws Exception {
        SegmentScanner.Place last = places.getLast();
        for (int kept = 0; kept < last.length(); kept += 61) {
            Path copy = Fixtures.copy(crashed, temp.resolve("torn-" + kept));
            byte[] junk = new byte[last.length() - kept];
            Fixtures.RANDOM.nextBytes(junk);
            put(segment(copy), last.offset() + kept, junk);
            try (Journal journal = Journal.open(Fixtures.options(copy))) {
                assertEquals(7, journal.state().interrupted());
            }
            TraceReader reader = TraceReader.open(copy, Fixtures.keys(copy));
            assertEquals(List.of(), reader.check().problems());
            assertTrue(reader.find(intents.getLast().traceId()).isEmpty());
            assertTrue(Fixtures.all(copy).stream().allMatch(s -> s.kind().equals("interrupted")));
        }
    }

    @Test
    void read_everyByteOfAFrameFlipped_reportsSegmentAndSequence() throws Exception {
        SegmentScanner.Place place = places.get(2);
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        byte[] whole = Files.readAllBytes(segment(data));
        assertEquals(List.of(), reader.check().problems());
        for (int i = 0; i < place.length(); i++) {
            int at = (int) place.offset() + i;
            put(segment(data), at, new byte[] {(byte) (whole[at] ^ 0x40)});
            TraceReader.Check check = reader.check();
            put(segment(data), at, new byte[] {whole[at]});
            String problem = check.problems().getFirst();
            assertTrue(problem.contains(place.segment().name()) && problem.contains("sequence 4"), problem);
            assertEquals(15, check.records(), "all the others");
        }
    }

    @Test
    void read_frameForgedWithARightCrc_failsAuthentication() throws Exception {
        SegmentScanner.Place place = places.get(2);
        byte[] whole = Files.readAllBytes(segment(data));
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        for (int i = Frame.COMMITTED_AT; i < place.length(); i += i < Frame.HEADER_BYTES ? 1 : 37) {
            if (i == Frame.LENGTHS_AT) {
                i = Frame.COMMITMENTS_AT; // other lengths make it no frame at all
            }
            byte[] frame = Arrays.copyOfRange(whole, (int) place.offset(), (int) place.offset() + place.length());
            frame[i] ^= 1;
            seal(frame);
            put(segment(data), place.offset(), frame);
            List<String> problems = reader.check().problems();
            assertEquals(1, problems.size());
            boolean keyId = isKeyId(Frame.Section.DECISION, i) || isKeyId(Frame.Section.BODY, i);
            assertTrue(
                    problems.getFirst().contains(keyId ? "not in the key ring" : "authentication failed"),
                    problems.getFirst());
            assertTrue(problems.getFirst().contains("sequence 4"));
        }
    }

    @Test
    void read_framesOrWrappedKeysSwapped_failsAuthentication() throws Exception {
        byte[] whole = Files.readAllBytes(segment(data));
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        SegmentScanner.Place a = places.get(1);
        SegmentScanner.Place b = places.get(2);
        byte[] second = Arrays.copyOfRange(whole, (int) a.offset(), (int) a.offset() + a.length());
        byte[] third = Arrays.copyOfRange(whole, (int) b.offset(), (int) b.offset() + b.length());
        // what is sealed in one, and its keys, under the header of the other; then its keys alone, which the CRC does
        // not see
        for (int end : new int[] {Math.min(second.length, third.length), Frame.HEADER_BYTES}) {
            byte[] mixed = third.clone();
            System.arraycopy(second, Frame.SLOTS_AT, mixed, Frame.SLOTS_AT, end - Frame.SLOTS_AT);
            seal(mixed);
            put(segment(data), b.offset(), mixed);
            assertTrue(reader.check().problems().getFirst().contains("authentication failed"));
        }
        // the two keys of one frame in each other's place
        byte[] crossed = third.clone();
        int slotBytes = Frame.Section.BODY.keyIdAt - Frame.Section.DECISION.keyIdAt;
        System.arraycopy(third, Frame.Section.BODY.keyIdAt, crossed, Frame.Section.DECISION.keyIdAt, slotBytes);
        System.arraycopy(third, Frame.Section.DECISION.keyIdAt, crossed, Frame.Section.BODY.keyIdAt, slotBytes);
        put(segment(data), b.offset(), crossed);
        assertTrue(reader.check().problems().getFirst().contains("authentication failed"));
        // the whole frame a second time in place of the other
        if (second.length == third.length) {
            put(segment(data), b.offset(), second);
            assertTrue(reader.check().problems().getFirst().contains("sequence 4 is missing"));
        }
        // the same file under the name of another lifetime
        put(segment(data), b.offset(), third);
        assertEquals(List.of(), reader.check().problems());
        Path segment = segment(data);
        Files.copy(segment, segment.resolveSibling("gw-1-" + "0".repeat(32) + "-000001.log"));
        assertTrue(reader.check().problems().getFirst().contains("header is that of another segment"));
    }

    private static boolean isKeyId(Frame.Section section, int at) {
        return at >= section.keyIdAt && at < section.wrappedAt;
    }

    private static void seal(byte[] frame) {
        ByteBuffer.wrap(frame).putInt(Frame.CRC_AT, Frame.crc(new CRC32C(), frame, 0, frame.length));
    }

    @Test
    void read_keysDestroyed_saysSoByTypeAndNothingElseChanges() throws Exception {
        SegmentScanner.Place place = places.get(2);
        Intent intent = intents.get(2);
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        put(segment(data), place.offset() + Frame.Section.BODY.wrappedAt, new byte[Frame.WRAPPED_BYTES]);
        Intent read = assertInstanceOf(Intent.class, first(reader, intent.traceId()));
        assertInstanceOf(BodyText.Shredded.class, read.redactedRequest());
        assertEquals(intent.candidates(), read.candidates());
        assertEquals(intents.size(), Fixtures.all(data).size());

        put(segment(data), place.offset() + Frame.Section.DECISION.wrappedAt, new byte[Frame.WRAPPED_BYTES]);
        ShreddedRecord gone = assertInstanceOf(ShreddedRecord.class, first(reader, intent.traceId()));
        assertEquals("intent", gone.kind());
        assertEquals("shredded", Fixtures.all(data).get(2).kind());
        assertEquals(new TraceReader.Check(16, List.of()), reader.check());
    }

    private static TraceRecord first(TraceReader reader, String traceId) throws JournalException {
        return reader.find(traceId).orElseThrow().entries().getFirst().record();
    }

    @Test
    void open_folderOfFormat1_isRefusedAndSaysWhatToDo() throws Exception {
        put(segment(data), 8, new byte[] {0, 0, 0, 1});
        JournalException e = assertThrows(JournalException.class, () -> Journal.open(Fixtures.options(data)));
        assertEquals(JournalException.Kind.FORMAT, e.kind());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("format 1") && message.contains("move all files of"), message);
        String problem =
                TraceReader.open(data, Fixtures.keys(data)).check().problems().getFirst();
        assertTrue(problem.contains("format 1"), problem);
    }

    @Test
    void read_laterPageOfTheLastBatchWithoutAnEarlierOne_isATornTail() throws Exception {
        SegmentScanner.Place lost = places.get(5);
        put(segment(crashed), lost.offset(), new byte[lost.length()]);
        TraceReader.Check check =
                TraceReader.open(crashed, Fixtures.keys(crashed)).check();
        assertEquals(List.of(), check.problems());
        assertEquals(5, check.records());
        try (Journal journal = Journal.open(Fixtures.options(crashed))) {
            assertEquals(5, journal.state().interrupted());
        }
    }

    @Test
    void open_damageBeforeTheLastBatch_isRefusedNamingIt() throws Exception {
        SegmentScanner.Place lost = places.get(3);
        put(segment(crashed), lost.offset(), new byte[lost.length()]);
        JournalException e = assertThrows(JournalException.class, () -> Journal.open(Fixtures.options(crashed)));
        assertEquals(JournalException.Kind.CORRUPT, e.kind());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(lost.segment().name()) && message.contains("sequence 5"), message);
        TraceReader reader = TraceReader.open(crashed, Fixtures.keys(crashed));
        List<TraceSummary> read = new ArrayList<>();
        assertEquals(
                JournalException.Kind.CORRUPT,
                assertThrows(JournalException.class, () -> reader.forEach(read::add))
                        .kind());
        assertEquals(7, read.size(), "what can be read is read");
        assertEquals(1, reader.check().problems().size());
    }

    @Test
    void read_endOfAClosedLifetimeCutOff_isReported() throws Exception {
        Path segment = segment(data);
        cut(segment, Files.size(segment) - 1);
        List<String> problems =
                TraceReader.open(data, Fixtures.keys(data)).check().problems();
        assertTrue(problems.getFirst().contains("damaged at sequence 17"), problems::toString);
    }

    @Test
    void read_segmentInTheMiddleMissing_isReported() throws Exception {
        Path more = temp.resolve("more");
        try (Journal journal = Journal.open(Fixtures.options(more).withSegmentBytes(4096))) {
            for (int i = 0; i < 20; i++) {
                Fixtures.get(journal.append(Fixtures.intent("text")));
            }
        }
        Files.delete(Fixtures.files(more, ".log").get(2));
        List<String> problems =
                TraceReader.open(more, Fixtures.keys(more)).check().problems();
        assertTrue(problems.getFirst().contains("the segment after it is missing"), problems::toString);
    }

    @Test
    void read_withAnotherKey_saysWhichIsMissing() throws Exception {
        KeyRing other = KeyRing.openOrCreate(temp.resolve("other"), Fixtures.RANDOM);
        TraceReader reader = TraceReader.open(data, other);
        String id = intents.getFirst().traceId();
        JournalException e = assertThrows(JournalException.class, () -> reader.find(id));
        assertEquals(JournalException.Kind.KEY, e.kind());
        assertTrue(String.valueOf(e.getMessage()).contains("not in the key ring"));
        assertFalse(reader.check().problems().isEmpty());
        // Recovery reads clear headers only: a gateway with a new key still ends what the old one left open.
        Files.delete(crashed.resolve("keys/operator.key"));
        try (Journal journal = Journal.open(Fixtures.options(crashed))) {
            assertEquals(8, journal.state().interrupted());
        }
    }
}
