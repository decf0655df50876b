package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one part of a record: exactly the fields that {@link TraceJson} writes, in its order. Confined to one call. */
final class TraceJsonParser {
    private final JsonParser in;

    private TraceJsonParser(JsonParser in) {
        this.in = in;
    }

    static WrittenRecord decision(byte[] json, int from, BodyText text) throws IOException {
        return parse(json, from, parser -> parser.record(text));
    }

    static BodyText body(byte[] json, int from) throws IOException {
        return parse(json, from, TraceJsonParser::text);
    }

    private interface Part<T> {
        T read(TraceJsonParser parser) throws IOException;
    }

    private static <T> T parse(byte[] json, int from, Part<T> part) throws IOException {
        try (JsonParser in = TraceJson.FACTORY.createParser(json, from, json.length - from)) {
            T read = part.read(new TraceJsonParser(in));
            if (in.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return read;
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException("a field is not of its form", e);
        }
    }

    private BodyText text() throws IOException {
        expect(JsonToken.START_OBJECT);
        check(in.nextToken() == JsonToken.FIELD_NAME, "a text");
        switch (in.currentName()) {
            case TraceJson.REQUEST, TraceJson.REDACTED_REQUEST, TraceJson.REDACTED_ANSWER -> {}
            default -> throw new IOException("not a text that is known");
        }
        expect(JsonToken.VALUE_STRING);
        BodyText text = BodyText.of(in.getText());
        expect(JsonToken.END_OBJECT);
        return text;
    }

    private WrittenRecord record(BodyText text) throws IOException {
        expect(JsonToken.START_OBJECT);
        String kind = string("record");
        String traceId = string("trace_id");
        Instant time = Instant.parse(string("time"));
        WrittenRecord record = switch (kind) {
            case "original" -> new Original(traceId, time, number("seed"), text);
            case "intent" -> intent(traceId, time, text);
            case "outcome" -> outcome(traceId, time, text);
            case "refusal" -> refusal(traceId, time);
            case "interrupted" -> new Interrupted(traceId, time, string("reason"));
            case "access" -> new Access(traceId, time, string("actor"), string("reason"), act());
            default -> throw new IOException("record: not a kind that is known");
        };
        expect(JsonToken.END_OBJECT);
        return record;
    }

    /** A hold as it lies on disk. */
    static Hold hold(byte[] json) throws IOException {
        return parse(json, 0, parser -> {
            parser.expect(JsonToken.START_OBJECT);
            Hold hold = new Hold(parser.string("name"), Instant.parse(parser.string("since")), parser.selection());
            parser.expect(JsonToken.END_OBJECT);
            return hold;
        });
    }

    private Act act() throws IOException {
        String act = string("act");
        return switch (act) {
            case "originals_read" -> new Act.OriginalsRead(selection());
            case "shredded" -> new Act.Shredded(selection(), parts(), number("records"));
            case "hold_set" -> new Act.HoldSet(string("name"), selection());
            case "hold_released" -> new Act.HoldReleased(string("name"));
            case "key_rotated" -> new Act.KeyRotated(string("role"), string("old_key"), string("new_key"));
            case "keys_rewrapped" -> new Act.KeysRewrapped(string("role"), string("new_key"), number("records"));
            case "annotated" ->
                new Act.Annotated(
                        string("call"),
                        Act.Annotated.Kind.valueOf(string("kind").toUpperCase(Locale.ROOT)),
                        string("value"));
            default -> throw new IOException("act: not one that is known");
        };
    }

    private List<RecordPart> parts() throws IOException {
        List<RecordPart> parts = new ArrayList<>();
        for (String word : strings("parts")) {
            parts.add(RecordPart.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return parts;
    }

    private Selection selection() throws IOException {
        name("calls");
        expect(JsonToken.START_OBJECT);
        List<String> ids = strings("trace_ids");
        String tenant = string("tenant");
        String from = string("from");
        String until = string("until");
        expect(JsonToken.END_OBJECT);
        return new Selection(
                ids,
                tenant,
                from.isEmpty() ? Instant.EPOCH : Instant.parse(from),
                until.isEmpty() ? Instant.MAX : Instant.parse(until));
    }

    // Java evaluates arguments from left to right, which is the order of the fields.

    private Intent intent(String traceId, Instant time, BodyText text) throws IOException {
        return new Intent(
                traceId,
                string("request_id"),
                time,
                caller(),
                context(),
                string("snapshot"),
                string("profile"),
                string("redactor"),
                string("build"),
                string("code"),
                list("models", () -> new ModelDigest(string("name"), string("sha256"))),
                string("requested_model"),
                bool("stream"),
                string("original_hmac"),
                string("request_digest"),
                text,
                list("redaction", this::span),
                strings("residue"),
                list(
                        "candidates",
                        () -> new Candidate(
                                string("target"),
                                bool("admitted"),
                                string("reason"),
                                list("filters", () -> new Candidate.Filter(string("name"), bool("passed"))))),
                strings("targets"),
                string("draw"));
    }

    private Outcome outcome(String traceId, Instant time, BodyText text) throws IOException {
        return new Outcome(
                traceId,
                time,
                integer("status"),
                string("finish"),
                string("code"),
                list("attempts", this::attempt),
                text,
                string("answer_hmac"),
                list("findings", () -> new Finding(string("kind"), string("category"), string("channel"))),
                string("release"),
                number("prompt_tokens"),
                number("completion_tokens"),
                list("timings", () -> new StageTiming(string("stage"), number("nanos"))),
                integer("answer_chars"),
                bool("truncated"),
                integer("truncated_at"));
    }

    private Refusal refusal(String traceId, Instant time) throws IOException {
        return new Refusal(
                traceId,
                string("request_id"),
                time,
                caller(),
                context(),
                string("snapshot"),
                integer("status"),
                string("code"),
                string("path"),
                string("category"),
                string("advice"));
    }

    private RedactionSpan span() throws IOException {
        return new RedactionSpan(
                string("path"),
                integer("start"),
                integer("end"),
                string("category"),
                string("layer"),
                real("score"),
                string("treatment"));
    }

    private Attempt attempt() throws IOException {
        return new Attempt(
                string("target"),
                string("requested_model"),
                string("returned_model"),
                string("fingerprint"),
                integer("status"),
                string("result"),
                number("start_nanos"),
                number("first_token_nanos"),
                number("end_nanos"),
                list("parameters", () -> new Parameter(string("name"), string("value"))),
                number("prompt_tokens"),
                number("completion_tokens"),
                number("cost_micros"),
                string("left"));
    }

    private Caller caller() throws IOException {
        name("caller");
        expect(JsonToken.START_OBJECT);
        Caller caller = new Caller(
                string("tenant"), string("environment"), string("key_id"), string("workflow"), string("audience"));
        expect(JsonToken.END_OBJECT);
        return caller;
    }

    private CallContext context() throws IOException {
        name("context");
        expect(JsonToken.START_OBJECT);
        CallContext context = new CallContext(
                string("actor"),
                string("purpose"),
                string("run"),
                string("step"),
                string("parent"),
                string("conversation"),
                string("traceparent"));
        expect(JsonToken.END_OBJECT);
        return context;
    }

    private interface Body<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(String name, Body<T> body) throws IOException {
        name(name);
        expect(JsonToken.START_ARRAY);
        List<T> items = new ArrayList<>();
        JsonToken token = in.nextToken();
        while (token == JsonToken.START_OBJECT) {
            items.add(body.read());
            expect(JsonToken.END_OBJECT);
            token = in.nextToken();
        }
        check(token == JsonToken.END_ARRAY, name);
        return items;
    }

    private List<String> strings(String name) throws IOException {
        name(name);
        expect(JsonToken.START_ARRAY);
        List<String> items = new ArrayList<>();
        JsonToken token = in.nextToken();
        while (token == JsonToken.VALUE_STRING) {
            items.add(in.getText());
            token = in.nextToken();
        }
        check(token == JsonToken.END_ARRAY, name);
        return items;
    }

    private String string(String name) throws IOException {
        name(name);
        expect(JsonToken.VALUE_STRING);
        return in.getText();
    }

    private int integer(String name) throws IOException {
        name(name);
        expect(JsonToken.VALUE_NUMBER_INT);
        return in.getIntValue();
    }

    private long number(String name) throws IOException {
        name(name);
        expect(JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private double real(String name) throws IOException {
        name(name);
        expect(JsonToken.VALUE_NUMBER_FLOAT);
        return in.getDoubleValue();
    }

    private boolean bool(String name) throws IOException {
        name(name);
        JsonToken token = in.nextToken();
        check(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, name);
        return token == JsonToken.VALUE_TRUE;
    }

    private void name(String name) throws IOException {
        check(in.nextToken() == JsonToken.FIELD_NAME && name.equals(in.currentName()), name);
    }

    private void expect(JsonToken expected) throws IOException {
        check(in.nextToken() == expected, expected.name());
    }

    private static void check(boolean right, String expected) throws IOException {
        if (!right) {
            throw new IOException("not a record (expected: " + expected + ")");
        }
    }
}
