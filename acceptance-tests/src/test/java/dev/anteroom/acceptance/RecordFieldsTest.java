package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.Candidate;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Parameter;
import dev.anteroom.traces.RedactionSpan;
import dev.anteroom.traces.Trace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a record says of a call beyond its texts. */
class RecordFieldsTest {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String ANSWER = new JsonObject()
            .put("id", "x")
            .put("object", "chat.completion")
            .put("model", "gpt-test-2026")
            .put("system_fingerprint", "fp_1")
            .put(
                    "choices",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("index", 0)
                                    .put("finish_reason", "stop")
                                    .put(
                                            "message",
                                            new JsonObject()
                                                    .put("role", "assistant")
                                                    .put("content", "Rest."))))
            .put(
                    "usage",
                    new JsonObject()
                            .put("prompt_tokens", 20)
                            .put("completion_tokens", 3)
                            .put("total_tokens", 23))
            .encode();

    private static <T> T record(Trace trace, Class<T> kind) {
        return trace.entries().stream()
                .map(Trace.Entry::record)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Trace call(RunningGateway gateway, String body, String traceparent) {
        String id = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                        .header("authorization", "Bearer " + RunningGateway.KEY)
                        .header("content-type", "application/json")
                        .header("traceparent", traceparent)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .headers()
                .firstValue("x-anteroom-trace-id")
                .orElseThrow();
        return gateway.trace(id);
    }

    private static String body(String... turns) {
        JsonArray messages = new JsonArray();
        for (int i = 0; i < turns.length; i++) {
            messages.add(new JsonObject()
                    .put("role", i % 2 == 0 ? "user" : "assistant")
                    .put("content", turns[i]));
        }
        return new JsonObject()
                .put("model", "gpt-test")
                .put("temperature", 0.25)
                .put("messages", messages)
                .encode();
    }

    @Test
    void call_thatFallsBack_isRecordedWithAllThatDecided() throws Exception {
        try (ScriptedProvider broken = ScriptedProvider.start(Script.status(503, "{}"));
                ScriptedProvider good = ScriptedProvider.start(Script.jsonBody(ANSWER));
                RunningGateway gateway = RunningGateway.start(
                        TestConfig.clinician(broken.port(), good.port())
                                .withExtra(
                                        "prices:\n  - {model: gpt-test, from: 2026-01-01, inputPerMillion: 2, outputPerMillion: 10}\n"))) {
            ContentDigest digest = ContentDigest.openOrCreate(gateway.data().resolve("keys"), new SecureRandom());
            String body = body("Ask Ms. Vandersloot, MRN: 4482913.");
            Trace trace = call(gateway, body, TRACEPARENT);
            Intent intent = record(trace, Intent.class);
            assertEquals(digest.original(body), intent.originalHmac());
            assertEquals(TRACEPARENT, intent.context().traceparent());
            assertEquals(64, intent.code().length());
            assertEquals(
                    List.of("tagger.bin", "lexicon.bin"),
                    intent.models().stream().map(model -> model.name()).toList());
            assertEquals("none", intent.draw());
            assertEquals(
                    List.of("[NAME_1]", "[MRN_1]"),
                    intent.redaction().stream().map(RedactionSpan::treatment).toList());
            for (Candidate candidate : intent.candidates()) {
                assertEquals(
                        List.of("model", "environment", "contract", "residue", "boundary"),
                        candidate.filters().stream().map(Candidate.Filter::name).toList());
                assertEquals(candidate.admitted(), candidate.filters().stream().allMatch(Candidate.Filter::passed));
            }

            Outcome outcome = record(trace, Outcome.class);
            ContentDigest.Answer answer = digest.answer();
            answer.document(ANSWER.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(answer.end(), outcome.answerHmac());
            assertEquals(-1, outcome.truncatedAt());
            assertEquals(2, outcome.attempts().size());
            Attempt first = outcome.attempts().getFirst();
            Attempt last = outcome.attempts().getLast();
            assertEquals("next_target", first.left());
            assertEquals(-1, first.costMicros());
            assertEquals("answered", last.left());
            assertEquals("gpt-test-2026", last.returnedModel());
            assertEquals(20, last.promptTokens());
            assertEquals(3, last.completionTokens());
            assertEquals(70, last.costMicros());
            assertTrue(last.parameters().contains(new Parameter("temperature", "0.25")), last::toString);
        }
    }

    @Test
    void call_ofAConversation_isRecordedUnderItsDigest() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            String first = record(call(gateway, body("How long?"), "00-no-hex-01"), Intent.class)
                    .context()
                    .conversation();
            Intent second =
                    record(call(gateway, body("How long?", "A day.", "And then?"), TRACEPARENT + "0"), Intent.class);
            Intent other = record(call(gateway, body("How often?"), "ff" + TRACEPARENT.substring(2)), Intent.class);
            assertEquals(64, first.length());
            assertEquals(first, second.context().conversation());
            assertNotEquals(first, other.context().conversation());
            assertEquals("", second.context().traceparent());
            assertFalse(second.originalHmac().equals(other.originalHmac()));
        }
    }

    @Test
    void annotate_recordedCall_isShownWithIt() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            String id = call(gateway, body("How long?"), TRACEPARENT)
                    .entries()
                    .getFirst()
                    .record()
                    .traceId();
            String data = gateway.data().toString();
            String keys = gateway.data().resolve("keys").toString();
            String[] review = {
                "traces",
                "annotate",
                id,
                "--data",
                data,
                "--keys",
                keys,
                "--kind",
                "review",
                "--value",
                "too short",
                "--actor",
                "jane",
                "--reason",
                "asked by the ward"
            };
            String[] score = {
                "traces",
                "annotate",
                id,
                "--data",
                data,
                "--keys",
                keys,
                "--kind",
                "score",
                "--value",
                "0.5",
                "--actor",
                "grader-2",
                "--reason",
                "nightly grading of answers"
            };
            Said first = Said.by(review);
            assertEquals(0, first.code(), first.err());
            assertEquals(0, Said.by(score).code());
            score[10] = "half";
            assertEquals(2, Said.by(score).code());
            Said shown = Said.by("traces", "show", id, "--data", data, "--keys", keys);
            JsonArray annotations = new JsonObject(shown.out()).getJsonArray("annotations");
            assertEquals(2, annotations.size(), shown.out());
            assertEquals("too short", annotations.getJsonObject(0).getString("value"));
            assertEquals("jane", annotations.getJsonObject(0).getString("actor"));
            assertEquals("score", annotations.getJsonObject(1).getString("kind"));
        }
    }

    @Test
    void call_whoseAnswerBreaks_saysWhereItWasCut() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("Rest for two days.").deltaChars(4).errorMidStream(3));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            String body = new JsonObject(body("How long?")).put("stream", true).encode();
            Outcome outcome = record(call(gateway, body, TRACEPARENT), Outcome.class);
            assertTrue(outcome.truncated());
            assertEquals(outcome.redactedAnswer().chars(), outcome.truncatedAt());
            assertEquals("not_retryable", outcome.attempts().getLast().left());
            assertEquals(64, outcome.answerHmac().length());
        }
    }
}
