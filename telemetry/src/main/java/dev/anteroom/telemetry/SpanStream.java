package dev.anteroom.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes a span of every call and of every attempt and sends them by OTLP over HTTP. A span's trace id is the trace id of
 * the call without its dashes. Runs on the thread of its {@link LossyStream}.
 */
final class SpanStream implements Consumer<List<CallReport>>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Metrics metrics;
    private final SpanExporter exporter;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final List<SpanData> ended = new ArrayList<>();
    private String traceId = "";

    SpanStream(SpanOptions options, Metrics metrics) {
        this.metrics = metrics;
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(options.endpoint())
                .setTimeout(PATIENCE)
                .setConnectTimeout(PATIENCE)
                .setRetryPolicy(null)
                .setHeaders(() -> options.token()
                        .get()
                        .map(token -> Map.of("authorization", "Bearer " + token))
                        .orElse(Map.of()));
        options.ca().ifPresent(builder::setTrustedCertificates);
        this.exporter = builder.build();
        this.provider = SdkTracerProvider.builder()
                .setSampler(Sampler.alwaysOn())
                .setIdGenerator(new Ids())
                .addSpanProcessor(new Collector())
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "anteroom",
                        AttributeKey.stringKey("service.instance.id"),
                        options.gatewayId(),
                        AttributeKey.stringKey("service.version"),
                        options.build())))
                .build();
        this.tracer = provider.get("dev.anteroom");
    }

    @Override
    public void accept(List<CallReport> reports) {
        for (CallReport report : reports) {
            call(report);
        }
        List<SpanData> spans = List.copyOf(ended);
        ended.clear();
        CompletableResultCode sent = exporter.export(spans).join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!sent.isSuccess()) {
            metrics.dropped("spans", spans.size());
        }
    }

    private void call(CallReport report) {
        traceId = report.traceId().replace("-", "");
        Instant started = report.endedAt().minusNanos(report.durationNanos());
        SpanBuilder builder = tracer.spanBuilder(name(report.model()))
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(started)
                .setAttribute(SpanNames.OPERATION, SpanNames.OPERATION_CHAT)
                .setAttribute(SpanNames.TRACE_ID, report.traceId())
                .setAttribute(SpanNames.TENANT, report.tenant())
                .setAttribute(SpanNames.WORKFLOW, report.workflow())
                .setAttribute(SpanNames.AUDIENCE, report.audience())
                .setAttribute(SpanNames.SNAPSHOT, report.snapshot())
                .setAttribute(SpanNames.VERDICT, report.verdict())
                .setAttribute(SpanNames.STREAM, report.stream())
                .setAttribute(SpanNames.HTTP_STATUS, (long) report.status())
                .setAttribute(SpanNames.REPLACED, (long) report.replaced().size())
                .setAttribute(SpanNames.FINDINGS, (long) report.findings().size());
        if (!report.model().isEmpty()) {
            builder.setAttribute(SpanNames.REQUEST_MODEL, report.model());
        }
        if (!report.attempts().isEmpty()) {
            builder.setAttribute(SpanNames.PROVIDER, report.attempts().getLast().provider())
                    .setAttribute(SpanNames.INPUT_TOKENS, report.promptTokens())
                    .setAttribute(SpanNames.OUTPUT_TOKENS, report.completionTokens());
        }
        if (!report.finish().isEmpty()) {
            builder.setAttribute(SpanNames.FINISH_REASONS, List.of(report.finish()));
        }
        Span call = builder.startSpan();
        for (CallReport.Moment moment : report.stages()) {
            call.addEvent(moment.stage(), started.plusNanos(moment.nanos()));
        }
        for (CallReport.AttemptReport attempt : report.attempts()) {
            attempt(report, attempt, call, started);
        }
        if (!report.code().isEmpty()) {
            call.setAttribute(SpanNames.ERROR_TYPE, report.code());
            call.setStatus(StatusCode.ERROR);
        }
        call.end(report.endedAt());
    }

    private void attempt(CallReport report, CallReport.AttemptReport attempt, Span call, Instant started) {
        boolean sent = attempt.startNanos() >= 0;
        Instant begin = sent ? started.plusNanos(attempt.startNanos()) : report.endedAt();
        Span span = tracer.spanBuilder(name(attempt.model()))
                .setParent(Context.root().with(call))
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(begin)
                .setAttribute(SpanNames.OPERATION, SpanNames.OPERATION_CHAT)
                .setAttribute(SpanNames.PROVIDER, attempt.provider())
                .setAttribute(SpanNames.REQUEST_MODEL, attempt.model())
                .setAttribute(SpanNames.TARGET, attempt.target())
                .setAttribute(SpanNames.RESULT, attempt.result())
                .startSpan();
        if (attempt.status() > 0) {
            span.setAttribute(SpanNames.HTTP_STATUS, (long) attempt.status());
        }
        if (sent && attempt.firstNanos() >= attempt.startNanos()) {
            span.setAttribute(SpanNames.FIRST_TOKEN_MICROS, (attempt.firstNanos() - attempt.startNanos()) / 1_000);
        }
        if (!attempt.result().startsWith("answered")) {
            span.setAttribute(SpanNames.ERROR_TYPE, attempt.result());
            span.setStatus(StatusCode.ERROR);
        }
        span.end(sent && attempt.endNanos() >= attempt.startNanos() ? started.plusNanos(attempt.endNanos()) : begin);
    }

    private static String name(String model) {
        return model.isEmpty() ? SpanNames.OPERATION_CHAT : SpanNames.OPERATION_CHAT + " " + model;
    }

    @Override
    public void close() {
        provider.close();
        exporter.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives spans the trace id of the call that is being told. */
    private final class Ids implements IdGenerator {
        @Override
        public String generateSpanId() {
            return IdGenerator.random().generateSpanId();
        }

        @Override
        public String generateTraceId() {
            return traceId;
        }
    }

    /** Keeps spans that ended for the export that follows. */
    private final class Collector implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
