package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.TraceRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that fail, and what the app, the next target and the record see of it. */
class FallbackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String QUESTION = "What was advised?";
    private static final String QUICK = "timeouts: {connect: 1s, firstToken: 400ms, stall: 400ms, total: 20s}";
    private static final String PROVIDER_TEXT = "Your prompt about canary-4711 was rejected";
    private static final String IMAGE =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";

    /** A fault before anything of an answer reached the app, and how the record names it. */
    static Stream<Arguments> faultsBeforeTheFirstByte() {
        List<Arguments> cases = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true}) {
            cases.add(Arguments.of("500", Script.status(500, "{\"error\":{\"message\":\"x\"}}"), "status_5xx", stream));
            cases.add(Arguments.of("503", Script.status(503, "busy"), "status_5xx", stream));
            cases.add(Arguments.of(
                    "429", Script.status(429, "{}").withHeader("retry-after", "60"), "status_429", stream));
            cases.add(Arguments.of("401", Script.status(401, "{}"), "credential_refused", stream));
            cases.add(Arguments.of(
                    "302",
                    Script.status(302, "").withHeader("location", "http://127.0.0.1:1/"),
                    "broken_answer",
                    stream));
            cases.add(Arguments.of("silence", Script.stallBeforeHeaders(), "timeout_first_token", stream));
            cases.add(Arguments.of(
                    "headers, then silence", Script.text("a").stallAfter(0), "timeout_first_token", stream));
            cases.add(Arguments.of("close", Script.closeBeforeHeaders(), "connection_lost", stream));
            cases.add(Arguments.of("an empty body", Script.status(200, ""), "broken_answer", stream));
            cases.add(Arguments.of(
                    "broken JSON", Script.jsonBody("{\"choices\":[{\"index\":0,"), "broken_answer", stream));
            cases.add(Arguments.of("no choices", Script.jsonBody("{\"choices\":[]}"), "broken_answer", stream));
            cases.add(Arguments.of("an error under 200", Script.text("a").errorMidStream(0), "broken_answer", stream));
            cases.add(Arguments.of(
                    "not JSON",
                    Script.rawChunks("text/html", List.of("<html>".getBytes(StandardCharsets.UTF_8))),
                    "broken_answer",
                    stream));
        }
        cases.add(Arguments.of("a cut body", Script.text("a").cutAfterBytes(40), "connection_lost", false));
        cases.add(Arguments.of("a stream cut at once", Script.text("a").cutAfterBytes(10), "connection_lost", true));
        cases.add(Arguments.of("a broken event", Script.sse(List.of("{oops", "[DONE]")), "broken_answer", true));
        cases.add(Arguments.of("an empty stream", Script.sse(List.of("[DONE]")), "broken_answer", true));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}, stream {3}")
    @MethodSource("faultsBeforeTheFirstByte")
    void fault_beforeTheFirstByte_isAnsweredByTheNextTarget(
            String name, Script fault, String recorded, boolean stream) {
        try (ScriptedProvider first = ScriptedProvider.start(fault);
                ScriptedProvider second = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", first.port(), QUICK)
                        .target("second", second.port(), QUICK)
                        .start()) {
            assertAnsweredBySecond(gateway, recorded, stream);
            assertEquals(1, first.received().size());
            assertEquals(1, second.received().size());
        }
    }

    @Test
    void fault_ofTheConnection_isAnsweredByTheNextTarget() {
        try (ScriptedProvider second = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", RunningGateway.freePort(), QUICK)
                        .target("second", second.port(), QUICK)
                        .start()) {
            assertAnsweredBySecond(gateway, "connect", false);
            assertAnsweredBySecond(gateway, "connect", true);
        }
    }

    private static void assertAnsweredBySecond(RunningGateway gateway, String recorded, boolean stream) {
        HttpResponse<String> answer = gateway.chat(stream ? Chat.stream(QUESTION) : Chat.whole(QUESTION));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("Rest.", stream ? Chat.streamedContent(answer.body()) : Chat.content(answer));
        List<Attempt> attempts = outcome(gateway, answer).attempts();
        assertEquals(
                List.of("first " + recorded, "second answered"),
                attempts.stream().map(a -> a.target() + " " + a.result()).toList());
        assertEquals(-1, attempts.getFirst().firstTokenNanos(), "nothing came of the first, but the record says when");
    }

    static Stream<Arguments> faultsAfterTheFirstByte() {
        Script text = Script.text("Rest and drink enough, and come back if it gets worse.");
        return Stream.of(
                Arguments.of("cut", text.cutAfterBytes(1_500), "broken_after_first_byte", "upstream_failed"),
                Arguments.of(
                        "end without finish", text.endWithoutFinish(), "broken_after_first_byte", "upstream_failed"),
                Arguments.of("stall", text.stallAfter(5), "stall_after_first_byte", "upstream_timeout"),
                Arguments.of("error", text.errorMidStream(5), "broken_after_first_byte", "upstream_failed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsAfterTheFirstByte")
    void fault_afterTheFirstByte_isAnErrorInTheStreamAndNeverAnotherTargetsAnswer(
            String name, Script fault, String recorded, String code) {
        try (ScriptedProvider first = ScriptedProvider.start(fault);
                ScriptedProvider second = ScriptedProvider.start(Script.text("Something else."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", first.port(), QUICK)
                        .target("second", second.port(), QUICK)
                        .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.stream(QUESTION));
            assertEquals(200, answer.statusCode());
            assertTrue(Chat.streamedContent(answer.body()).startsWith("Rest"), answer.body());
            assertEquals(code, Chat.streamedError(answer.body()), answer.body());
            assertEquals("[DONE]", Chat.events(answer.body()).getLast());
            assertFalse(answer.body().contains("\"finish_reason\":\"stop\""), answer.body());
            assertEquals(0, second.received().size());
            Outcome outcome = outcome(gateway, answer);
            assertEquals(code, outcome.code());
            assertEquals(recorded, outcome.attempts().getLast().result());
        }
    }

    @Test
    void totalLimit_ofASlowStream_isAnErrorInTheStream() {
        try (ScriptedProvider first =
                        ScriptedProvider.start(Script.text("Rest. ".repeat(500)).slow(Duration.ofMillis(20)));
                ScriptedProvider second = ScriptedProvider.start(Script.text("Something else."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", first.port(), "timeouts: {connect: 1s, firstToken: 1s, stall: 1s, total: 1s}")
                        .target(
                                "second",
                                second.port(),
                                "timeouts: {connect: 1s, firstToken: 1s, stall: 1s, total: 1s}")
                        .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.stream(QUESTION));
            assertEquals("upstream_timeout", Chat.streamedError(answer.body()), answer.body());
            assertEquals(0, second.received().size());
            assertEquals(
                    "timeout_total",
                    outcome(gateway, answer).attempts().getLast().result());
        }
    }

    @Test
    void retryBudget_isNotExceeded() {
        try (ScriptedProvider failing = ScriptedProvider.start(Script.status(500, "{}"));
                ScriptedProvider good = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("a", failing.port(), QUICK)
                        .target("b", failing.port(), QUICK)
                        .target("c", good.port(), QUICK)
                        .maxAttempts(2)
                        .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(502, answer.statusCode());
            assertEquals(2, failing.received().size());
            assertEquals(0, good.received().size());
        }
    }

    @Test
    void breaker_afterFailures_passesTheTargetOverAndTheRecordSaysSo() {
        try (ScriptedProvider first = ScriptedProvider.start(Script.status(500, "{}"));
                ScriptedProvider second = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", first.port(), QUICK + ", breaker: {failureRate: 50, window: 4, openFor: 60s}")
                        .target("second", second.port(), QUICK)
                        .start()) {
            for (int i = 0; i < 6; i++) {
                assertEquals(200, gateway.chat(Chat.whole(QUESTION)).statusCode());
            }
            int tried = first.received().size();
            assertTrue(tried < 6, "tried every time");

            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(200, answer.statusCode());
            assertEquals(tried, first.received().size());
            assertEquals(
                    List.of("first breaker_open", "second answered"),
                    outcome(gateway, answer).attempts().stream()
                            .map(a -> a.target() + " " + a.result())
                            .toList());
            HttpResponse<String> state = gateway.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/admin/state"))
                            .header("authorization", "Bearer " + gateway.adminToken())
                            .build());
            assertEquals(
                    "resting",
                    new JsonObject(state.body()).getJsonObject("targets").getString("first"));
        }
    }

    @Test
    void allTargets_failed_isA502ThatClientsDoNotRepeat() {
        try (ScriptedProvider failing = ScriptedProvider.start(Script.status(503, PROVIDER_TEXT));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", failing.port(), QUICK)
                        .target("second", failing.port(), QUICK)
                        .start()) {
            for (String body : List.of(Chat.whole(QUESTION), Chat.stream(QUESTION))) {
                HttpResponse<String> answer = gateway.chat(body);
                assertEquals(502, answer.statusCode());
                assertEquals("upstream_failed", Chat.code(answer));
                assertEquals(
                        "false", answer.headers().firstValue("x-should-retry").orElse(""));
                assertFalse(answer.body().contains("canary-4711"));
                assertEquals(502, outcome(gateway, answer).status());
            }
        }
    }

    @Test
    void allTargets_silent_isA504ThatClientsDoNotRepeat() {
        try (ScriptedProvider silent = ScriptedProvider.start(Script.stallBeforeHeaders());
                RunningGateway gateway = new GatewayFiles()
                        .target("first", silent.port(), QUICK)
                        .target("second", silent.port(), QUICK)
                        .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(504, answer.statusCode());
            assertEquals("upstream_timeout", Chat.code(answer));
            assertEquals("false", answer.headers().firstValue("x-should-retry").orElse(""));
            assertEquals(2, silent.received().size());
        }
    }

    @Test
    void rejection_byTheProvider_isOursInOurWordsAndNoOtherTargetsBusiness() {
        String error = new JsonObject()
                .put("error", new JsonObject().put("message", PROVIDER_TEXT).put("type", "invalid_request_error"))
                .encode();
        try (ScriptedProvider first = ScriptedProvider.start(Script.status(400, error));
                ScriptedProvider second = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("first", first.port(), QUICK)
                        .target("second", second.port(), QUICK)
                        .start()) {
            for (String body : List.of(Chat.whole(QUESTION), Chat.stream(QUESTION))) {
                HttpResponse<String> answer = gateway.chat(body);
                assertEquals(400, answer.statusCode());
                assertEquals("upstream_rejected", Chat.code(answer));
                assertFalse(answer.body().contains("canary-4711"), answer.body());
                assertFalse(outcome(gateway, answer).toString().contains("canary-4711"));
            }
            assertEquals(0, second.received().size());
        }
    }

    @Test
    void credential_inAFile_isReadAgainWithoutARestartAndNothingIsSentWithoutIt(@TempDir Path secrets)
            throws Exception {
        Path file = secrets.resolve("provider-key");
        Files.writeString(file, "first-secret\n");
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port(), QUICK + ", credential: \"file:" + file + "\"")
                        .start()) {
            assertEquals(200, gateway.chat(Chat.whole(QUESTION)).statusCode());
            assertEquals("Bearer first-secret", provider.last().header("authorization"));

            Path next = Files.writeString(secrets.resolve("next"), "second-secret\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            await("the new secret is used", () -> {
                assertEquals(200, gateway.chat(Chat.whole(QUESTION)).statusCode());
                return "Bearer second-secret".equals(provider.last().header("authorization"));
            });

            Files.delete(file);
            await(
                    "nothing is sent without a secret",
                    () -> gateway.chat(Chat.whole(QUESTION)).statusCode() == 502);
            int received = provider.received().size();
            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(502, answer.statusCode());
            assertEquals(received, provider.received().size());
            assertEquals(
                    "credential_refused",
                    outcome(gateway, answer).attempts().getLast().result());
            for (byte[] written : gateway.filesOnDisk()) {
                assertFalse(new String(written, StandardCharsets.ISO_8859_1).contains("-secret"));
            }
        }
    }

    @Test
    void credential_inTheEnvironment_isUsedAndAMissingOneSendsNothing() {
        String home = System.getenv("HOME");
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway with = new GatewayFiles()
                        .target("provider", provider.port(), QUICK + ", credential: \"env:HOME\"")
                        .start();
                RunningGateway without = new GatewayFiles()
                        .target("provider", provider.port(), QUICK + ", credential: \"env:ANTEROOM_TEST_NOT_SET\"")
                        .start()) {
            assertEquals(200, with.chat(Chat.whole(QUESTION)).statusCode());
            assertEquals("Bearer " + home, provider.last().header("authorization"));
            HttpResponse<String> answer = without.chat(Chat.whole(QUESTION));
            assertEquals(502, answer.statusCode());
            assertEquals(1, provider.received().size());
        }
    }

    @Test
    void image_withoutAContractForImages_isRefusedAndNamed() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port(), QUICK)
                        .start()) {
            HttpResponse<String> answer = gateway.chat(withImage());
            assertEquals(400, answer.statusCode(), answer.body());
            assertEquals("unscannable_content", Chat.code(answer));
            assertTrue(new JsonObject(answer.body())
                    .getJsonObject("error")
                    .getString("param")
                    .startsWith("messages"));
            assertEquals(0, provider.received().size());
            String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
            TraceRecord record = gateway.trace(traceId).entries().getLast().record();
            assertTrue(record instanceof Refusal, record.toString());
        }
    }

    @Test
    void image_withAContractForImages_goesToThatTargetOnly() {
        try (ScriptedProvider textOnly = ScriptedProvider.start(Script.text("Not me."));
                ScriptedProvider images = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("text-only", textOnly.port(), QUICK)
                        .target("images", images.port(), QUICK, "[text, image]")
                        .start()) {
            HttpResponse<String> answer = gateway.chat(withImage());
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("Rest.", Chat.content(answer));
            assertEquals(0, textOnly.received().size());
            assertTrue(images.last().contains(IMAGE));
        }
    }

    @Test
    void image_whenItsTargetFails_goesToNoTargetWithoutAContractForImages() {
        try (ScriptedProvider images = ScriptedProvider.start(Script.status(500, "{}"));
                ScriptedProvider textOnly = ScriptedProvider.start(Script.text("Not me."));
                RunningGateway gateway = new GatewayFiles()
                        .target("images", images.port(), QUICK, "[text, image]")
                        .target("text-only", textOnly.port(), QUICK)
                        .start()) {
            HttpResponse<String> answer = gateway.chat(withImage());
            assertEquals(502, answer.statusCode(), answer.body());
            assertEquals(1, images.received().size());
            assertEquals(0, textOnly.received().size());
        }
    }

    @Test
    void image_atARemoteAddress_isNeverFetchedByAnybody() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port(), QUICK, "[text, image]")
                        .start()) {
            HttpResponse<String> answer =
                    gateway.chat(withImage().replace(IMAGE, "http://127.0.0.1:" + provider.port() + "/scan.png"));
            assertEquals(400, answer.statusCode(), answer.body());
            assertEquals("unscannable_content", Chat.code(answer));
            assertEquals(0, provider.received().size());
        }
    }

    private static String withImage() {
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("type", "text").put("text", "What does it show?"))
                .add(new JsonObject().put("type", "image_url").put("image_url", new JsonObject().put("url", IMAGE)));
        return new JsonObject()
                .put("model", "gpt-test")
                .put("messages", new JsonArray().add(Chat.user(parts)))
                .encode();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() - until < 0, what);
            Thread.sleep(50);
        }
    }

    private static Outcome outcome(RunningGateway gateway, HttpResponse<String> answer) {
        String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
        return (Outcome) gateway.trace(traceId).entries().getLast().record();
    }
}
