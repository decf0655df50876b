package dev.anteroom.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a real receiver of OTLP over HTTP gets them, read with the published classes of the protocol. */
class SpanStreamTest {
    private static final String TRACE_ID = "018f0000-0000-7000-8000-0000000000aa";

    /** One export. */
    private record Received(ExportTraceServiceRequest request, String authorization, String path) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Metrics metrics = new Metrics("abc", "build-1", "USD");
    private HttpServer receiver;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                received.add(new Received(
                        ExportTraceServiceRequest.parseFrom(body),
                        String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                        exchange.getRequestURI().getPath()));
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private Telemetry telemetry() {
        return Telemetry.start(
                metrics,
                Optional.of(new SpanOptions(
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces",
                        () -> Optional.of("secret-token"),
                        Optional.empty(),
                        "gw-1",
                        "build-1")),
                Optional.empty());
    }

    private Received next() throws InterruptedException {
        Received one = received.poll(30, TimeUnit.SECONDS);
        assertNotNull(one, "nothing was exported");
        return one;
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    private static Map<String, String> attributes(List<KeyValue> values) {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue one : values) {
            attributes.put(
                    one.getKey(),
                    switch (one.getValue().getValueCase()) {
                        case STRING_VALUE -> one.getValue().getStringValue();
                        case INT_VALUE -> Long.toString(one.getValue().getIntValue());
                        case BOOL_VALUE -> Boolean.toString(one.getValue().getBoolValue());
                        case ARRAY_VALUE ->
                            one.getValue().getArrayValue().getValues(0).getStringValue();
                        default -> throw new AssertionError(one.toString());
                    });
        }
        return attributes;
    }

    @Test
    void ended_callWithTwoAttempts_isASpanWithTwoChildren() throws InterruptedException {
        try (Telemetry telemetry = telemetry()) {
            telemetry.ended(MetricsTest.answered(TRACE_ID));
            Received one = next();
            assertEquals("/v1/traces", one.path());
            assertEquals("Bearer secret-token", one.authorization());
            assertEquals(
                    Map.of("service.name", "anteroom", "service.instance.id", "gw-1", "service.version", "build-1"),
                    attributes(one.request().getResourceSpans(0).getResource().getAttributesList()));
            List<Span> spans = spans(one.request());
            assertEquals(3, spans.size());
            Span call = spans.stream()
                    .filter(s -> s.getParentSpanId().isEmpty())
                    .findFirst()
                    .orElseThrow();
            List<Span> attempts = new ArrayList<>(spans);
            attempts.remove(call);
            assertEquals(
                    TRACE_ID.replace("-", ""),
                    HexFormat.of().formatHex(call.getTraceId().toByteArray()));
            assertEquals("chat large", call.getName());
            assertEquals(3_000_000_000L, call.getEndTimeUnixNano() - call.getStartTimeUnixNano());
            assertEquals(
                    List.of("parsed", "redacted", "released"),
                    call.getEventsList().stream().map(Span.Event::getName).toList());
            Map<String, String> named = attributes(call.getAttributesList());
            assertEquals("chat", named.get("gen_ai.operation.name"));
            assertEquals("large", named.get("gen_ai.request.model"));
            assertEquals("1200", named.get("gen_ai.usage.input_tokens"));
            assertEquals("stop", named.get("gen_ai.response.finish_reasons"));
            assertEquals("unchecked", named.get("anteroom.verdict"));
            assertEquals("3", named.get("anteroom.replaced"));
            for (Span attempt : attempts) {
                assertEquals(call.getSpanId(), attempt.getParentSpanId());
                assertEquals(call.getTraceId(), attempt.getTraceId());
                assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, attempt.getKind());
            }
            Map<String, String> failed = attributes(attempts.getFirst().getAttributesList());
            assertEquals("status_5xx", failed.get("error.type"));
            assertEquals("503", failed.get("http.response.status_code"));
            assertEquals(
                    Status.StatusCode.STATUS_CODE_ERROR,
                    attempts.getFirst().getStatus().getCode());
            Map<String, String> answered = attributes(attempts.getLast().getAttributesList());
            assertEquals("azure.ai.openai", answered.get("gen_ai.provider.name"));
            assertEquals("300000", answered.get("anteroom.attempt.first_token_us"));
        }
    }

    @Test
    void ended_refusedCall_isASpanThatSaysWhy() throws InterruptedException {
        try (Telemetry telemetry = telemetry()) {
            telemetry.ended(MetricsTest.refused(TRACE_ID));
            Span call = spans(next().request()).getFirst();
            assertEquals("chat", call.getName());
            assertEquals(
                    "unsupported_parameter",
                    attributes(call.getAttributesList()).get("error.type"));
            assertEquals(Status.StatusCode.STATUS_CODE_ERROR, call.getStatus().getCode());
        }
    }

    @Test
    void ended_receiverRefusesOrIsAway_spansAreLostAndCounted() throws InterruptedException {
        status = 500;
        try (Telemetry telemetry = telemetry()) {
            telemetry.ended(MetricsTest.answered(TRACE_ID));
            next();
            awaitDropped(3);
            receiver.stop(0);
            telemetry.ended(MetricsTest.refused(TRACE_ID));
            awaitDropped(4);
        }
    }

    private void awaitDropped(int spans) throws InterruptedException {
        String line = "anteroom_telemetry_dropped_total{stream=\"spans\"} " + spans + ".0";
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!new String(metrics.scrape(), StandardCharsets.UTF_8).contains(line)) {
            assertTrue(System.nanoTime() < until, () -> "expected " + line);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void close_callsStillQueued_areSent() throws InterruptedException {
        int calls = 300;
        try (Telemetry telemetry = telemetry()) {
            for (int i = 0; i < calls; i++) {
                telemetry.ended(MetricsTest.refused(TRACE_ID));
            }
        }
        int sent = 0;
        while (!received.isEmpty()) {
            sent += spans(next().request()).size();
        }
        assertEquals(calls, sent);
    }
}
