package dev.anteroom.bench;

import dev.anteroom.telemetry.CallReport;
import dev.anteroom.telemetry.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Counting a call that is over, which happens on its event loop. One core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TelemetryBenchmark {
    private final Metrics metrics = new Metrics("0123456789abcdef", "build", "USD");
    private final Instant time = Instant.parse("2026-11-23T12:00:00Z");
    private final List<CallReport.AttemptReport> attempts = List.of(
            new CallReport.AttemptReport("target", "openai", "model", 200, "answered", 600_000, 900_000, 2_500_000));
    private final List<CallReport.Moment> stages = List.of(
            new CallReport.Moment("parsed", 100_000),
            new CallReport.Moment("planned", 110_000),
            new CallReport.Moment("redacted", 200_000),
            new CallReport.Moment("intent_durable", 600_000),
            new CallReport.Moment("first_answer", 900_000),
            new CallReport.Moment("answered", 2_500_000),
            new CallReport.Moment("released", 2_600_000));
    private final List<String> replaced = List.of("NAME", "NAME", "MRN", "DATE");

    /** A call with one attempt and four replaced stretches. */
    @Benchmark
    public void ended() {
        metrics.ended(new CallReport(
                "018f0000-0000-7000-8000-000000000001",
                time,
                2_600_000,
                "tenant",
                "key",
                "workflow",
                "clinician",
                "0123456789abcdef",
                "model",
                true,
                "unchecked",
                200,
                "stop",
                "",
                attempts,
                1_200,
                300,
                OptionalLong.of(4_500),
                stages,
                replaced,
                List.of()));
    }
}
