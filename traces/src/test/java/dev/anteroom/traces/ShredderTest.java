package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShredderTest {
    private static final Set<RecordPart> ORIGINALS = EnumSet.of(RecordPart.ORIGINALS);
    private static final Set<RecordPart> ALL = EnumSet.allOf(RecordPart.class);
    private static final RetentionPolicy POLICY =
            new RetentionPolicy(Duration.ofDays(90), Duration.ofDays(365), Duration.ofDays(30));

    @TempDir
    private Path data;

    private Random random;
    private Calls calls;

    @BeforeEach
    void seed() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("ShredderTest: -Danteroom.seed=" + seed);
        random = new Random(seed);
        calls = new Calls(data, random);
    }

    private static void assertSame(Map<RecordId, byte[]> before, Map<RecordId, byte[]> after) {
        assertEquals(before.keySet(), after.keySet());
        before.forEach((id, leaf) -> assertArrayEquals(leaf, after.get(id), id.toString()));
    }

    private void assertWhole(Calls.Call call) throws JournalException {
        assertEquals(List.of(call.original(), call.intent(), call.outcome()), calls.records(call.id()));
    }

    @Test
    void shred_originalOfACall_leavesLeavesAndAllElse() throws Exception {
        List<Calls.Call> written = calls.lifetime(60);
        Map<RecordId, byte[]> before = calls.leaves();
        calls.pass(Duration.ofDays(2));
        Calls.Call gone = written.get(17);

        Shredder.Report report =
                calls.shredder().shred(Selection.of(gone.id()), ORIGINALS, "jane", "the patient asked for it");

        assertEquals(Map.of(RecordPart.ORIGINALS, 1L), report.parts());
        assertSame(before, calls.leaves());
        List<TraceRecord> left = calls.records(gone.id());
        Original original = assertInstanceOf(Original.class, left.getFirst());
        BodyText.Shredded shredded = assertInstanceOf(BodyText.Shredded.class, original.request());
        assertEquals(new Shredding(calls.clock.instant(), ""), shredded.when());
        assertEquals("shredded on 2026-03-03 (on demand)", shredded.when().toString());
        Original named = (Original) TraceReader.open(data, calls.keys())
                .withOriginals()
                .namingShredders(calls.access())
                .find(gone.id())
                .orElseThrow()
                .entries()
                .getFirst()
                .record();
        assertEquals(
                "Shredded[when=shredded on 2026-03-03 (by jane)]",
                named.request().toString());
        assertEquals(List.of(gone.intent(), gone.outcome()), left.subList(1, 3));
        for (Calls.Call call : written) {
            if (!call.id().equals(gone.id())) {
                assertWhole(call);
            }
        }
        Access entry = calls.entries().getLast();
        assertEquals("jane", entry.actor());
        assertEquals("the patient asked for it", entry.reason());
        assertEquals(new Act.Shredded(Selection.of(gone.id()), List.of(RecordPart.ORIGINALS), 1), entry.act());
        assertEquals(
                0, calls.shredder().plan(Selection.of(gone.id()), ORIGINALS).total());
    }

    @Test
    void shred_everythingOfACall_leavesWhatItWas() throws Exception {
        List<Calls.Call> written = calls.lifetime(3);
        Map<RecordId, byte[]> before = calls.leaves();
        Calls.Call gone = written.get(1);
        calls.shredder().shred(Selection.of(gone.id()), ALL, "jane", "by order of a court");
        assertSame(before, calls.leaves());
        List<String> kinds = new ArrayList<>();
        for (TraceRecord record : calls.records(gone.id())) {
            kinds.add(assertInstanceOf(ShreddedRecord.class, record).kind());
        }
        assertEquals(List.of("original", "intent", "outcome"), kinds);
        List<TraceSummary> list = Fixtures.all(data);
        assertEquals(3, list.size());
        assertEquals("shredded", list.get(1).kind());
        assertEquals("completed", list.get(2).kind());
    }

    @Test
    void shred_dryRun_changesNothing() throws Exception {
        Calls.Call call = calls.lifetime(1).getFirst();
        Shredder.Report report = calls.shredder().plan(Selection.of(call.id()), ALL);
        assertEquals(Map.of(RecordPart.BODIES, 2L, RecordPart.DECISIONS, 3L, RecordPart.ORIGINALS, 1L), report.parts());
        assertWhole(call);
        assertEquals(List.of(), calls.entries());
    }

    @Test
    void shred_accessJournalCannotBeWritten_shredsNothing() throws Exception {
        Calls.Call call = calls.lifetime(1).getFirst();
        Files.writeString(data.resolve("access"), "in the way");
        Shredder shredder = calls.shredder();
        assertThrows(JournalException.class, () -> shredder.shred(Selection.of(call.id()), ALL, "jane", "no reason"));
        assertWhole(call);
    }

    @Test
    void shred_slotHalfWrittenByACrash_isFinishedByTheSameCall() throws Exception {
        Calls.Call call = calls.lifetime(1).getFirst();
        long[] slot = new long[1];
        JournalFiles.Lifetime lifetime =
                JournalFiles.lifetimes(data.resolve("journal")).getFirst();
        new SegmentScanner(_ -> {}).scan(lifetime, 0, 1, true, (place, bytes, at) -> {
            slot[0] = place.offset() + Frame.Section.BODY.wrappedAt;
            return place.kind() != Frame.ORIGINAL;
        });
        try (FileChannel file = FileChannel.open(lifetime.segments().getFirst().file(), StandardOpenOption.WRITE)) {
            Disk.writeFully(file, ByteBuffer.allocate(20), slot[0]);
        }
        JournalException damaged = assertThrows(JournalException.class, () -> calls.records(call.id()));
        assertEquals(JournalException.Kind.CORRUPT, damaged.kind());
        calls.shredder().shred(Selection.of(call.id()), ORIGINALS, "jane", "once more, please");
        Original original =
                assertInstanceOf(Original.class, calls.records(call.id()).getFirst());
        assertInstanceOf(BodyText.Shredded.class, original.request());
    }

    @Test
    void shred_ofATenant_takesItsCallsInTheTimeAlone() throws Exception {
        List<Calls.Call> written = calls.lifetime(40, "a", "b");
        Instant from = written.get(10).original().time();
        Instant until = written.get(30).original().time();
        calls.shredder().shred(new Selection(List.of(), "a", from, until), ALL, "jane", "tenant a left us");
        for (int i = 0; i < written.size(); i++) {
            Calls.Call call = written.get(i);
            if (i >= 10 && i < 30 && call.tenant().equals("a")) {
                assertInstanceOf(ShreddedRecord.class, calls.records(call.id()).get(1));
            } else {
                assertWhole(call);
            }
        }
    }

    @Test
    void shred_againstRandomHolds_takesWhatIsUnderNone() throws Exception {
        List<Calls.Call> written = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            written.addAll(calls.lifetime(5 + random.nextInt(15), "a", "b", "c"));
        }
        List<Hold> holds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Instant one = written.get(random.nextInt(written.size())).original().time();
            Instant other =
                    written.get(random.nextInt(written.size())).original().time();
            Selection held = switch (random.nextInt(3)) {
                case 0 ->
                    Selection.of(written.get(random.nextInt(written.size())).id());
                case 1 -> new Selection(List.of(), "b", Instant.EPOCH, other);
                default ->
                    one.isBefore(other)
                            ? new Selection(List.of(), "", one, other)
                            : new Selection(List.of(), "c", other, one);
            };
            holds.add(calls.holds().add("hold-" + i, held, "law", "a case is pending"));
        }
        Shredder.Report report = calls.shredder()
                .shred(
                        new Selection(
                                List.of(),
                                "",
                                Instant.EPOCH,
                                calls.clock.instant().plusSeconds(1)),
                        ALL,
                        "jane",
                        "all of it, please");
        int left = 0;
        for (Calls.Call call : written) {
            boolean held = holds.stream()
                    .map(Hold::selection)
                    .anyMatch(s -> (s.traceIds().isEmpty() || s.traceIds().contains(call.id()))
                            && (s.tenant().isEmpty() || s.tenant().equals(call.tenant()))
                            && !call.original().time().isBefore(s.from())
                            && call.original().time().isBefore(s.until()));
            if (held) {
                assertWhole(call);
                left++;
            } else {
                assertInstanceOf(ShreddedRecord.class, calls.records(call.id()).getFirst());
            }
        }
        assertEquals(
                6L * left, report.held().values().stream().mapToLong(n -> n).sum());
        for (Hold hold : holds) {
            calls.holds().release(hold.name(), "law", "the case is closed");
        }
        assertEquals(
                6L * left,
                calls.shredder()
                        .plan(new Selection(List.of(), "", Calls.START, Instant.MAX), ALL)
                        .total());
    }

    @Test
    void shred_tenantThatNobodyKnowsAnyMore_isUnderEveryHoldOfATenant() throws Exception {
        Calls.Call call = calls.lifetime(1, "a").getFirst();
        calls.shredder()
                .shred(Selection.of(call.id()), EnumSet.of(RecordPart.DECISIONS), "jane", "decisions alone, first");
        calls.holds().add("b", new Selection(List.of(), "b", Instant.EPOCH, Instant.MAX), "law", "a case is pending");
        Shredder.Report report =
                calls.shredder().shred(Selection.of(call.id()), ORIGINALS, "jane", "and now the original");
        assertEquals(Map.of("b", 1L), report.held());
        assertEquals(0, report.total());
    }

    @Test
    void hold_damagedFile_stopsAllShredding() throws Exception {
        Calls.Call call = calls.lifetime(1).getFirst();
        calls.holds().add("h", Selection.of(call.id()), "law", "a case is pending");
        Files.writeString(data.resolve("holds/h.json"), "{}");
        Shredder shredder = calls.shredder();
        assertThrows(
                JournalException.class, () -> shredder.shred(Selection.of(call.id()), ALL, "jane", "never mind holds"));
        assertThrows(JournalException.class, () -> shredder.expireNew(POLICY));
        assertWhole(call);
    }

    @Test
    void hold_reason_isNotInClearOnDisk() throws Exception {
        calls.lifetime(1);
        calls.holds().add("h", Selection.all(), "law", "the case of Ottoline Quarrendon");
        for (Path file : Fixtures.files(data, "")) {
            assertFalse(
                    new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains("Quarrendon"),
                    file.toString());
        }
        assertThrows(JournalException.class, () -> calls.holds().add("h", Selection.all(), "law", "the same name"));
        assertThrows(JournalException.class, () -> calls.holds().release("other", "law", "another name"));
    }

    @Test
    void expireNew_asTimeGoesBy_shredsPartByPart() throws Exception {
        List<Calls.Call> written = calls.lifetime(5);
        Shredder shredder = calls.shredder();
        assertEquals(0, shredder.expireNew(POLICY).total());
        calls.pass(Duration.ofDays(31));
        calls.holds().add("h", Selection.of(written.get(2).id()), "law", "a case is pending");
        assertEquals(Map.of("h", 1L), shredder.expireNew(POLICY).held());
        Calls.Call call = written.get(4);
        assertInstanceOf(
                BodyText.Shredded.class, ((Original) calls.records(call.id()).getFirst()).request());
        assertEquals(call.intent(), calls.records(call.id()).get(1));
        assertWhole(written.get(2));
        assertEquals(
                List.of("hold_set", "shredded"),
                calls.entries().stream().map(e -> e.act().word()).toList());
        assertEquals(Access.RETENTION, calls.entries().getLast().actor());
        assertEquals(0, shredder.expireNew(POLICY).total());

        calls.holds().release("h", "law", "the case is closed");
        assertEquals(
                Map.of(RecordPart.ORIGINALS, 1L), shredder.expireNew(POLICY).parts());
        calls.pass(Duration.ofDays(60));
        assertEquals(Map.of(RecordPart.BODIES, 10L), shredder.expireNew(POLICY).parts());
        Intent intent = assertInstanceOf(Intent.class, calls.records(call.id()).get(1));
        assertEquals(
                new BodyText.Shredded(new Shredding(calls.clock.instant(), Access.RETENTION)),
                intent.redactedRequest());
        calls.pass(Duration.ofDays(300));
        assertEquals(
                Map.of(RecordPart.DECISIONS, 15L), shredder.expireNew(POLICY).parts());
        for (Calls.Call one : written) {
            assertTrue(calls.records(one.id()).stream().allMatch(ShreddedRecord.class::isInstance));
        }
        assertEquals(List.of(), TraceReader.open(data, calls.keys()).check().problems());
    }

    @Test
    void expire_everyHourOverManySegments_isWhatOnePassWouldShred() throws Exception {
        List<Calls.Call> written = new ArrayList<>();
        Shredder shredder = calls.shredder();
        long hourly = 0;
        for (int i = 0; i < 12; i++) {
            written.addAll(calls.lifetime(1 + random.nextInt(20)));
            calls.pass(Duration.ofHours(random.nextInt(24 * 14)));
            hourly += shredder.expireNew(POLICY).total();
        }
        assertTrue(hourly > 0);
        assertEquals(0, shredder.planExpired(POLICY).total());
        Instant now = calls.clock.instant();
        for (Calls.Call call : written) {
            Original original = (Original) calls.records(call.id()).getFirst();
            boolean old = call.original().time().isBefore(now.minus(POLICY.originals()));
            assertEquals(old, original.request() instanceof BodyText.Shredded, call.id());
        }
    }

    @Test
    void verify_afterShreddingAndNewKeys_everyProofHolds() throws Exception {
        List<Calls.Call> written = calls.lifetime(20);
        calls.shredder().shred(Selection.of(written.get(3).id()), ALL, "jane", "by order of a court");
        calls.shredder().shred(Selection.of(written.get(5).id()), ORIGINALS, "jane", "the patient wants it");
        new KeyRotation(data, calls.keys(), KeyRing.Role.OPERATOR, calls.access())
                .rotate("jane", "the yearly rotation", Fixtures.RANDOM);
        KeyRotation rotation = new KeyRotation(data, calls.keys(), KeyRing.Role.OPERATOR, calls.access());
        assertTrue(rotation.rewrap("jane", "the yearly rotation").isComplete());

        LogTrust trust = LogTrust.of(List.of(Files.readAllBytes(data.resolve("keys/log.pub"))), List.of(), List.of());
        KeyRing operator = KeyRing.open(KeySource.in(data.resolve("keys"), KeyRing.Role.OPERATOR));
        for (Optional<KeyRing> keys :
                List.of(Optional.of(calls.keys()), Optional.of(operator), Optional.<KeyRing>empty())) {
            LogReport report = LogVerifier.verify(data, trust, keys, _ -> {});
            assertTrue(report.isGood(), report.toString());
            LogReport access = LogVerifier.verifyAccess(data, trust, keys, _ -> {});
            assertTrue(access.isGood(), access.toString());
        }
    }

    @Test
    void expire_whatASegmentHoldsBehindItsEnd_isCleared() throws Exception {
        calls.lifetime(3);
        Path segment = Fixtures.files(data, ".log").getFirst();
        long end = Files.size(segment);
        Files.writeString(segment, "a batch that was never acknowledged", StandardOpenOption.APPEND);
        calls.pass(Duration.ofDays(31));
        assertEquals(3, calls.shredder().expireNew(POLICY).total());
        assertEquals(end, Files.size(segment));
        assertEquals(List.of(), TraceReader.open(data, calls.keys()).check().problems());
    }

    @Test
    void shred_whileTheJournalIsWrittenTo_takesTheNewestAndDisturbsNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Calls.Call> written = java.util.Collections.synchronizedList(new ArrayList<>());
        Set<String> gone = new HashSet<>();
        try (Journal journal = Journal.open(calls.options())) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    while (!over.get()) {
                        written.addAll(calls.append(journal, 1));
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            for (int i = 0; i < 25; i++) {
                int before = written.size();
                Fixtures.await(() -> written.size() > before || failure.get() != null);
                String id = written.getLast().id();
                Shredder.Report report = calls.shredder().shred(Selection.of(id), ORIGINALS, "jane", "the newest one");
                assertEquals(1, report.total(), report.toString());
                gone.add(id);
            }
            over.set(true);
            writer.join();
        }
        assertEquals(null, failure.get());
        for (Calls.Call call : written) {
            if (gone.contains(call.id())) {
                Original original = (Original) calls.records(call.id()).getFirst();
                assertInstanceOf(BodyText.Shredded.class, original.request());
            } else {
                assertWhole(call);
            }
        }
        calls.leaves();
        assertEquals(List.of(), TraceReader.open(data, calls.keys()).check().problems());
    }

    @Test
    void read_withTheOperatorKeyAlone_opensNoOriginal() throws Exception {
        Calls.Call call = calls.lifetime(1).getFirst();
        KeyRing operator = KeyRing.open(KeySource.in(data.resolve("keys"), KeyRing.Role.OPERATOR));
        assertEquals(
                2,
                TraceReader.open(data, operator)
                        .find(call.id())
                        .orElseThrow()
                        .entries()
                        .size());
        JournalException refused = assertThrows(JournalException.class, () -> calls.records(operator, call.id()));
        assertEquals(JournalException.Kind.KEY, refused.kind());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("sealed with the originals key"), refused.getMessage());
        // Shredding needs no key to what it destroys.
        new Shredder(data, operator, new AccessLog(data, operator, calls.clock, Fixtures.RANDOM), calls.clock)
                .shred(Selection.of(call.id()), ORIGINALS, "jane", "without reading it");
        assertInstanceOf(
                BodyText.Shredded.class, ((Original) calls.records(call.id()).getFirst()).request());
    }

    @Test
    void access_everyAct_isReadBackAndSealed() throws Exception {
        calls.lifetime(1);
        Selection some = new Selection(List.of(Fixtures.IDS.next()), "st-mary", Calls.START, Instant.MAX);
        List<Act> acts = List.of(
                new Act.OriginalsRead(some),
                new Act.Shredded(Selection.all(), List.of(RecordPart.BODIES, RecordPart.ORIGINALS), 12),
                new Act.HoldSet("h", some),
                new Act.HoldReleased("h"),
                new Act.KeyRotated("operator", "00", "11"),
                new Act.KeysRewrapped("originals", "11", 7),
                new Act.Annotated(some.traceIds().getFirst(), Act.Annotated.Kind.SCORE, "0.5"));
        for (Act act : acts) {
            calls.access().record("Ottoline Quarrendon", "about Ottoline Quarrendon", act);
        }
        assertEquals(acts, calls.entries().stream().map(Access::act).toList());
        for (Path file : Fixtures.files(data, ".log")) {
            assertFalse(
                    new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains("Quarrendon"),
                    file.toString());
        }
        assertFalse(calls.entries().getFirst().toString().contains("about"), "a reason is not for logs");
    }

    @Test
    void access_manyAtOnce_waitForEachOther() throws Exception {
        calls.lifetime(1);
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    calls.access().record("a" + number, "all at once", new Act.HoldReleased("h"));
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
        assertEquals(6, calls.entries().stream().map(Access::actor).distinct().count());
    }
}
