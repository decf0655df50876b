package dev.anteroom.bench;

import dev.anteroom.traces.DurableIntent;
import dev.anteroom.traces.DurableOutcome;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.JournalOptions;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.StagedRecords;
import dev.anteroom.traces.TraceIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The three records of a call: original, intent, outcome. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JournalBenchmark {
    private final SecureRandom random = new SecureRandom();
    private final TraceIds ids = new TraceIds(Clock.systemUTC(), random);
    private final CallRecordsOfOneCall records = CallRecordsOfOneCall.of(ids.next());
    private @Nullable Path data;
    private @Nullable StagedRecords staged;
    private @Nullable Journal journal;

    /** Opens a journal in a new folder. */
    @Setup
    public void setUp() throws IOException, JournalException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("anteroom-journal");
        KeyRing keys = KeyRing.openOrCreate(folder.resolve("keys"), random);
        data = folder;
        staged = new StagedRecords(keys, random);
        journal = Journal.open(JournalOptions.defaults(folder, "bench", keys));
    }

    /** Closes and removes it. */
    @TearDown
    public void tearDown() throws IOException {
        if (journal != null && data != null) {
            journal.close();
            try (Stream<Path> files = Files.walk(data)) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : all) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Encoded, sealed and staged; not written and not forced. */
    @Benchmark
    public int staged() throws IOException, GeneralSecurityException {
        return Objects.requireNonNull(staged).stage(records.original(), records.intent(), records.outcome());
    }

    /** Appended by one caller who waits for each: written and forced twice, as a call alone on the machine waits for it. */
    @Benchmark
    public DurableOutcome appended() throws ExecutionException, InterruptedException {
        Journal to = Objects.requireNonNull(journal);
        CallRecordsOfOneCall call = CallRecordsOfOneCall.of(ids.next());
        DurableIntent intent = to.append(call.original(), call.intent()).get();
        return to.append(intent, call.outcome()).get();
    }
}
