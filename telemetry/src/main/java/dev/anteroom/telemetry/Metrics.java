package dev.anteroom.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a process in the text format of Prometheus. Thread-safe; counting is lock-free and allocates next to
 * nothing.
 *
 * <p>Labels are names of the configuration and words of this program: how many series there are follows from the
 * configuration alone, never from what apps send.
 */
public final class Metrics {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final double[] SHORT_SECONDS = {
        0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1
    };
    private static final double[] LONG_SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final String currency;
    private final Counter calls;
    private final Counter refusals;
    private final Counter failures;
    private final Counter logins;
    private final Counter attempts;
    private final Counter tokens;
    private final Counter cost;
    private final Counter unpriced;
    private final Counter replaced;
    private final Counter findings;
    private final Counter dropped;
    private final Histogram stageSeconds;
    private final Histogram callSeconds;
    private final Histogram attemptSeconds;
    private final Histogram firstTokenSeconds;
    private final DistributionDataPoint loopLag;

    /**
     * Metrics of a process.
     *
     * @param currency the currency of all prices
     */
    public Metrics(String snapshot, String build, String currency) {
        this.currency = currency;
        calls = counter("anteroom_calls", "Calls that are over, by verdict.", "workflow", "verdict");
        refusals = counter("anteroom_refusals", "Calls that were not let through, by reason.", "workflow", "code");
        failures = counter("anteroom_failures", "Calls that failed after their intent, by reason.", "workflow", "code");
        logins = counter("anteroom_failed_logins", "Requests without a key that is known and valid.", "reason");
        attempts = counter("anteroom_attempts", "Calls of targets, by how they ended.", "target", "result");
        tokens = counter("anteroom_tokens", "Tokens as providers counted them.", "workflow", "target", "model", "kind");
        cost = counter(
                "anteroom_cost",
                "Cost by the price table, in units of the currency.",
                "workflow",
                "target",
                "model",
                "currency");
        unpriced =
                counter("anteroom_unpriced_calls", "Calls with tokens for which there is no price.", "target", "model");
        replaced = counter("anteroom_replaced", "Stretches of requests that were replaced.", "category");
        findings = counter("anteroom_findings", "What checks of answers found.", "kind");
        dropped = counter("anteroom_telemetry_dropped", "Spans and security events that were lost.", "stream");
        stageSeconds =
                histogram("anteroom_stage_seconds", "Time between a stage and the one before.", SHORT_SECONDS, "stage");
        callSeconds = histogram("anteroom_call_seconds", "Whole calls, provider included.", LONG_SECONDS, "workflow");
        attemptSeconds = histogram("anteroom_attempt_seconds", "Calls of targets.", LONG_SECONDS, "target");
        firstTokenSeconds = histogram(
                "anteroom_first_token_seconds",
                "From the start of an attempt to the first of its answer.",
                LONG_SECONDS,
                "target");
        loopLag = histogram("anteroom_event_loop_lag_seconds", "How late event loops run what is due.", SHORT_SECONDS);
        Info.builder()
                .name("anteroom_build")
                .help("What runs.")
                .labelNames("snapshot", "build")
                .register(registry)
                .addLabelValues(snapshot, build);
        jvm(registry);
    }

    /** The library's figures of the JVM one by one: what registers them together remembers every registry for ever. */
    private static void jvm(PrometheusRegistry registry) {
        JvmBufferPoolMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    /** Shows how the process is; {@code state} is asked at every scrape, by whoever scrapes. */
    public void show(Supplier<ProcessState> state) {
        gauge(
                "anteroom_ready",
                "Whether new calls are taken.",
                () -> state.get().ready() ? 1 : 0);
        gauge("anteroom_active_calls", "Calls under way.", () -> state.get().activeCalls());
        gauge(
                "anteroom_detector_queue",
                "Tasks that wait for a detector thread.",
                () -> state.get().detectorQueue());
        gauge(
                "anteroom_history_entries",
                "Turns whose findings are kept for the next call.",
                () -> state.get().historyEntries());
        Function<ToDoubleFunction<ProcessState.JournalNumbers>, Supplier<Number>> journal =
                number -> () -> number.applyAsDouble(state.get().journal());
        gauge(
                "anteroom_journal_queued_records",
                "Records that wait for the journal.",
                journal.apply(ProcessState.JournalNumbers::queuedRecords));
        gauge(
                "anteroom_journal_queued_bytes",
                "Their estimated size.",
                journal.apply(ProcessState.JournalNumbers::queuedBytes));
        gauge(
                "anteroom_journal_free_bytes",
                "Free space of the journal's disk.",
                journal.apply(ProcessState.JournalNumbers::freeBytes));
        gauge(
                "anteroom_journal_open_intents",
                "Calls that were let through and have no outcome yet.",
                journal.apply(ProcessState.JournalNumbers::openIntents));
        total(
                "anteroom_journal_rejected",
                "Records that could not be written.",
                journal.apply(ProcessState.JournalNumbers::rejected));
        total(
                "anteroom_journal_forces",
                "How often the disk was forced.",
                journal.apply(ProcessState.JournalNumbers::forces));
        total(
                "anteroom_journal_failed_segments",
                "Segments that were given up.",
                journal.apply(ProcessState.JournalNumbers::failedSegments));
        total(
                "anteroom_journal_written_bytes",
                "Bytes of all records.",
                journal.apply(ProcessState.JournalNumbers::writtenBytes));
        gauge(
                "anteroom_log_records",
                "Records in the log of this process.",
                journal.apply(ProcessState.JournalNumbers::logRecords));
        gauge(
                "anteroom_log_signed_records",
                "How many of them the latest signed checkpoint covers.",
                journal.apply(ProcessState.JournalNumbers::signedRecords));
        gauge(
                "anteroom_log_witnessed_records",
                "How many of them a witness has signed for.",
                journal.apply(ProcessState.JournalNumbers::witnessedRecords));
        total(
                "anteroom_log_checkpoint_failures",
                "Checkpoints that could not be written or handed to the witness.",
                journal.apply(ProcessState.JournalNumbers::checkpointFailures));
        CounterWithCallback.builder()
                .name("anteroom_journal_records")
                .help("Records written.")
                .labelNames("kind")
                .callback(out -> {
                    ProcessState.JournalNumbers now = state.get().journal();
                    out.call((double) now.intents(), "intent");
                    out.call((double) now.outcomes(), "outcome");
                    out.call((double) now.refusals(), "refusal");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("anteroom_journal_status")
                .help("1 for what the journal is.")
                .labelNames("status")
                .callback(out -> out.call(1, state.get().journal().status()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("anteroom_target_health")
                .help("1 for what a target is.")
                .labelNames("target", "health")
                .callback(out -> state.get().targets().forEach((target, health) -> out.call(1, target, health)))
                .register(registry);
        if (state.get().store().isPresent()) {
            Function<ToDoubleFunction<ProcessState.StoreNumbers>, Supplier<Number>> store =
                    number -> () -> number.applyAsDouble(state.get().store().orElseThrow());
            gauge(
                    "anteroom_store_reachable",
                    "Whether the database does what it is asked.",
                    store.apply(s -> s.reachable() ? 1 : 0));
            gauge(
                    "anteroom_store_backlog_records",
                    "Records that are not in the database yet.",
                    store.apply(ProcessState.StoreNumbers::backlogRecords));
            total(
                    "anteroom_store_shipped_records",
                    "Records that were shipped.",
                    store.apply(ProcessState.StoreNumbers::shippedRecords));
            total(
                    "anteroom_store_failures",
                    "How often shipping was given up, to be tried again.",
                    store.apply(ProcessState.StoreNumbers::failures));
        }
    }

    private void gauge(String name, String help, Supplier<? extends Number> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.get().doubleValue()))
                .register(registry);
    }

    private void total(String name, String help, Supplier<? extends Number> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.get().doubleValue()))
                .register(registry);
    }

    /** Counts a call that is over. */
    public void ended(CallReport report) {
        String workflow = report.workflow();
        calls.labelValues(workflow, report.verdict()).inc();
        if (!report.code().isEmpty()) {
            (report.verdict().equals(CallReport.REFUSED) ? refusals : failures)
                    .labelValues(workflow, report.code())
                    .inc();
        }
        callSeconds.labelValues(workflow).observe(report.durationNanos() / NANOS);
        long before = 0;
        for (CallReport.Moment moment : report.stages()) {
            stageSeconds.labelValues(moment.stage()).observe(Math.max(0, moment.nanos() - before) / NANOS);
            before = moment.nanos();
        }
        for (CallReport.AttemptReport attempt : report.attempts()) {
            attempted(attempt);
        }
        for (String category : report.replaced()) {
            replaced.labelValues(category).inc();
        }
        for (String kind : report.findings()) {
            findings.labelValues(kind).inc();
        }
        if (!report.attempts().isEmpty() && report.promptTokens() + report.completionTokens() > 0) {
            spent(report, report.attempts().getLast());
        }
    }

    private void attempted(CallReport.AttemptReport attempt) {
        attempts.labelValues(attempt.target(), attempt.result()).inc();
        if (attempt.startNanos() >= 0 && attempt.endNanos() >= attempt.startNanos()) {
            attemptSeconds.labelValues(attempt.target()).observe((attempt.endNanos() - attempt.startNanos()) / NANOS);
        }
        if (attempt.startNanos() >= 0 && attempt.firstNanos() >= attempt.startNanos()) {
            firstTokenSeconds
                    .labelValues(attempt.target())
                    .observe((attempt.firstNanos() - attempt.startNanos()) / NANOS);
        }
    }

    private void spent(CallReport report, CallReport.AttemptReport by) {
        String workflow = report.workflow();
        tokens.labelValues(workflow, by.target(), by.model(), "prompt").inc(report.promptTokens());
        tokens.labelValues(workflow, by.target(), by.model(), "completion").inc(report.completionTokens());
        if (report.costMicros().isPresent()) {
            cost.labelValues(workflow, by.target(), by.model(), currency)
                    .inc(report.costMicros().getAsLong() / MICROS);
        } else {
            unpriced.labelValues(by.target(), by.model()).inc();
        }
    }

    /** Counts a request without a valid key; the reason is a word of this program. */
    public void failedLogin(String reason) {
        logins.labelValues(reason).inc();
    }

    /** How late an event loop ran something that was due. */
    public void loopLag(long nanos) {
        loopLag.observe(nanos / NANOS);
    }

    /** Something of a lossy stream was lost. */
    void dropped(String stream, int count) {
        dropped.labelValues(stream).inc(count);
    }

    /** All metrics as text, {@code text/plain; version=0.0.4}. */
    public byte[] scrape() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
        try {
            PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return out.toByteArray();
    }
}
