package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What appending costs: allocation is asserted; rates and times are printed. */
final class JournalLoadTest {
    private static final int WARM = 20_000;
    private static final int RECORDS = Integer.getInteger("anteroom.records", 40_000);
    private static final int IN_FLIGHT = 512;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path data;

    @Test
    void append_manyRecordsOfTwoKilobytes_allocatesLittle() throws Exception {
        JournalOptions options = Fixtures.options(data).withSegmentBytes(64 << 20);
        long openNanos = System.nanoTime();
        try (Journal journal = Journal.open(options)) {
            openNanos = System.nanoTime() - openNanos;
            Refusal[] records = records();
            append(journal, records, WARM);
            long writer = writerId();
            long caller = Thread.currentThread().threadId();
            long forces = journal.state().forces();
            long bytes = journal.state().writtenBytes();
            long writerCpu = threads.getThreadCpuTime(writer);
            long callerCpu = threads.getThreadCpuTime(caller);
            long writerAllocated = threads.getThreadAllocatedBytes(writer);
            long callerAllocated = threads.getThreadAllocatedBytes(caller);
            long start = System.nanoTime();
            append(journal, records, RECORDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            callerAllocated = threads.getThreadAllocatedBytes(caller) - callerAllocated;
            writerAllocated = threads.getThreadAllocatedBytes(writer) - writerAllocated;
            callerCpu = threads.getThreadCpuTime(caller) - callerCpu;
            writerCpu = threads.getThreadCpuTime(writer) - writerCpu;
            forces = journal.state().forces() - forces;
            bytes = journal.state().writtenBytes() - bytes;
            System.out.printf(
                    Locale.ROOT,
                    "JournalLoadTest: %.0f records/s of %d B, %.1f a force; CPU a record: writer %.2f us, caller %.2f us;"
                            + " allocated a record: writer %d B, caller %d B; open %.1f ms%n",
                    RECORDS / seconds,
                    bytes / RECORDS,
                    (double) RECORDS / forces,
                    writerCpu / 1e3 / RECORDS,
                    callerCpu / 1e3 / RECORDS,
                    writerAllocated / RECORDS,
                    callerAllocated / RECORDS,
                    openNanos / 1e6);
            assertTrue(callerAllocated / RECORDS < 400, "caller");
            assertTrue(writerAllocated / RECORDS < 8000, "writer");
            assertEquals(0, journal.state().rejected());
        }
        reopen(options);
    }

    private void reopen(JournalOptions options) throws JournalException, IOException {
        long start = System.nanoTime();
        Journal journal = Journal.open(options);
        double openMillis = (System.nanoTime() - start) / 1e6;
        journal.close();
        TraceReader reader = TraceReader.open(data, options.keys());
        String last = reader.list(Query.latest(1)).getFirst().traceId();
        start = System.nanoTime();
        assertTrue(reader.find(last).isPresent());
        double findMillis = (System.nanoTime() - start) / 1e6;
        Files.delete(Fixtures.files(data, ".closed").getFirst()); // as if the large lifetime had been killed
        start = System.nanoTime();
        journal = Journal.open(options);
        double recoverMillis = (System.nanoTime() - start) / 1e6;
        journal.close();
        System.out.printf(
                Locale.ROOT,
                "JournalLoadTest: open after %d records: %.1f ms, unclean %.1f ms; find %.1f ms%n",
                WARM + RECORDS,
                openMillis,
                recoverMillis,
                findMillis);
    }

    /** Refusals, since they need no second append; the advice makes them 2 KB. */
    private static Refusal[] records() {
        Random random = new Random(1);
        Refusal[] records = new Refusal[1000];
        for (int i = 0; i < records.length; i++) {
            Refusal r = Fixtures.refusal(Fixtures.IDS.next());
            records[i] = new Refusal(
                    r.traceId(),
                    r.requestId(),
                    r.time(),
                    r.caller(),
                    r.context(),
                    r.snapshot(),
                    r.status(),
                    r.code(),
                    r.path(),
                    r.category(),
                    Fixtures.text(random, 1600));
        }
        return records;
    }

    private static void append(Journal journal, Refusal[] records, int count) {
        Semaphore slots = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < count; i++) {
            slots.acquireUninterruptibly();
            CompletableFuture<DurableRefusal> future = journal.append(records[i % records.length]);
            var _ = future.whenComplete((proof, e) -> slots.release());
        }
        slots.acquireUninterruptibly(IN_FLIGHT);
    }

    private static long writerId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("journal-writer"))
                .findFirst()
                .orElseThrow()
                .threadId();
    }
}
