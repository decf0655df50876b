package dev.anteroom.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a scrape says after calls are over. */
class MetricsTest {
    private final Metrics metrics = new Metrics("abc", "build-1", "USD");

    /** A call of two attempts, the second answered, with three stages. */
    static CallReport answered(String traceId) {
        return new CallReport(
                traceId,
                Instant.parse("2026-11-23T12:00:00Z"),
                3_000_000_000L,
                "st-mary",
                "key-7",
                "discharge",
                "clinician",
                "abc",
                "large",
                true,
                "unchecked",
                200,
                "stop",
                "",
                List.of(
                        new CallReport.AttemptReport(
                                "a", "openai", "large-1", 503, "status_5xx", 1_000_000, -1, 500_000_000),
                        new CallReport.AttemptReport(
                                "b",
                                "azure.ai.openai",
                                "large-2",
                                200,
                                "answered",
                                600_000_000,
                                900_000_000,
                                2_500_000_000L)),
                1_200,
                300,
                OptionalLong.of(4_500),
                List.of(
                        new CallReport.Moment("parsed", 400_000),
                        new CallReport.Moment("redacted", 900_000),
                        new CallReport.Moment("released", 3_000_000_000L)),
                List.of("NAME", "NAME", "DATE"),
                List.of("unknown_placeholder"));
    }

    static CallReport refused(String traceId) {
        return new CallReport(
                traceId,
                Instant.parse("2026-11-23T12:00:00Z"),
                1_000_000,
                "st-mary",
                "key-7",
                "discharge",
                "clinician",
                "abc",
                "",
                false,
                CallReport.REFUSED,
                400,
                "",
                "unsupported_parameter",
                List.of(),
                0,
                0,
                OptionalLong.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Samples by name and labels. */
    private Map<String, Double> scrape() {
        Map<String, Double> samples = new HashMap<>();
        new String(metrics.scrape(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                });
        return samples;
    }

    private void assertSample(double expected, String name) {
        Map<String, Double> samples = scrape();
        assertTrue(samples.containsKey(name), () -> name + " is not among " + samples.keySet());
        assertEquals(expected, samples.get(name), 1e-9, name);
    }

    @Test
    void ended_answeredAndRefusedCalls_areCountedOnceEach() {
        metrics.ended(answered("018f0000-0000-7000-8000-000000000001"));
        metrics.ended(answered("018f0000-0000-7000-8000-000000000002"));
        metrics.ended(refused("018f0000-0000-7000-8000-000000000003"));
        metrics.failedLogin("revoked");

        assertSample(2, "anteroom_calls_total{verdict=\"unchecked\",workflow=\"discharge\"}");
        assertSample(1, "anteroom_calls_total{verdict=\"refused\",workflow=\"discharge\"}");
        assertSample(1, "anteroom_refusals_total{code=\"unsupported_parameter\",workflow=\"discharge\"}");
        assertSample(1, "anteroom_failed_logins_total{reason=\"revoked\"}");
        assertSample(2, "anteroom_attempts_total{result=\"status_5xx\",target=\"a\"}");
        assertSample(2, "anteroom_first_token_seconds_count{target=\"b\"}");
        assertSample(0.6, "anteroom_first_token_seconds_sum{target=\"b\"}");
        assertSample(
                2_400, "anteroom_tokens_total{kind=\"prompt\",model=\"large-2\",target=\"b\",workflow=\"discharge\"}");
        assertSample(
                0.009, "anteroom_cost_total{currency=\"USD\",model=\"large-2\",target=\"b\",workflow=\"discharge\"}");
        assertSample(4, "anteroom_replaced_total{category=\"NAME\"}");
        assertSample(0.001, "anteroom_stage_seconds_sum{stage=\"redacted\"}");
        assertSample(2, "anteroom_stage_seconds_bucket{stage=\"redacted\",le=\"5.0E-4\"}");
        assertSample(0, "anteroom_stage_seconds_bucket{stage=\"redacted\",le=\"2.5E-4\"}");
        assertSample(3, "anteroom_call_seconds_count{workflow=\"discharge\"}");
    }

    @Test
    void ended_byManyThreads_losesNone() throws InterruptedException {
        int threads = 4;
        int each = 2_000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    metrics.ended(answered("018f0000-0000-7000-8000-000000000001"));
                }
                done.countDown();
            });
        }
        done.await();
        assertSample(threads * each, "anteroom_calls_total{verdict=\"unchecked\",workflow=\"discharge\"}");
        assertSample(threads * each, "anteroom_call_seconds_count{workflow=\"discharge\"}");
    }

    @Test
    void show_stateOfTheProcess_isAskedAtEveryScrape() {
        AtomicInteger active = new AtomicInteger(3);
        metrics.show(() -> new ProcessState(
                true,
                active.get(),
                2,
                7,
                new ProcessState.JournalNumbers("low_space", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                Map.of("a", "resting"),
                Optional.of(new ProcessState.StoreNumbers(false, 12, 13, 14))));

        assertSample(3, "anteroom_active_calls");
        active.set(4);
        assertSample(4, "anteroom_active_calls");
        assertSample(1, "anteroom_journal_status{status=\"low_space\"}");
        assertSample(6, "anteroom_journal_records_total{kind=\"outcome\"}");
        assertSample(13, "anteroom_log_signed_records");
        assertSample(14, "anteroom_log_witnessed_records");
        assertSample(15, "anteroom_log_checkpoint_failures_total");
        assertSample(1, "anteroom_target_health{health=\"resting\",target=\"a\"}");
        assertSample(0, "anteroom_store_reachable");
        assertSample(12, "anteroom_store_backlog_records");
    }

    @Test
    void metrics_ofAGatewayThatIsClosed_areForgotten() throws InterruptedException {
        WeakReference<Metrics> closed = new WeakReference<>(new Metrics("abc", "build-1", "USD"));
        for (int i = 0; i < 200 && closed.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(closed.get());
    }
}
