package dev.anteroom.telemetry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway tells what happened: counts it and hands it to whoever is configured to hear of it. Thread-safe; no
 * method but {@link #close} waits.
 */
public final class Telemetry implements AutoCloseable {
    private static final String SECOND_SCAN = "second_scan";

    private final Metrics metrics;
    private final @Nullable SpanStream spanStream;
    private final @Nullable LossyStream<CallReport> spans;
    private final @Nullable SecurityEvents events;

    private Telemetry(Metrics metrics, Optional<SpanOptions> spanOptions, Optional<SecurityOptions> securityOptions) {
        this.metrics = metrics;
        SpanStream stream =
                spanOptions.map(options -> new SpanStream(options, metrics)).orElse(null);
        this.spanStream = stream;
        this.spans = stream == null
                ? null
                : new LossyStream<>("telemetry-spans", stream, count -> metrics.dropped("spans", count));
        this.events = securityOptions
                .map(options -> new SecurityEvents(options, metrics))
                .orElse(null);
    }

    /** Telemetry that counts, and sends spans and security events where told to. */
    public static Telemetry start(Metrics metrics, Optional<SpanOptions> spans, Optional<SecurityOptions> events) {
        return new Telemetry(metrics, spans, events);
    }

    public Metrics metrics() {
        return metrics;
    }

    /** A call is over. */
    public void ended(CallReport report) {
        metrics.ended(report);
        if (spans != null) {
            spans.offer(report);
        }
        if (events != null) {
            if (report.verdict().equals(CallReport.REFUSED)) {
                event(report.endedAt(), SecurityEvent.Kind.CALL_REFUSED, facts(report));
            }
            for (CallReport.AttemptReport attempt : report.attempts()) {
                if (attempt.result().equals(SECOND_SCAN)) {
                    Map<String, String> facts = facts(report);
                    facts.put("target", attempt.target());
                    event(report.endedAt(), SecurityEvent.Kind.SECOND_SCAN_HIT, facts);
                }
            }
        }
    }

    private static Map<String, String> facts(CallReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("trace_id", report.traceId());
        facts.put("tenant", report.tenant());
        facts.put("key_id", report.keyId());
        facts.put("workflow", report.workflow());
        facts.put("snapshot", report.snapshot());
        facts.put("code", report.code());
        return facts;
    }

    /** A security event; see {@link SecurityEvent#facts}. */
    public void event(Instant time, SecurityEvent.Kind kind, Map<String, String> facts) {
        if (events != null) {
            events.offer(new SecurityEvent(time, kind, facts));
        }
    }

    /** Stops; what is still to be sent gets a moment to go out. */
    @Override
    public void close() {
        if (spans != null) {
            spans.close();
        }
        if (spanStream != null) {
            spanStream.close();
        }
        if (events != null) {
            events.close();
        }
    }
}
