package dev.anteroom.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a call may allocate. Allocation is the figure that does not depend on the machine; when a limit breaks, run the benchmark with
 * {@code -prof gc} before and after the change, and with a sampling profiler's allocation mode to find the line.
 */
class AllocationGuardTest {
    private static final int WARMUP_SECONDS = 2;
    private static final int LONGER_WARMUP_SECONDS = 30;
    private static final double MAX_BYTES_A_KIBIBYTE_CALL = 64 * 1024;
    private static final double MAX_BYTES_A_DENSE_PROMPT = 64 * 1024;
    private static final double MAX_BYTES_A_TYPICAL_PROMPT = 25 * 1024;
    private static final double MAX_BYTES_A_QUERY = 12 * 1024;
    private static final double MAX_BYTES_A_KNOWN_CONVERSATION = 128 * 1024;
    private static final double MAX_BYTES_A_CLEAN_TEXT = 64 * 10 * 1024;
    private static final double MAX_BYTES_A_RESTORED_TOKEN = 16;
    private static final double MAX_BYTES_OF_STAGED_RECORDS = 32 * 1024;
    private static final double MAX_BYTES_A_COUNTED_CALL = 2 * 1024;

    @Test
    void requestPass_oneKibibyte_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(
                MAX_BYTES_A_KIBIBYTE_CALL,
                benchmark(RequestPassBenchmark.class, "whole").param("bytes", "1024"));
    }

    @Test
    void redact_typicalPromptsOfOneKibibyte_allocateWithinTheirLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_TYPICAL_PROMPT, benchmark(RedactorBenchmark.class, "prompts"));
    }

    @Test
    void redact_densePromptsOfOneKibibyte_allocateWithinTheirLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_DENSE_PROMPT, benchmark(RedactorBenchmark.class, "densePrompts"));
    }

    @Test
    void redact_queryOfFortyTokens_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_QUERY, benchmark(RedactorBenchmark.class, "query"));
    }

    @Test
    void redact_cleanText_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_CLEAN_TEXT, benchmark(RedactorBenchmark.class, "clean"));
    }

    @Test
    void restore_streamedToken_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_RESTORED_TOKEN, benchmark(RestoreBenchmark.class, "(text|json)"));
    }

    @Test
    void journal_recordsOfACall_allocateWithinTheirLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_OF_STAGED_RECORDS, benchmark(JournalBenchmark.class, "staged"));
    }

    @Test
    void metrics_callThatIsOver_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_COUNTED_CALL, benchmark(TelemetryBenchmark.class, "ended"));
    }

    private static ChainedOptionsBuilder benchmark(Class<?> type, String method) {
        return new OptionsBuilder()
                .include(type.getName() + "." + method + "$")
                .forks(1)
                .jvmArgsAppend("-Danteroom.root=" + System.getProperty("anteroom.root"))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }

    @Test
    void redact_conversationThatCameBefore_allocatesWithinItsLimit() throws RunnerException {
        assertAllocatesAtMost(MAX_BYTES_A_KNOWN_CONVERSATION, benchmark(HistoryBenchmark.class, "again"));
    }

    /** What compiled code allocates; where the compiler has not come so far on a busy machine, it is given more time once. */
    private static void assertAllocatesAtMost(double limitBytes, ChainedOptionsBuilder benchmark)
            throws RunnerException {
        double bytes = allocatedBytes(benchmark, WARMUP_SECONDS);
        if (bytes > limitBytes) {
            bytes = allocatedBytes(benchmark, LONGER_WARMUP_SECONDS);
        }
        assertTrue(bytes <= limitBytes, "allocated " + bytes + " bytes a call (expected: at most " + limitBytes + ")");
    }

    /** May be called again for the same benchmark. */
    private static double allocatedBytes(ChainedOptionsBuilder benchmark, int warmupSeconds) throws RunnerException {
        Options options = benchmark
                .warmupIterations(warmupSeconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(2)
                .measurementTime(TimeValue.seconds(1))
                .build();
        double most = 0;
        Collection<RunResult> results = new Runner(options).run();
        assertFalse(results.isEmpty());
        for (RunResult result : results) {
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            System.out.printf(
                    "%s: %.0f bytes a call, %.1f %s%n",
                    result.getPrimaryResult().getLabel(),
                    bytes,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreUnit());
            most = Math.max(most, bytes);
        }
        return most;
    }
}
