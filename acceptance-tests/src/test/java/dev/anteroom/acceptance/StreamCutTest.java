package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However a provider's stream is cut on its way, the app reads the same; and a stream that does not end well never looks as if it did. */
final class StreamCutTest {
    private static final String SSN = "512-44-7731";
    private static final String PHONE = "212-664-7665";
    private static final String REQUEST_TEXT =
            "Her social security number is " + SSN + ". Please call " + PHONE + " before the visit. What now?";

    @Test
    void streamCutAtEveryByte_readsTheSame() throws Exception {
        byte[] stream = fixture();
        Map<Integer, StreamedAnswer> different = new ConcurrentHashMap<>();
        try (ScriptedProvider provider = ScriptedProvider.start(request -> {
                    int cut = new JsonObject(request.text()).getInteger("max_tokens");
                    return Script.rawChunks(
                            cut == 0
                                    ? List.of(stream)
                                    : List.of(
                                            Arrays.copyOfRange(stream, 0, cut),
                                            Arrays.copyOfRange(stream, cut, stream.length)));
                });
                RunningGateway gateway = RunningGateway.before(provider.port());
                ExecutorService apps = Executors.newFixedThreadPool(4)) {
            StreamedAnswer whole = StreamedAnswer.read(call(gateway, 0).body());
            assertEquals(expected(), whole);
            for (int cut = 1; cut < stream.length; cut++) {
                int at = cut;
                apps.execute(() -> {
                    StreamedAnswer answer =
                            StreamedAnswer.read(call(gateway, at).body());
                    if (!answer.equals(whole)) {
                        different.put(at, answer);
                    }
                });
            }
            apps.shutdown();
            assertTrue(apps.awaitTermination(5, TimeUnit.MINUTES));
            System.out.println("StreamCutTest: " + (stream.length - 1) + " cuts");
        }
        assertEquals(Map.of(), different);
    }

    @Test
    void streamOfSingleBytes_readsTheSame() {
        byte[] stream = fixture();
        List<byte[]> bytes = new ArrayList<>();
        for (byte b : stream) {
            bytes.add(new byte[] {b});
        }
        try (ScriptedProvider provider = ScriptedProvider.start(Script.rawChunks(bytes));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            assertEquals(expected(), StreamedAnswer.read(call(gateway, 0).body()));
        }
    }

    @Test
    void otherLineEndsAndComments_readTheSame() {
        String stream = new String(fixture(), StandardCharsets.UTF_8);
        List<String> variants = List.of(
                stream.replace("\n", "\r\n"),
                stream.replace("\n", "\r"),
                stream.replace("data: ", "data:"),
                ": hello\n\n" + stream.replace("data: ", ": PROCESSING\n\nevent: message\nid: 7\nretry: 9\ndata: "),
                "\uFEFF" + stream);
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("unused"));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (String variant : variants) {
                provider.script(Script.rawChunks(List.of(variant.getBytes(StandardCharsets.UTF_8))));
                assertEquals(expected(), StreamedAnswer.read(call(gateway, 0).body()));
            }
        }
    }

    @Test
    void streamWithoutFinish_endsInAnErrorAndDone() {
        brokenAfterText(
                "upstream_failed",
                Script.text("It says rest and fluids.").endWithoutFinish(),
                "It says rest and fluids.");
    }

    @Test
    void connectionCutInTheMiddle_endsInAnErrorAndDone() {
        byte[] stream = fixture();
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("unused"));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (int bytes = 300; bytes < stream.length - 300; bytes += 331) {
                provider.script(Script.rawChunks(List.of(stream)).cutAfterBytes(bytes));
                HttpResponse<String> answer = call(gateway, 0);
                assertEquals(200, answer.statusCode());
                StreamedAnswer read = StreamedAnswer.read(answer.body());
                assertEquals("upstream_failed", read.error(), "cut after " + bytes);
                assertTrue(read.done());
                String begin = read.channels().getOrDefault("0 content", "");
                assertTrue(expected().text("0 content").startsWith(begin), begin);
                assertFalse(read.channels().containsKey("0 finish_reason"), answer::body);
                assertEquals("upstream_failed", outcome(gateway, answer).code());
            }
        }
    }

    @Test
    void connectionCutBeforeAnEvent_isAnErrorStatus() {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.rawChunks(List.of(fixture())).cutAfterBytes(20));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            assertRefused(gateway, true, 502, "upstream_failed");
            provider.script(Script.closeBeforeHeaders());
            assertRefused(gateway, true, 502, "upstream_failed");
            assertRefused(gateway, false, 502, "upstream_failed");
        }
    }

    @Test
    void errorObjectInTheMiddle_isPassedOnAsOurError() {
        brokenAfterText(
                "upstream_failed", Script.text("It says rest and fluids.").errorMidStream(4), "It says");
    }

    @Test
    void brokenChunkInTheMiddle_endsInAnErrorAndDone() {
        String first = chunk(0, new JsonObject().put("content", "It says rest."), null);
        for (String broken : List.of(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud800\"},\"finish_reason\":null}]}",
                "{\"choices\":[],\"choices\":[]}",
                "{\"usage\":{}}",
                "[]",
                "[DONE")) {
            brokenAfterText("upstream_failed", Script.sse(List.of(first, broken, "[DONE]")), "It says rest.");
        }
    }

    @Test
    void emptyOrErrorAnswersWithStatus200_areErrors() {
        String error =
                "{\"error\":{\"message\":\"no capacity\",\"type\":\"server_error\",\"param\":null,\"code\":null}}";
        String noChoices = "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[]}";
        String emptyMessage =
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null},\"finish_reason\":\"stop\"}]}";
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("unused"));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (String body : List.of(error, noChoices, emptyMessage, "", "not json", "null", "[]", "{}")) {
                provider.script(Script.jsonBody(body));
                assertRefused(gateway, false, 502, "upstream_failed");
                assertBreakerIsReset(provider, gateway);
                provider.script(Script.jsonBody(body));
                assertRefused(gateway, true, 502, "upstream_failed");
                assertBreakerIsReset(provider, gateway);
            }
            for (List<String> events : List.of(
                    List.<String>of(),
                    List.of("[DONE]"),
                    List.of(error, "[DONE]"),
                    List.of("{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}", "[DONE]"))) {
                provider.script(Script.sse(events));
                assertRefused(gateway, true, 502, "upstream_failed");
                assertBreakerIsReset(provider, gateway);
                provider.script(Script.sse(events));
                assertRefused(gateway, false, 502, "upstream_failed");
                assertBreakerIsReset(provider, gateway);
            }
        }
    }

    @Test
    void streamedAnswerToAWholeCall_isNotPassedOn() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.rawChunks(List.of(fixture())));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            assertRefused(gateway, false, 502, "upstream_failed");
        }
    }

    @Test
    void stalledStream_endsInAnErrorAndDone() {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("It says rest and fluids.").stallAfter(4));
                RunningGateway gateway = RunningGateway.start(TestConfig.clinician(provider.port())
                        .withTimeouts("{connect: 2s, firstToken: 1s, stall: 500ms, total: 30s}"))) {
            HttpResponse<String> answer = call(gateway, 0);
            StreamedAnswer read = StreamedAnswer.read(answer.body());
            assertEquals("upstream_timeout", read.error());
            assertTrue(read.done());
            assertEquals("upstream_timeout", outcome(gateway, answer).code());

            provider.script(Script.stallBeforeHeaders());
            assertRefused(gateway, true, 504, "upstream_timeout");
            assertRefused(gateway, false, 504, "upstream_timeout");
        }
    }

    @Test
    void slowStream_isReadToItsEnd() {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("It says rest and fluids.").slow(Duration.ofMillis(150)));
                RunningGateway gateway = RunningGateway.start(TestConfig.clinician(provider.port())
                        .withTimeouts("{connect: 2s, firstToken: 2s, stall: 1s, total: 30s}")
                        .withLimits("{keepAlive: 100ms, headersAfter: 100ms}"))) {
            HttpResponse<String> answer = call(gateway, 0);
            StreamedAnswer read = StreamedAnswer.read(answer.body());
            assertEquals("It says rest and fluids.", read.text("0 content"));
            assertEquals("stop", read.text("0 finish_reason"));
            assertEquals("", read.error());
            assertTrue(read.done());
        }
    }

    private static void brokenAfterText(String code, Script script, String begin) {
        try (ScriptedProvider provider = ScriptedProvider.start(script);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            HttpResponse<String> answer = call(gateway, 0);
            assertEquals(200, answer.statusCode());
            StreamedAnswer read = StreamedAnswer.read(answer.body());
            assertTrue(read.text("0 content").startsWith(begin), answer::body);
            assertFalse(read.channels().containsKey("0 finish_reason"), answer::body);
            assertEquals(code, read.error(), answer::body);
            assertTrue(read.done(), answer::body);
            assertEquals(code, outcome(gateway, answer).code());
            assertEquals(1, provider.received().size(), "a begun answer must not be tried again");
        }
    }

    private static void assertRefused(RunningGateway gateway, boolean stream, int status, String code) {
        HttpResponse<String> answer = gateway.chat(stream ? Chat.stream("What now?") : Chat.whole("What now?"));
        assertEquals(status, answer.statusCode(), answer::body);
        assertEquals(code, Chat.code(answer));
        assertEquals("false", answer.headers().firstValue("x-should-retry").orElse(""));
        assertEquals(code, outcome(gateway, answer).code());
    }

    /** Enough good answers that the failures of this test do not rest the target. */
    private static void assertBreakerIsReset(ScriptedProvider provider, RunningGateway gateway) {
        provider.script(Script.text("Fine."));
        for (int i = 0; i < 3; i++) {
            assertEquals(200, gateway.chat(Chat.whole("What now?")).statusCode());
        }
    }

    private static Outcome outcome(RunningGateway gateway, HttpResponse<String> answer) {
        return (Outcome)
                gateway.trace(answer.headers().firstValue("x-anteroom-trace-id").orElseThrow())
                        .entries()
                        .getLast()
                        .record();
    }

    private static HttpResponse<String> call(RunningGateway gateway, int cut) {
        return gateway.chat(Chat.body("gpt-test", REQUEST_TEXT)
                .put("stream", true)
                .put("stream_options", new JsonObject().put("include_usage", true))
                .put("max_tokens", cut)
                .encode());
    }

    /** What must come out of {@link #fixture}. */
    private static StreamedAnswer expected() {
        Map<String, String> channels = new TreeMap<>();
        channels.put("0 role", "assistant");
        channels.put(
                "0 content", "Ça va 😀: " + SSN + ", tél. " + PHONE + "; [SSN_9] [SS. https://e.example/[SSN_1] — fin");
        channels.put("0 finish_reason", "tool_calls");
        channels.put("0 tool 0 ids", "#");
        channels.put("0 tool 0 name", "chart_lookup");
        channels.put(
                "0 tool 0 arguments",
                "{\"ssn\":\"" + SSN + "\",\"note\":\"a \\\"b\\\" \\u00e9 \\ud83d\\ude00 \\\\ " + PHONE
                        + "\",\"n\":1.50}");
        channels.put("0 tool 1 ids", "#");
        channels.put("0 tool 1 name", "other");
        channels.put("0 tool 1 arguments", "{\"x\":[\"" + PHONE + "\"]}");
        channels.put("1 role", "assistant");
        channels.put("1 refusal", "Non: " + SSN + ".");
        channels.put("1 reasoning_content", "so " + PHONE + "…");
        channels.put("1 finish_reason", "stop");
        channels.put("usage", "{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}");
        return new StreamedAnswer(channels, true, "");
    }

    private static byte[] fixture() {
        List<String> events = List.of(
                chunk(0, new JsonObject().put("role", "assistant").put("content", ""), null),
                chunk(1, new JsonObject().put("role", "assistant").put("refusal", "Non: [SS"), null),
                chunk(0, new JsonObject().put("content", "Ça va 😀: [SSN_"), null),
                chunk(1, new JsonObject().put("reasoning_content", "so [PHONE_1]…"), null),
                chunk(
                        0,
                        new JsonObject()
                                .put("content", "1], tél. [PHONE_1]; [SSN_9] [SS. https://e.example/[SSN_1] — fin"),
                        null),
                chunk(0, tool(0, "chart_lookup", ""), null),
                chunk(0, tool(0, "", "{\"ssn\":\"[SSN_1]\",\"note\":\"a \\\"b\\\" \\u00"), null),
                chunk(0, tool(1, "other", "{\"x\":[\"[PHO"), null),
                chunk(0, tool(0, "", "e9 \\ud83d\\ude00 \\\\ [PHONE_1]\",\"n\":1.50}"), null),
                chunk(0, tool(1, "", "NE_1]\"]}"), null),
                chunk(1, new JsonObject().put("refusal", "N_1]."), null),
                chunk(1, new JsonObject(), "stop"),
                chunk(0, new JsonObject(), "tool_calls"),
                "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}",
                "[DONE]");
        StringBuilder stream = new StringBuilder();
        events.forEach(event -> stream.append("data: ").append(event).append("\n\n"));
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject tool(int index, String name, String arguments) {
        JsonObject function = new JsonObject();
        JsonObject call = new JsonObject().put("index", index);
        if (!name.isEmpty()) {
            call.put("id", "call_p" + index).put("type", "function");
            function.put("name", name);
        }
        return new JsonObject()
                .put("tool_calls", new JsonArray().add(call.put("function", function.put("arguments", arguments))));
    }

    private static String chunk(int choice, JsonObject delta, @org.jspecify.annotations.Nullable String finish) {
        return new JsonObject()
                .put("id", "c")
                .put(
                        "choices",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("index", choice)
                                        .put("delta", delta)
                                        .put("finish_reason", finish)))
                .encode();
    }
}
