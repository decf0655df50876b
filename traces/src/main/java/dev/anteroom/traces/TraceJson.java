package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes records as JSON objects whose fields stand in a fixed order, and reads them back. Thread-safe.
 *
 * <p>On disk a record is two objects: the decision, which is the record without the text of the call, and the body, which is
 * that text alone. People are shown both as one object, with {@code null} for a text that was shredded. Strings survive exactly, lone
 * surrogates included; times are ISO 8601, durations nanoseconds.
 */
public final class TraceJson {
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
            .rootValueSeparator((String) null)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    static final String REQUEST = "request";
    static final String REDACTED_REQUEST = "redacted_request";
    static final String REDACTED_ANSWER = "redacted_answer";
    private static final BodyText NO_TEXT = BodyText.of("");

    private TraceJson() {}

    /** One object: {@code record} names the kind, then the record's components in their order. */
    public static void write(TraceRecord record, JsonGenerator out) throws IOException {
        write(record, true, out);
    }

    /** The same without the text of the call. */
    static void writeDecision(WrittenRecord record, JsonGenerator out) throws IOException {
        write(record, false, out);
    }

    /** One object of one field: the text of the call under its name. Throws where it is gone. */
    static void writeBody(WrittenRecord record, JsonGenerator out) throws IOException {
        if (!(body(record) instanceof BodyText.Kept kept)) {
            throw new IllegalArgumentException("a shredded text is never written");
        }
        out.writeStartObject();
        string(out, bodyName(record), kept.text());
        out.writeEndObject();
    }

    /** Whether the record has a text of a call. */
    static boolean hasBody(WrittenRecord record) {
        return !NO_TEXT.equals(body(record));
    }

    private static BodyText body(WrittenRecord record) {
        return switch (record) {
            case Original original -> original.request();
            case Intent intent -> intent.redactedRequest();
            case Outcome outcome -> outcome.redactedAnswer();
            case Refusal _, Interrupted _, Access _ -> NO_TEXT;
        };
    }

    private static String bodyName(WrittenRecord record) {
        return switch (record) {
            case Original _ -> REQUEST;
            case Intent _ -> REDACTED_REQUEST;
            case Outcome _ -> REDACTED_ANSWER;
            case Refusal _, Interrupted _, Access _ -> throw new IllegalArgumentException("a record without text");
        };
    }

    private static void write(TraceRecord record, boolean withText, JsonGenerator out) throws IOException {
        out.writeStartObject();
        switch (record) {
            case Original original -> {
                head(out, "original", original);
                out.writeNumberField("seed", original.seed());
                text(out, original, withText);
            }
            case Intent intent -> write(intent, withText, out);
            case Outcome outcome -> write(outcome, withText, out);
            case Refusal refusal -> write(refusal, out);
            case Interrupted interrupted -> {
                head(out, "interrupted", interrupted);
                string(out, "reason", interrupted.reason());
            }
            case Access access -> write(access, out);
            case ShreddedRecord shredded -> {
                head(out, "shredded", shredded);
                string(out, "kind", shredded.kind());
                shredding(out, shredded.when());
            }
        }
        out.writeEndObject();
    }

    /** A trace: its id and all entries, each with log, sequence, segment and the record. */
    public static void write(Trace trace, JsonGenerator out) throws IOException {
        write(trace, List.of(), out);
    }

    /** The same, and behind them what was said of the call later, where anything was. */
    private static void write(Trace trace, List<Access> annotations, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("entries");
        for (Trace.Entry entry : trace.entries()) {
            out.writeStartObject();
            string(out, "log", entry.id().log());
            out.writeNumberField("sequence", entry.sequence());
            string(out, "segment", entry.segment());
            out.writeFieldName("record");
            write(entry.record(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
        if (!annotations.isEmpty()) {
            out.writeArrayFieldStart("annotations");
            for (Access annotation : annotations) {
                write((TraceRecord) annotation, out);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** A line of a list. */
    public static void write(TraceSummary summary, JsonGenerator out) throws IOException {
        out.writeStartObject();
        string(out, "trace_id", summary.traceId());
        string(out, "time", summary.time().toString());
        string(out, "kind", summary.kind());
        caller(out, summary.caller());
        string(out, "model", summary.model());
        out.writeNumberField("status", summary.status());
        string(out, "finish", summary.finish());
        out.writeEndObject();
    }

    public static String text(TraceRecord record) {
        return text(out -> write(record, out));
    }

    public static String text(Trace trace) {
        return text(out -> write(trace, out));
    }

    /** A trace with what was said of it later. */
    public static String text(Trace trace, List<Access> annotations) {
        return text(out -> write(trace, annotations, out));
    }

    public static String text(TraceSummary summary) {
        return text(out -> write(summary, out));
    }

    /** Reads a record as it was written, strictly. */
    public static TraceRecord parse(WrittenJson written) throws IOException {
        byte[] body = written.body().getBytes(StandardCharsets.UTF_8);
        return TraceJsonParser.decision(
                written.decision().getBytes(StandardCharsets.UTF_8),
                0,
                body.length == 0 ? NO_TEXT : TraceJsonParser.body(body, 0));
    }

    /** Reads a decision behind its salt, strictly, and joins it with its text. */
    static WrittenRecord parse(byte[] decision, BodyText text) throws IOException {
        return TraceJsonParser.decision(decision, Frame.SALT_BYTES, text);
    }

    /** Reads a body behind its salt, strictly; an empty array is an empty text. */
    static BodyText parseBody(byte[] body) throws IOException {
        return body.length == 0 ? NO_TEXT : TraceJsonParser.body(body, Frame.SALT_BYTES);
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private static String text(Body body) {
        // Through bytes: that generator escapes surrogates, so a lone one survives whatever the text goes through.
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static void write(Intent intent, boolean withText, JsonGenerator out) throws IOException {
        head(out, "intent", intent);
        string(out, "request_id", intent.requestId());
        caller(out, intent.caller());
        context(out, intent.context());
        string(out, "snapshot", intent.snapshot());
        string(out, "profile", intent.profile());
        string(out, "redactor", intent.redactor());
        string(out, "build", intent.build());
        string(out, "code", intent.code());
        out.writeArrayFieldStart("models");
        for (ModelDigest model : intent.models()) {
            out.writeStartObject();
            string(out, "name", model.name());
            string(out, "sha256", model.sha256());
            out.writeEndObject();
        }
        out.writeEndArray();
        string(out, "requested_model", intent.requestedModel());
        out.writeBooleanField("stream", intent.stream());
        string(out, "original_hmac", intent.originalHmac());
        string(out, "request_digest", intent.requestDigest());
        text(out, intent, withText);
        out.writeArrayFieldStart("redaction");
        for (RedactionSpan span : intent.redaction()) {
            out.writeStartObject();
            string(out, "path", span.path());
            out.writeNumberField("start", span.start());
            out.writeNumberField("end", span.end());
            string(out, "category", span.category());
            string(out, "layer", span.layer());
            out.writeNumberField("score", span.score());
            string(out, "treatment", span.treatment());
            out.writeEndObject();
        }
        out.writeEndArray();
        strings(out, "residue", intent.residue());
        out.writeArrayFieldStart("candidates");
        for (Candidate candidate : intent.candidates()) {
            out.writeStartObject();
            string(out, "target", candidate.target());
            out.writeBooleanField("admitted", candidate.admitted());
            string(out, "reason", candidate.reason());
            out.writeArrayFieldStart("filters");
            for (Candidate.Filter filter : candidate.filters()) {
                out.writeStartObject();
                string(out, "name", filter.name());
                out.writeBooleanField("passed", filter.passed());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        strings(out, "targets", intent.targets());
        string(out, "draw", intent.draw());
    }

    private static void write(Outcome outcome, boolean withText, JsonGenerator out) throws IOException {
        head(out, "outcome", outcome);
        out.writeNumberField("status", outcome.status());
        string(out, "finish", outcome.finish());
        string(out, "code", outcome.code());
        out.writeArrayFieldStart("attempts");
        for (Attempt attempt : outcome.attempts()) {
            write(attempt, out);
        }
        out.writeEndArray();
        text(out, outcome, withText);
        string(out, "answer_hmac", outcome.answerHmac());
        out.writeArrayFieldStart("findings");
        for (Finding finding : outcome.findings()) {
            out.writeStartObject();
            string(out, "kind", finding.kind());
            string(out, "category", finding.category());
            string(out, "channel", finding.channel());
            out.writeEndObject();
        }
        out.writeEndArray();
        string(out, "release", outcome.release());
        out.writeNumberField("prompt_tokens", outcome.promptTokens());
        out.writeNumberField("completion_tokens", outcome.completionTokens());
        out.writeArrayFieldStart("timings");
        for (StageTiming timing : outcome.timings()) {
            out.writeStartObject();
            string(out, "stage", timing.stage());
            out.writeNumberField("nanos", timing.nanos());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("answer_chars", outcome.answerChars());
        out.writeBooleanField("truncated", outcome.truncated());
        out.writeNumberField("truncated_at", outcome.truncatedAt());
    }

    private static void write(Attempt attempt, JsonGenerator out) throws IOException {
        out.writeStartObject();
        string(out, "target", attempt.target());
        string(out, "requested_model", attempt.requestedModel());
        string(out, "returned_model", attempt.returnedModel());
        string(out, "fingerprint", attempt.fingerprint());
        out.writeNumberField("status", attempt.status());
        string(out, "result", attempt.result());
        out.writeNumberField("start_nanos", attempt.startNanos());
        out.writeNumberField("first_token_nanos", attempt.firstTokenNanos());
        out.writeNumberField("end_nanos", attempt.endNanos());
        out.writeArrayFieldStart("parameters");
        for (Parameter parameter : attempt.parameters()) {
            out.writeStartObject();
            string(out, "name", parameter.name());
            string(out, "value", parameter.value());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("prompt_tokens", attempt.promptTokens());
        out.writeNumberField("completion_tokens", attempt.completionTokens());
        out.writeNumberField("cost_micros", attempt.costMicros());
        string(out, "left", attempt.left());
        out.writeEndObject();
    }

    private static void write(Refusal refusal, JsonGenerator out) throws IOException {
        head(out, "refusal", refusal);
        string(out, "request_id", refusal.requestId());
        caller(out, refusal.caller());
        context(out, refusal.context());
        string(out, "snapshot", refusal.snapshot());
        out.writeNumberField("status", refusal.status());
        string(out, "code", refusal.code());
        string(out, "path", refusal.path());
        string(out, "category", refusal.category());
        string(out, "advice", refusal.advice());
    }

    private static void shredding(JsonGenerator out, Shredding when) throws IOException {
        out.writeObjectFieldStart("shredded");
        string(out, "at", when.at().toString());
        string(out, "by", when.by());
        out.writeEndObject();
    }

    private static void write(Access access, JsonGenerator out) throws IOException {
        head(out, "access", access);
        string(out, "actor", access.actor());
        string(out, "reason", access.reason());
        string(out, "act", access.act().word());
        switch (access.act()) {
            case Act.OriginalsRead read -> selection(out, read.calls());
            case Act.Shredded shredded -> {
                selection(out, shredded.calls());
                strings(
                        out,
                        "parts",
                        shredded.parts().stream().map(RecordPart::word).toList());
                out.writeNumberField("records", shredded.records());
            }
            case Act.HoldSet set -> {
                string(out, "name", set.name());
                selection(out, set.calls());
            }
            case Act.HoldReleased released -> string(out, "name", released.name());
            case Act.KeyRotated rotated -> {
                string(out, "role", rotated.role());
                string(out, "old_key", rotated.oldKey());
                string(out, "new_key", rotated.newKey());
            }
            case Act.KeysRewrapped wrapped -> {
                string(out, "role", wrapped.role());
                string(out, "new_key", wrapped.newKey());
                out.writeNumberField("records", wrapped.records());
            }
            case Act.Annotated annotated -> {
                string(out, "call", annotated.traceId());
                string(out, "kind", annotated.kind().name().toLowerCase(Locale.ROOT));
                string(out, "value", annotated.value());
            }
        }
    }

    /** Bounds that are none are empty texts. */
    private static void selection(JsonGenerator out, Selection calls) throws IOException {
        out.writeObjectFieldStart("calls");
        strings(out, "trace_ids", calls.traceIds());
        string(out, "tenant", calls.tenant());
        string(
                out,
                "from",
                calls.from().equals(Instant.EPOCH) ? "" : calls.from().toString());
        string(
                out,
                "until",
                calls.until().equals(Instant.MAX) ? "" : calls.until().toString());
        out.writeEndObject();
    }

    /** A hold as it lies on disk. */
    static String text(Hold hold) {
        return text(out -> {
            out.writeStartObject();
            string(out, "name", hold.name());
            string(out, "since", hold.since().toString());
            selection(out, hold.selection());
            out.writeEndObject();
        });
    }

    private static void text(JsonGenerator out, WrittenRecord record, boolean withText) throws IOException {
        if (withText) {
            switch (body(record)) {
                case BodyText.Kept kept -> string(out, bodyName(record), kept.text());
                case BodyText.Shredded shredded -> {
                    out.writeNullField(bodyName(record));
                    shredding(out, shredded.when());
                }
            }
        }
    }

    private static void head(JsonGenerator out, String kind, TraceRecord record) throws IOException {
        string(out, "record", kind);
        string(out, "trace_id", record.traceId());
        Instant time = record.time();
        string(out, "time", time.toString());
    }

    private static void caller(JsonGenerator out, Caller caller) throws IOException {
        out.writeObjectFieldStart("caller");
        string(out, "tenant", caller.tenant());
        string(out, "environment", caller.environment());
        string(out, "key_id", caller.keyId());
        string(out, "workflow", caller.workflow());
        string(out, "audience", caller.audience());
        out.writeEndObject();
    }

    private static void context(JsonGenerator out, CallContext context) throws IOException {
        out.writeObjectFieldStart("context");
        string(out, "actor", context.actor());
        string(out, "purpose", context.purpose());
        string(out, "run", context.run());
        string(out, "step", context.step());
        string(out, "parent", context.parent());
        string(out, "conversation", context.conversation());
        string(out, "traceparent", context.traceparent());
        out.writeEndObject();
    }

    private static void strings(JsonGenerator out, String name, List<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    /** A null, which only unchecked code can pass, is refused here rather than found when reading. */
    private static void string(JsonGenerator out, String name, String value) throws IOException {
        out.writeStringField(name, Objects.requireNonNull(value, name));
    }
}
