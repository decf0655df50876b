package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    @TempDir
    private Path data;

    @Test
    void append_eachKind_isFoundAsItWas() throws Exception {
        Intent intent = Fixtures.intent("redacted \ud800 text");
        Outcome outcome = Fixtures.outcome(intent.traceId(), "answer");
        Refusal refusal = Fixtures.refusal(Fixtures.IDS.next());
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            DurableIntent proof = Fixtures.get(journal.append(intent));
            assertEquals(intent.traceId(), proof.traceId());
            assertEquals("sha256:bb", proof.requestDigest());
            assertTrue(proof.permits("azure/gpt-x"));
            assertFalse(proof.permits("local/x"));
            TraceReader running = TraceReader.open(data, Fixtures.keys(data));
            assertEquals("open", running.list(Query.all()).getFirst().kind());
            assertEquals(
                    outcome.traceId(),
                    Fixtures.get(journal.append(proof, outcome)).traceId());
            assertEquals(
                    refusal.traceId(), Fixtures.get(journal.append(refusal)).traceId());
            assertFound(running, intent, outcome, refusal);
            JournalState state = journal.state();
            assertEquals(JournalState.Status.OPEN, state.status());
            assertEquals(List.of(1L, 1L, 1L), List.of(state.intents(), state.outcomes(), state.refusals()));
        }
        assertFound(TraceReader.open(data, Fixtures.keys(data)), intent, outcome, refusal);
    }

    private static void assertFound(TraceReader reader, Intent intent, Outcome outcome, Refusal refusal)
            throws JournalException {
        Trace trace = reader.find(intent.traceId()).orElseThrow();
        assertEquals(
                List.of(intent, outcome),
                trace.entries().stream().map(Trace.Entry::record).toList());
        assertEquals(
                List.of(2L, 3L), // the first is the link to the log before
                trace.entries().stream().map(Trace.Entry::sequence).toList());
        assertEquals(
                refusal,
                reader.find(refusal.traceId())
                        .orElseThrow()
                        .entries()
                        .getFirst()
                        .record());
        assertTrue(reader.find(Fixtures.IDS.next()).isEmpty());
        assertTrue(reader.find("nonsense").isEmpty());
        assertEquals(
                List.of(
                        new TraceSummary(
                                intent.traceId(), intent.time(), "completed", Fixtures.CALLER, "gpt-x", 200, "stop"),
                        new TraceSummary(
                                refusal.traceId(),
                                refusal.time(),
                                "refused",
                                Fixtures.CALLER,
                                "",
                                400,
                                "undeclared_field")),
                reader.list(Query.all()));
        assertEquals(1, reader.list(Query.latest(1)).size());
        assertEquals("refused", reader.list(Query.latest(1)).getFirst().kind());
        assertEquals(
                1,
                reader.list(new Query(Instant.EPOCH, Instant.MAX, "st-mary", "completed", 9))
                        .size());
        assertEquals(
                0,
                reader.list(new Query(Instant.EPOCH, Instant.MAX, "other", "", 9))
                        .size());
        assertEquals(
                0,
                reader.list(new Query(Instant.now().plusSeconds(60), Instant.MAX, "", "", 9))
                        .size());
        assertEquals(List.of(), reader.check().problems());
    }

    @Test
    void append_beyondASegment_continuesInTheNextOne() throws Exception {
        Random random = new Random(1);
        List<Intent> intents = new ArrayList<>();
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            List<CompletableFuture<DurableIntent>> futures = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                Intent intent = Fixtures.intent(Fixtures.text(random, 200 + random.nextInt(4000)));
                intents.add(intent);
                futures.add(journal.append(intent));
            }
            Intent large = Fixtures.intent("x".repeat(200_000));
            intents.add(large);
            futures.add(journal.append(large));
            for (CompletableFuture<DurableIntent> future : futures) {
                Fixtures.get(future);
            }
            Intent tooLarge = Fixtures.intent("x".repeat(300_000));
            assertEquals(JournalException.Kind.INVALID, Fixtures.failure(journal.append(tooLarge)));
        }
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        assertTrue(Fixtures.files(data, ".log").size() > 5);
        for (Intent intent : intents) {
            List<Trace.Entry> entries =
                    reader.find(intent.traceId()).orElseThrow().entries();
            assertEquals(intent, entries.getFirst().record());
            assertTrue(entries.getLast().record() instanceof Interrupted);
        }
        TraceReader.Check check = reader.check();
        assertEquals(List.of(), check.problems());
        assertEquals(2L * intents.size(), check.records());
    }

    @Test
    void append_fromEightThreads_keepsOrderOfEachTraceAndEverySequence() throws Exception {
        int perThread = 400;
        try (Journal journal = Journal.open(Fixtures.options(data).withQueue(1 << 14, 1 << 28))) {
            List<Thread> threads = new ArrayList<>();
            AtomicLong failures = new AtomicLong();
            for (int t = 0; t < 8; t++) {
                int seed = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    Random random = new Random(seed);
                    List<CompletableFuture<DurableOutcome>> futures = new ArrayList<>();
                    for (int i = 0; i < perThread; i++) {
                        Intent intent = Fixtures.intent(Fixtures.text(random, random.nextInt(600)));
                        futures.add(journal.append(intent)
                                .thenCompose(
                                        proof -> journal.append(proof, Fixtures.outcome(intent.traceId(), "answer"))));
                    }
                    for (CompletableFuture<DurableOutcome> future : futures) {
                        try {
                            Fixtures.get(future);
                        } catch (JournalException | RuntimeException e) {
                            failures.incrementAndGet();
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(0, failures.get());
            JournalState state = journal.state();
            assertEquals(8L * perThread, state.outcomes());
            assertEquals(0, state.openIntents());
            assertEquals(0, state.queuedBytes());
            assertTrue(state.forces() < state.intents(), () -> "no grouping: " + state);
        }
        List<TraceSummary> all = Fixtures.all(data);
        assertEquals(8 * perThread, all.size());
        assertTrue(all.stream().allMatch(s -> s.kind().equals("completed")));
        TraceReader.Check check = TraceReader.open(data, Fixtures.keys(data)).check();
        assertEquals(List.of(), check.problems());
        assertEquals(16L * perThread, check.records());
    }

    @Test
    void append_originalWithIntent_isOneForce() throws Exception {
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            Intent intent = Fixtures.intent("text");
            Original original = new Original(intent.traceId(), Instant.now(), 7, BodyText.of("asked"));
            DurableIntent proof = Fixtures.get(journal.append(original, intent));
            assertEquals(1, journal.state().forces());
            Fixtures.get(journal.append(proof, Fixtures.outcome(intent.traceId(), "answer")));
        }
        assertEquals(3, TraceReader.open(data, Fixtures.keys(data)).check().records());
    }

    @Test
    void append_originalThatCannotBeWritten_writesNoIntent() throws Exception {
        try (Journal journal = Journal.open(Fixtures.options(data).withSegmentBytes(16 << 10))) {
            Intent intent = Fixtures.intent("text");
            Original large = new Original(intent.traceId(), Instant.now(), 7, BodyText.of("x".repeat(20_000)));
            assertEquals(JournalException.Kind.INVALID, Fixtures.failure(journal.append(large, intent)));
            Original other = new Original(Fixtures.IDS.next(), Instant.now(), 7, BodyText.of("asked"));
            assertEquals(JournalException.Kind.INVALID, Fixtures.failure(journal.append(other, intent)));
            assertEquals(0, journal.state().intents());
            assertEquals(0, journal.state().queuedBytes());
            Fixtures.get(journal.append(intent)); // no intent of this trace is open
        }
    }

    @Test
    void append_outcomeTwiceOrOfAnotherTrace_isInvalid() throws Exception {
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            Intent intent = Fixtures.intent("text");
            DurableIntent proof = Fixtures.get(journal.append(intent));
            assertEquals(JournalException.Kind.INVALID, Fixtures.failure(journal.append(intent)));
            assertEquals(
                    JournalException.Kind.INVALID,
                    Fixtures.failure(journal.append(proof, Fixtures.outcome(Fixtures.IDS.next(), ""))));
            Outcome outcome = Fixtures.outcome(intent.traceId(), "");
            CompletableFuture<DurableOutcome> first = journal.append(proof, outcome);
            CompletableFuture<DurableOutcome> second = journal.append(proof, outcome);
            Fixtures.get(first);
            assertEquals(JournalException.Kind.INVALID, Fixtures.failure(second));
            assertEquals(
                    JournalException.Kind.INVALID,
                    Fixtures.failure(journal.append(Fixtures.intent("no-uuid", "text"))));
        }
        assertEquals(1, Fixtures.all(data).size());
    }

    @Test
    void toString_ofRecordsWithContent_showsNone() {
        Intent intent = Fixtures.intent("secret");
        assertEquals("Intent[" + intent.traceId() + "]", intent.toString());
        assertFalse(Fixtures.outcome(intent.traceId(), "secret").toString().contains("secret"));
    }

    @Test
    void open_whileAnotherIsOpen_isLockedAndFreeAfterwards() throws Exception {
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            JournalException e = assertThrows(JournalException.class, () -> Journal.open(Fixtures.options(data)));
            assertEquals(JournalException.Kind.LOCKED, e.kind());
            assertTrue(String.valueOf(e.getMessage())
                    .contains("process " + ProcessHandle.current().pid()));
            Fixtures.get(journal.append(Fixtures.refusal(Fixtures.IDS.next())));
        }
        Journal.open(Fixtures.options(data)).close();
    }

    @Test
    void close_withOpenIntentsAndAgain_interruptsThemAndRefusesMore() throws Exception {
        Journal journal = Journal.open(Fixtures.options(data));
        Intent intent = Fixtures.intent("text");
        CompletableFuture<DurableIntent> last = journal.append(intent);
        journal.close();
        journal.close();
        DurableIntent proof = Fixtures.get(last);
        assertEquals(JournalState.Status.CLOSED, journal.state().status());
        assertEquals(JournalException.Kind.CLOSED, Fixtures.failure(journal.append(Fixtures.intent("late"))));
        assertEquals(
                JournalException.Kind.CLOSED,
                Fixtures.failure(journal.append(proof, Fixtures.outcome(intent.traceId(), ""))));
        assertEquals("interrupted", Fixtures.all(data).getFirst().kind());
        assertEquals(List.of(), Fixtures.files(data, ".prep"));
        long bytes = 0;
        for (Path file : Fixtures.files(data, ".log")) {
            bytes += Files.size(file);
        }
        assertTrue(bytes < 8192, "the zeros behind the end are cut off");
    }

    @Test
    void open_againAndAgain_eachLifetimeNamesTheOneBefore() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Journal journal = Journal.open(Fixtures.options(data))) {
                Fixtures.get(journal.append(Fixtures.refusal(Fixtures.IDS.next())));
                assertEquals(0, journal.state().interrupted());
            }
        }
        String before = SegmentHeader.NO_PREDECESSOR;
        SegmentScanner scanner = new SegmentScanner(damage -> {
            throw new AssertionError(damage);
        });
        List<JournalFiles.Lifetime> lifetimes = JournalFiles.lifetimes(data.resolve("journal"));
        assertEquals(5, lifetimes.size());
        for (JournalFiles.Lifetime lifetime : lifetimes) {
            SegmentHeader header = scanner.header(lifetime, lifetime.segments().getFirst());
            assertNotNull(header);
            assertEquals(before, header.predecessor());
            assertNotNull(lifetime.closed());
            before = lifetime.startId();
        }
        assertEquals(5, Fixtures.all(data).size());
    }

    @Test
    void append_anything_leavesNoPlaintext() throws Exception {
        String canary = "CANARY-7f3a";
        Caller caller = new Caller(canary, canary, canary, canary, canary);
        CallContext context = new CallContext(canary, canary, canary, canary, canary, canary, canary);
        Intent intent = new Intent(
                Fixtures.IDS.next(),
                canary,
                Instant.now(),
                caller,
                context,
                canary,
                canary,
                canary,
                canary,
                canary,
                List.of(new ModelDigest(canary, canary)),
                canary,
                false,
                canary,
                canary,
                BodyText.of(canary.repeat(50)),
                List.of(new RedactionSpan(canary, 0, 1, canary, canary, 1, canary)),
                List.of(canary),
                List.of(new Candidate(canary, true, canary, List.of(new Candidate.Filter(canary, true)))),
                List.of(canary),
                canary);
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            DurableIntent proof = Fixtures.get(journal.append(intent));
            Fixtures.get(journal.append(proof, Fixtures.outcome(intent.traceId(), canary)));
            Fixtures.get(journal.append(new Refusal(
                    Fixtures.IDS.next(),
                    canary,
                    Instant.now(),
                    caller,
                    context,
                    canary,
                    1,
                    canary,
                    canary,
                    canary,
                    canary)));
            assertNoCanary(canary);
        }
        assertNoCanary(canary);
        assertEquals(
                intent,
                TraceReader.open(data, Fixtures.keys(data))
                        .find(intent.traceId())
                        .orElseThrow()
                        .entries()
                        .getFirst()
                        .record());
    }

    @Test
    void forEachAfter_anyPlace_goesOnWithTheNextRecordAcrossLifetimes() throws Exception {
        List<Trace.Entry> all = new ArrayList<>();
        for (int lifetime = 0; lifetime < 3; lifetime++) {
            try (Journal journal = Journal.open(Fixtures.options(data).withSegmentBytes(4096))) {
                for (int i = 0; i < 7; i++) {
                    Fixtures.get(journal.append(Fixtures.refusal(Fixtures.IDS.next())));
                }
            }
        }
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        reader.forEachAfter(Optional.empty(), all::add);
        assertEquals(21, all.size());
        assertEquals(3, all.stream().map(e -> e.id().log()).distinct().count());
        assertEquals(
                all, all.stream().sorted(Comparator.comparing(Trace.Entry::id)).toList());
        for (int i = 0; i < all.size(); i++) {
            List<Trace.Entry> next = new ArrayList<>();
            reader.forEachAfter(Optional.of(all.get(i).id()), entry -> {
                next.add(entry);
                return next.size() < 3;
            });
            assertEquals(all.subList(i + 1, Math.min(i + 4, all.size())), next);
        }
    }

    @Test
    void countAfter_anyPlace_countsWhatIsBehindItUpToWhatIsDurable() throws Exception {
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        for (int lifetime = 0; lifetime < 3; lifetime++) {
            try (Journal journal = Journal.open(Fixtures.options(data).withSegmentBytes(4096))) {
                assertEquals(1, journal.durable().sequence(), "the link to the log before");
                for (int i = 1; i <= 7; i++) {
                    Fixtures.get(journal.append(Fixtures.refusal(Fixtures.IDS.next())));
                    assertEquals(new RecordId(journal.log(), i + 1), journal.durable());
                    assertEquals(7L * lifetime + i, reader.countAfter(Optional.empty(), journal.durable()));
                }
                List<Trace.Entry> all = new ArrayList<>();
                reader.forEachAfter(Optional.empty(), all::add);
                for (int i = 0; i < all.size(); i++) {
                    assertEquals(
                            all.size() - 1 - i,
                            reader.countAfter(Optional.of(all.get(i).id()), journal.durable()));
                }
            }
        }
    }

    private void assertNoCanary(String canary) throws IOException {
        List<Path> files = Fixtures.files(data, "");
        assertTrue(files.size() >= 3);
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains(canary), () -> "plaintext in " + file);
            assertFalse(bytes.contains("trace_id"), () -> "plaintext in " + file);
        }
    }

    @Test
    void append_spaceRunsOut_alarmsThenTakesOutcomesOnlyThenRecovers() throws Exception {
        AtomicLong usable = new AtomicLong(1L << 40);
        JournalOptions options = Fixtures.options(data).withSpace(2L << 30, 1L << 30, usable::get);
        try (Journal journal = Journal.open(options)) {
            List<Intent> intents = new ArrayList<>();
            List<DurableIntent> proofs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                intents.add(Fixtures.intent("text"));
                proofs.add(Fixtures.get(journal.append(intents.getLast())));
            }
            assertEquals(JournalState.Status.OPEN, journal.state().status());
            usable.set((2L << 30) - 1);
            Fixtures.get(journal.append(Fixtures.refusal(Fixtures.IDS.next())));
            assertEquals(JournalState.Status.LOW_SPACE, journal.state().status());
            assertTrue(journal.state().accepting());
            usable.set((1L << 30) - 1);
            assertEquals(JournalException.Kind.NO_SPACE, Fixtures.failure(journal.append(Fixtures.intent("text"))));
            assertEquals(
                    JournalException.Kind.NO_SPACE,
                    Fixtures.failure(journal.append(Fixtures.refusal(Fixtures.IDS.next()))));
            assertEquals(JournalState.Status.NO_SPACE, journal.state().status());
            for (int i = 0; i < 200; i++) { // more than what is left of the segment
                Fixtures.get(journal.append(
                        proofs.get(i), Fixtures.outcome(intents.get(i).traceId(), "a".repeat(4000))));
            }
            usable.set(1L << 40);
            Fixtures.await(() -> journal.state().status() == JournalState.Status.OPEN); // without any traffic
            Fixtures.get(journal.append(Fixtures.intent("text")));
        }
        assertEquals(
                List.of(), TraceReader.open(data, Fixtures.keys(data)).check().problems());
    }

    @Test
    void append_queueFull_failsAtOnceByRecordsAndByBytes() throws Exception {
        GatedDisk disk = new GatedDisk();
        try (Journal journal = Journal.open(Fixtures.options(data).withQueue(8, 20_000), disk);
                AutoCloseable _ = disk::open) { // whatever fails, closing must not wait for ever
            disk.shut.set(true);
            CompletableFuture<DurableIntent> held = journal.append(Fixtures.intent("in the writer's hands"));
            Fixtures.await(disk::isHolding); // from here on the writer takes nothing more
            List<CompletableFuture<DurableIntent>> queued = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                queued.add(journal.append(Fixtures.intent("text")));
            }
            CompletableFuture<DurableIntent> ninth = journal.append(Fixtures.intent("text"));
            assertTrue(ninth.isCompletedExceptionally());
            assertEquals(JournalException.Kind.QUEUE_FULL, Fixtures.failure(ninth));
            disk.open();
            Fixtures.get(held);
            for (CompletableFuture<DurableIntent> future : queued) {
                Fixtures.get(future);
            }
            disk.shut.set(true);
            held = journal.append(Fixtures.intent("in the writer's hands"));
            Fixtures.await(disk::isHolding); // from here on the writer takes nothing more
            CompletableFuture<DurableIntent> large = journal.append(Fixtures.intent("x".repeat(19_500)));
            CompletableFuture<DurableIntent> tooMuch = journal.append(Fixtures.intent("text"));
            assertEquals(JournalException.Kind.QUEUE_FULL, Fixtures.failure(tooMuch));
            disk.open();
            Fixtures.get(held);
            Fixtures.get(large);
        }
    }

    @Test
    void append_forceFails_failsTheGroupAndContinuesInANewSegment() throws Exception {
        FailingDisk disk = new FailingDisk();
        Intent open = Fixtures.intent("open before");
        Intent lost = Fixtures.intent("lost");
        Intent later = Fixtures.intent("later");
        try (Journal journal = Journal.open(Fixtures.options(data), disk)) {
            DurableIntent proof = Fixtures.get(journal.append(open));
            disk.failing.set(true);
            assertEquals(JournalException.Kind.FAILED, Fixtures.failure(journal.append(lost)));
            assertEquals(JournalState.Status.FAILED, journal.state().status());
            assertEquals(
                    JournalException.Kind.FAILED,
                    Fixtures.failure(journal.append(proof, Fixtures.outcome(open.traceId(), "answer"))));
            disk.failing.set(false);
            Fixtures.await(() -> journal.state().status() == JournalState.Status.OPEN);
            Fixtures.get(journal.append(proof, Fixtures.outcome(open.traceId(), "answer")));
            Fixtures.get(journal.append(later));
            assertEquals(1, journal.state().failedSegments());
        }
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        assertEquals(List.of(), reader.check().problems());
        assertEquals(2, reader.find(open.traceId()).orElseThrow().entries().size());
        assertTrue(reader.find(lost.traceId()).isEmpty());
        assertTrue(reader.find(later.traceId()).isPresent());
        assertEquals(2, Fixtures.all(data).size());
    }

    @Test
    void open_nextToAFailedAndNeverRecoveredSegment_interruptsItsIntents() throws Exception {
        FailingDisk disk = new FailingDisk();
        Intent open = Fixtures.intent("open");
        Journal journal = Journal.open(Fixtures.options(data), disk);
        Fixtures.get(journal.append(open));
        disk.failing.set(true);
        assertEquals(JournalException.Kind.FAILED, Fixtures.failure(journal.append(Fixtures.intent("lost"))));
        journal.close();
        try (Journal next = Journal.open(Fixtures.options(data))) {
            assertTrue(next.state().interrupted() >= 1);
        }
        Trace trace =
                TraceReader.open(data, Fixtures.keys(data)).find(open.traceId()).orElseThrow();
        assertTrue(trace.entries().getLast().record() instanceof Interrupted);
    }

    @Test
    void read_whileWritingAcrossSegments_neverSeesDamage() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        KeyRing keys = Fixtures.keys(data);
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            Thread writer = Thread.ofPlatform().start(() -> {
                Random random = new Random(7);
                CompletableFuture<?> last = null;
                for (int i = 0; i < 4000; i++) {
                    last = journal.append(Fixtures.intent(Fixtures.text(random, random.nextInt(1500))));
                    if (i % 7 == 0) {
                        last.exceptionally(e -> null).join();
                    }
                }
                join(last);
                done.set(true);
            });
            long before = 0;
            while (!done.get()) {
                TraceReader.Check check = TraceReader.open(data, keys).check();
                assertEquals(List.of(), check.problems());
                assertTrue(check.records() >= before);
                before = check.records();
            }
            writer.join();
        }
    }

    private static void join(@Nullable CompletableFuture<?> future) {
        if (future != null) {
            future.exceptionally(e -> null).join();
        }
    }

    /** Forces only while open. */
    private static final class GatedDisk implements Disk {
        private final AtomicBoolean shut = new AtomicBoolean();
        private final Semaphore gate = new Semaphore(0);

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

        boolean isHolding() {
            return gate.hasQueuedThreads();
        }

        void open() {
            shut.set(false);
            gate.release();
        }
    }

    /** Writes, but fails to force while told so. */
    private static final class FailingDisk implements Disk {
        private final AtomicBoolean failing = new AtomicBoolean();

        @Override
        public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
            REAL.write(channel, bytes, position);
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            if (failing.get()) {
                throw new IOException("Input/output error");
            }
            REAL.force(channel);
        }
    }
}
