package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.acceptance.PositionCases.Place;
import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.keys.KeyStore;
import dev.anteroom.gateway.keys.NewKey;
import dev.anteroom.gateway.wire.Shape;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.TraceSummary;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives, the answer is the documented error, in time, without a word of what was sent, and with one record where the caller is
 * known; nothing of it reaches a provider.
 */
final class BadInputTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ECHO = "echoed.canary@qzxvkpw.org";
    private static final int FUZZED = Boolean.getBoolean("anteroom.full") ? 10_000 : 2_000;
    private static final String GOOD = Chat.whole("What was advised?");

    /** A body and how it must be refused; {@code param} is null where the whole body is meant. */
    private record Bad(
            String name,
            byte[] body,
            int status,
            String code,
            @Nullable String param) {
        static Bad json(String name, String body) {
            return bytes(name, body.getBytes(StandardCharsets.UTF_8));
        }

        static Bad bytes(String name, byte[] body) {
            return new Bad(name, body, 400, "invalid_json", null);
        }

        static Bad value(String name, JsonObject body, String code, String param) {
            return new Bad(name, body.encode().getBytes(StandardCharsets.UTF_8), 400, code, param);
        }
    }

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Needles echo = Needles.of(ECHO);

    @Test
    void textThatIsNotTheJsonWeRead_isRefused() {
        List<Bad> bad = new ArrayList<>();
        for (String text : List.of(
                "",
                " ",
                "{",
                "}",
                "[1,",
                "nul",
                "{\"a\":}",
                "{\"a\" 1}",
                "{'model':'x'}",
                "{model:1}",
                "// note\n" + GOOD,
                "/* note */" + GOOD,
                "#" + GOOD,
                GOOD.replace("}]", "},]"),
                GOOD.substring(0, GOOD.length() - 1),
                GOOD + GOOD,
                GOOD + " x",
                GOOD + "\u0000",
                GOOD + "]",
                "\"" + ECHO + "\"",
                "1",
                "true",
                "null",
                "[]",
                "[" + GOOD + "]",
                ECHO)) {
            bad.add(Bad.json("text of " + text.length(), text));
        }
        for (String number : List.of(
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                ".5",
                "1.",
                "1e",
                "0x10",
                "1_000",
                "1e5f",
                "--1",
                "9".repeat(500),
                "1." + "0".repeat(500))) {
            bad.add(Bad.json("number", GOOD.replace("{\"model\"", "{\"temperature\":" + number + ",\"model\"")));
        }
        bad.add(Bad.json("duplicate", GOOD.replace("{\"model\"", "{\"model\":\"x\",\"model\"")));
        bad.add(Bad.json("duplicate, escaped", GOOD.replace("{\"model\"", "{\"mod\\u0065l\":\"x\",\"model\"")));
        bad.add(Bad.json("duplicate in a message", GOOD.replace("{\"role\"", "{\"role\":\"user\",\"role\"")));
        bad.add(Bad.json("duplicate in a schema", "{\"tools\":[{\"a\":{\"x\":1,\"\\u0078\":2}}]," + GOOD.substring(1)));
        bad.add(Bad.json("lone high surrogate", said("\\ud800")));
        bad.add(Bad.json("lone low surrogate", said("\\udc00 x")));
        bad.add(Bad.json("reversed surrogates", said("\\udc00\\ud800")));
        bad.add(Bad.json("high surrogate and a letter", said("\\ud83dx")));
        bad.add(Bad.json("lone surrogate in a name", "{\"\\ud800\":1," + GOOD.substring(1)));
        bad.add(Bad.json("bad escape", said("\\x41")));
        bad.add(Bad.json("short escape", said("\\u12")));
        bad.add(Bad.json("raw control character", said("a\u0001b")));
        bad.add(Bad.json("raw line end", said("a\nb")));
        bad.add(Bad.json("deep array", "[".repeat(10_000)));
        bad.add(Bad.json("deep and closed", "[".repeat(10_000) + "]".repeat(10_000)));
        bad.add(Bad.json(
                "deep parameters",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"x\",\"parameters\":"
                        + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}}]," + GOOD.substring(1)));
        bad.add(Bad.json("long name", "{\"" + "a".repeat(10_000) + "\":1," + GOOD.substring(1)));
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        for (String hex : List.of("c328", "c0af", "eda080", "ff", "fe", "80", "e28028", "f8808080", "f4908080", "c2")) {
            byte[] text = java.util.HexFormat.of().parseHex(hex);
            bad.add(Bad.bytes("bytes " + hex + " in a string", insert(good, GOOD.indexOf("What"), text)));
            bad.add(Bad.bytes("bytes " + hex + " at the end", insert(good, good.length, text)));
        }
        bad.add(Bad.bytes("byte order mark", insert(good, 0, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})));
        bad.add(Bad.bytes("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16)));
        bad.add(Bad.bytes("UTF-16 without mark, big", GOOD.getBytes(StandardCharsets.UTF_16BE)));
        bad.add(Bad.bytes("UTF-16 without mark, little", GOOD.getBytes(StandardCharsets.UTF_16LE)));
        bad.add(Bad.bytes("UTF-32", GOOD.getBytes(java.nio.charset.Charset.forName("UTF-32LE"))));
        bad.add(Bad.bytes("zeros", new byte[100]));
        bad.add(Bad.bytes("gzip unannounced", gzip(good)));
        run(bad);
    }

    @Test
    void wrongTypeAtEveryDeclaredPosition_isRefusedWithItsPath() {
        List<Bad> bad = new ArrayList<>();
        List<Place> leaves = new PositionCases().leaves();
        for (Place place : leaves) {
            for (Object wrong : wrong(place.shape())) {
                if (isRightElsewhere(wrong, place, leaves)) {
                    continue;
                }
                boolean isRefused = place.shape() instanceof Shape.Refused || place.shape() instanceof Shape.OnlyFlag;
                bad.add(Bad.value(
                        place.leaf() + " = " + wrong,
                        place.with().apply(wrong),
                        isRefused || wrong instanceof JsonObject ? "" : "invalid_value",
                        place.path()));
            }
        }
        for (Place place : new PositionCases().objects()) {
            if (!place.path().isEmpty()) {
                bad.add(Bad.value(
                        place.leaf() + " with an undeclared member",
                        place.with().apply(new JsonObject().put("undeclared_member", ECHO)),
                        "unsupported_parameter",
                        place.path() + ".undeclared_member"));
            }
        }
        System.out.println("BadInputTest: " + bad.size() + " wrong values");
        run(bad);
    }

    /** Values that this shape does not accept. */
    private static List<Object> wrong(Shape shape) {
        JsonObject object = new JsonObject().put("zz", ECHO);
        JsonArray array = new JsonArray().add(ECHO);
        return switch (shape) {
            case Shape.Text t -> List.of(12345.5, true, object, array);
            case Shape.PersonName p -> List.of(12345.5, true, object, array);
            case Shape.TextOrJson t -> List.of(12345.5, true, object, array);
            case Shape.Identifier i -> List.of(12345.5, true, object, array, "", "a b", "é", "x".repeat(129), ECHO);
            case Shape.ExactText e -> List.of(12345.5, true, object, array);
            case Shape.Word w -> List.of(12345.5, true, object, array, ECHO, "");
            case Shape.Handle h -> List.of(12345.5, true, object, array);
            case Shape.Unreadable u -> List.of(12345.5, true, object, array);
            case Shape.Bounded b -> {
                List<Object> wrong = new ArrayList<>(List.of("1", ECHO, true, object, array));
                if (b.integer()) {
                    wrong.add(1.5);
                }
                wrong.add(new java.math.BigDecimal("1e300"));
                wrong.add(new java.math.BigInteger("99999999999999999999999999"));
                wrong.add(new java.math.BigDecimal("-1e300"));
                yield wrong;
            }
            case Shape.Flag f -> List.of(0, 1, "true", ECHO, object, array);
            case Shape.OnlyFlag f -> List.of(!f.value());
            case Shape.ModelName m -> List.of(12345.5, true, object, array);
            case Shape.Own o ->
                o.field() == Shape.OwnField.DOCUMENTS ? List.of(1, true, ECHO, object) : List.of(1, true, ECHO, array);
            case Shape.Refused r -> List.of(12345.5, true, ECHO, object, array);
            case Shape.Dropped d -> List.of();
            case Shape.FreeJson f -> List.of();
            case Shape.Members m -> List.of();
            case Shape.Tagged t -> List.of();
            case Shape.Elements e -> List.of();
            case Shape.ByType b -> List.of();
        };
    }

    /** Where a position takes several types, a value of one of the others is not wrong by its type. */
    private static boolean isRightElsewhere(Object wrong, Place place, List<Place> leaves) {
        return wrong instanceof JsonArray
                && leaves.stream().anyMatch(other -> other.leaf().equals(place.leaf() + "[]"));
    }

    @Test
    void missingMembers_areNamed() {
        run(List.of(
                Bad.value("no model", new JsonObject(GOOD).put("model", null), "invalid_value", "model"),
                Bad.value("no messages", new JsonObject().put("model", "gpt-test"), "invalid_value", "messages"),
                Bad.value(
                        "no role",
                        new JsonObject(GOOD)
                                .put("messages", new JsonArray().add(new JsonObject().put("content", ECHO))),
                        "invalid_value",
                        "messages[0].role"),
                Bad.value(
                        "a role nobody knows",
                        new JsonObject(GOOD)
                                .put(
                                        "messages",
                                        new JsonArray().add(Chat.user("x").put("role", ECHO))),
                        "invalid_value",
                        "messages[0].role"),
                Bad.value(
                        "no content",
                        new JsonObject(GOOD).put("messages", new JsonArray().add(new JsonObject().put("role", "user"))),
                        "invalid_value",
                        "messages[0].content"),
                Bad.value(
                        "a message that is text",
                        new JsonObject(GOOD).put("messages", new JsonArray().add(ECHO)),
                        "invalid_value",
                        "messages[0]"),
                Bad.value(
                        "five stops",
                        new JsonObject(GOOD)
                                .put(
                                        "stop",
                                        new JsonArray()
                                                .add("a")
                                                .add("b")
                                                .add("c")
                                                .add("d")
                                                .add("e")),
                        "invalid_value",
                        "stop")));
    }

    @Test
    void whatCannotBeReadOrMustNotBeAsked_isRefused() {
        run(List.of(
                part(
                        "remote image",
                        image("https://images.example.org/" + ECHO),
                        "unscannable_content",
                        "messages[0].content[0].image_url.url"),
                part(
                        "file of this machine",
                        image("file:///etc/" + ECHO),
                        "unscannable_content",
                        "messages[0].content[0].image_url.url"),
                part("image bytes", image("data:image/png;base64,AAAA"), "unscannable_content", "messages"),
                part(
                        "file by its id",
                        new JsonObject().put("type", "file").put("file", new JsonObject().put("file_id", ECHO)),
                        "unscannable_content",
                        "messages[0].content[0].file.file_id"),
                part(
                        "sound",
                        new JsonObject()
                                .put("type", "input_audio")
                                .put(
                                        "input_audio",
                                        new JsonObject().put("data", "AAAA").put("format", "wav")),
                        "unscannable_content",
                        "messages"),
                part(
                        "a part nobody knows",
                        new JsonObject().put("type", "video_url").put("video_url", new JsonObject().put("url", ECHO)),
                        "invalid_value",
                        "messages[0].content[0].type"),
                Bad.value("store", new JsonObject(GOOD).put("store", true), "unsupported_parameter", "store"),
                Bad.value(
                        "unknown field",
                        new JsonObject(GOOD).put("chat_template", ECHO),
                        "unsupported_parameter",
                        "chat_template"),
                Bad.value(
                        "guard configuration",
                        new JsonObject(GOOD).put("guardrails", new JsonArray()),
                        "unsupported_parameter",
                        "guardrails"),
                Bad.value(
                        "address of a provider",
                        new JsonObject(GOOD).put("api_base", ECHO),
                        "unsupported_parameter",
                        "api_base"),
                Bad.value(
                        "prompt of a template",
                        new JsonObject(GOOD).put("prompt", ECHO),
                        "unsupported_parameter",
                        "prompt"),
                Bad.value(
                        "reasoning in history",
                        new JsonObject(GOOD)
                                .put(
                                        "messages",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("role", "assistant")
                                                        .put("content", "x")
                                                        .put("reasoning", ECHO))),
                        "unsupported_parameter",
                        "messages[0].reasoning"),
                new Bad(
                        "unknown model",
                        new JsonObject(GOOD).put("model", ECHO).encode().getBytes(StandardCharsets.UTF_8),
                        404,
                        "model_not_found",
                        "model")));
    }

    private static Bad part(String name, JsonObject part, String code, String param) {
        JsonObject message = Chat.user(new JsonArray().add(part));
        return Bad.value(name, new JsonObject(GOOD).put("messages", new JsonArray().add(message)), code, param);
    }

    private static JsonObject image(String url) {
        return new JsonObject().put("type", "image_url").put("image_url", new JsonObject().put("url", url));
    }

    @Test
    void callersAndPathsThatAreNotServed_getTheirStatus() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            String expired =
                    key(gateway, Clock.fixed(Instant.now().minusSeconds(7200), ZoneOffset.UTC), Duration.ofHours(1));
            String valid = key(gateway, Clock.systemUTC(), Duration.ofHours(1));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (gateway.post("/v1/chat/completions", valid, GOOD).statusCode() != 200) {
                assertTrue(System.nanoTime() - until < 0, "the new key is not admitted");
                Thread.sleep(50);
            }
            provider.forget();

            for (String authorization : new String[] {
                null,
                "",
                "Bearer",
                "Bearer ",
                "Bearer sk-" + ECHO,
                "Bearer " + expired,
                "Bearer " + RunningGateway.KEY + "x",
                "Basic " + RunningGateway.KEY,
                RunningGateway.KEY
            }) {
                HttpRequest.Builder request =
                        request(gateway, "/v1/chat/completions", GOOD.getBytes(StandardCharsets.UTF_8));
                if (authorization != null) {
                    request.setHeader("authorization", authorization);
                }
                expect("key " + authorization, gateway.send(request.build()), 401, "invalid_api_key", null, false);
            }
            for (String path : List.of(
                    "/",
                    "/v1",
                    "/v1/",
                    "/v1/chat",
                    "/v1/chat/completions/",
                    "/v1/chat/completions/" + ECHO,
                    "/v1/files",
                    "/v1/batches",
                    "/v1/assistants",
                    "/v1/threads",
                    "/v2/chat/completions",
                    "/v1/chat/completions%2F",
                    "//v1/chat/completions",
                    "/v1/../v1/chat/completions",
                    "/V1/CHAT/COMPLETIONS",
                    "/admin",
                    "/metrics")) {
                expect("path " + path, gateway.send(signed(gateway, path, "{}").build()), 404, "not_found", null, true);
            }
            for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW")) {
                HttpResponse<String> answer = gateway.send(signed(gateway, "/v1/chat/completions", "{}")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
                if (method.equals("HEAD")) {
                    assertEquals(405, answer.statusCode());
                    refused.put(
                            answer.headers().firstValue("x-anteroom-trace-id").orElseThrow(), "405 method_not_allowed");
                } else {
                    expect("method " + method, answer, 405, "method_not_allowed", null, true);
                }
            }
            expect(
                    "POST of models",
                    gateway.send(signed(gateway, "/v1/models", "{}").build()),
                    405,
                    "method_not_allowed",
                    null,
                    true);
            expect("model", gateway.get("/v1/models/" + ECHO), 404, "model_not_found", null, true);
            for (String encoding : List.of("gzip", "br", "deflate", "zstd", "x-gzip", "gzip, identity", ECHO)) {
                HttpResponse<String> answer = gateway.send(signed(gateway, "/v1/chat/completions", "{}")
                        .header("content-encoding", encoding)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(GOOD.getBytes(StandardCharsets.UTF_8))))
                        .build());
                expect("encoding " + encoding, answer, 415, "unsupported_media_type", null, true);
            }
            for (String type : List.of(
                    "text/plain",
                    "multipart/form-data; boundary=" + ECHO,
                    "application/x-www-form-urlencoded",
                    "application/jsonl",
                    ECHO)) {
                HttpResponse<String> answer = gateway.send(signed(gateway, "/v1/chat/completions", GOOD)
                        .setHeader("content-type", type)
                        .build());
                expect("type " + type, answer, 415, "unsupported_media_type", null, true);
            }
            assertNoProblems();
            assertEquals(List.of(), provider.received());
            assertRecorded(gateway);
        }
    }

    private static String key(RunningGateway gateway, Clock clock, Duration lifetime) throws Exception {
        NewKey key = new KeyStore(gateway.data(), clock, new SecureRandom())
                .create("test", "demo", Environment.SANDBOX, lifetime, "");
        return key.secret();
    }

    @Test
    void hugeBody_isRefusedBeforeItIsRead() throws Exception {
        long huge = 100L << 20;
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            try (RawConnection raw = RawConnection.open(gateway.port())) {
                raw.send(head("content-length: " + huge));
                RawConnection.Response answer = raw.readResponse(PATIENCE);
                expectRaw("announced", answer, 413, "request_too_large");
            }
            for (boolean chunked : new boolean[] {true, false}) {
                AtomicLong sent = new AtomicLong();
                CompletableFuture<Void> writing;
                try (RawConnection raw = RawConnection.open(gateway.port())) {
                    raw.send(head(chunked ? "transfer-encoding: chunked" : "content-length: " + huge));
                    byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                    writing = CompletableFuture.runAsync(() -> {
                        try {
                            while (sent.get() < huge) {
                                raw.send(chunk);
                                sent.addAndGet(chunk.length);
                            }
                        } catch (IOException closed) {
                            // That is how it is told to stop.
                        }
                    });
                    RawConnection.Response answer = raw.readResponse(PATIENCE);
                    long sentBefore = sent.get();
                    expectRaw(chunked ? "chunked" : "announced and sent", answer, 413, "request_too_large");
                    System.out.println("BadInputTest: 413 after " + sentBefore + " bytes were sent");
                    assertTrue(sentBefore < huge / 2, () -> "read " + sentBefore + " bytes of a body it refuses");
                }
                writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertEquals(200, gateway.chat(GOOD).statusCode());
            assertRecorded(gateway);
        }
        assertNoProblems();
    }

    @Test
    void messagesThatAreNotHttpAsWeReadIt_neverReachTheProviderTwiceNorStopTheGateway() throws Exception {
        String body = GOOD;
        String start = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        String signed = start + "authorization: Bearer " + RunningGateway.KEY + "\r\n";
        String chunked = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        String smuggled = "0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningGateway.KEY
                + "\r\n\r\n";
        Map<String, String> messages = new java.util.LinkedHashMap<>();
        messages.put(
                "two lengths", signed + "content-length: " + body.length() + "\r\ncontent-length: 3\r\n\r\n" + body);
        messages.put("negative length", signed + "content-length: -1\r\n\r\n" + body);
        messages.put("length that is no number", signed + "content-length: " + ECHO + "\r\n\r\n" + body);
        messages.put("length beyond a long", signed + "content-length: 99999999999999999999\r\n\r\n" + body);
        messages.put("length with a sign", signed + "content-length: +" + body.length() + "\r\n\r\n" + body);
        messages.put("unknown transfer coding", signed + "transfer-encoding: xchunked\r\n\r\n" + chunked);
        messages.put(
                "chunk size that is none",
                signed + "transfer-encoding: chunked\r\n\r\nzz\r\n" + body + "\r\n0\r\n\r\n");
        messages.put(
                "chunk size beyond a long", signed + "transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + body);
        messages.put("header without name", signed + ": x\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
        messages.put(
                "header with a zero",
                signed + "x-note: a\u0000b\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
        messages.put("space before the colon", signed + "content-length : " + body.length() + "\r\n\r\n" + body);
        messages.put("big header", signed + "x-note: " + ECHO + "x".repeat(40_000) + "\r\n\r\n");
        messages.put("many headers", signed + "x-note: x\r\n".repeat(5_000) + "\r\n");
        messages.put(
                "long request line",
                "POST /v1/chat/completions?" + "x".repeat(20_000) + " HTTP/1.1\r\nhost: x\r\n\r\n");
        messages.put("no version", "GET /v1/models\r\n\r\n");
        messages.put("unknown version", start.replace("HTTP/1.1", "HTTP/7.3") + "content-length: 0\r\n\r\n");
        messages.put("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        messages.put(
                "TLS hello",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "x".repeat(200) + "\r\n\r\n");
        messages.put("noise", "\u0000\u00ff\u0080" + ECHO + "\r\n\r\n");
        messages.put(
                "absolute address",
                signed.replace("POST /v1", "POST http://evil.example/v1") + "content-length: " + body.length()
                        + "\r\n\r\n" + body);
        messages.put("connect", "CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n");
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (Map.Entry<String, String> message : messages.entrySet()) {
                provider.forget();
                try (RawConnection raw = RawConnection.open(gateway.port())) {
                    raw.send(message.getValue());
                    RawConnection.Response answer = raw.readResponse(PATIENCE);
                    if (answer.text().split("HTTP/[0-9]\\.[0-9] [0-9]", -1).length > 2) {
                        problems.add(message.getKey() + ": more than one answer " + answer.text());
                    }
                    if (answer.status() >= 500 && answer.status() != 501 && answer.status() != 505) {
                        problems.add(message.getKey() + ": " + answer.text());
                    }
                    if (answer.status() == 0 && !answer.closed()) {
                        problems.add(message.getKey() + ": neither answered nor closed within " + PATIENCE);
                    }
                    // The server itself answers a version of HTTP that it does not speak, before anything of ours is
                    // asked.
                    boolean ours = answer.status() >= 400 && answer.status() != 501;
                    if (ours && !isEnvelope(answer.body())) {
                        problems.add(message.getKey() + ": no error envelope in " + answer.text());
                    }
                    if (!echo.in(answer.text()).isEmpty()) {
                        problems.add(message.getKey() + " is echoed");
                    }
                    boolean harmless = message.getKey().equals("absolute address")
                            || message.getKey().equals("header without name");
                    if (!harmless && !provider.received().isEmpty()) {
                        problems.add(message.getKey() + ": reached the provider");
                    }
                } catch (java.net.SocketException closed) {
                    // Closed while the test was still writing: that is an answer too.
                }
            }
            for (String coding : List.of("chunked", "Chunked", "identity, chunked")) {
                provider.forget();
                try (RawConnection raw = RawConnection.open(gateway.port())) {
                    raw.send(signed + "content-length: " + smuggled.length() + "\r\ntransfer-encoding: " + coding
                            + "\r\n\r\n" + smuggled);
                    RawConnection.Response answer = raw.readToEnd(Duration.ofSeconds(2));
                    int answers = answer.text().split("HTTP/1\\.1 ", -1).length - 1;
                    if (answers > 1 || !provider.received().isEmpty()) {
                        problems.add(
                                "both lengths (" + coding + "): " + answers + " answers, closed: " + answer.closed());
                    }
                }
            }
            assertEquals(200, gateway.chat(GOOD).statusCode());
            assertEquals(Set.of(), echo.in(output.all()));
        }
        assertNoProblems();
    }

    @Test
    void connectionsThatDawdle_doNotKeepOthersOut() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (int i = 0; i < 150; i++) {
                RawConnection raw = RawConnection.open(gateway.port());
                slow.add(raw);
                raw.send(i % 2 == 0 ? "POST /v1/chat/completions HTTP/1.1\r\nhost" : head("content-length: 100") + "{");
            }
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < slow.size(); i++) {
                    slow.get(i).send(i % 2 == 0 ? "x" : " ");
                }
                long start = System.nanoTime();
                assertEquals(200, gateway.chat(GOOD).statusCode());
                assertTrue(System.nanoTime() - start < PATIENCE.toNanos());
            }
            for (RawConnection raw : slow) {
                raw.close();
            }
            slow.clear();
            assertEquals(200, gateway.chat(GOOD).statusCode());
        } finally {
            for (RawConnection raw : slow) {
                raw.close();
            }
        }
    }

    @Test
    void randomlyChangedRequests_areAnsweredOrRefused_andNeverLeak() {
        RandomGenerator random = TestSeed.of("BadInputTest");
        Map<Integer, Integer> statuses = new java.util.TreeMap<>();
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            List<Place> places = new PositionCases().leaves();
            Needles all = new Needles();
            for (int i = 0; i < FUZZED; i++) {
                Canary canary = Canary.of(random.nextBoolean() ? Canary.Kind.EMAIL : Canary.Kind.SSN, random);
                all.add(canary.value());
                byte[] body = new BodyFuzzer(random, places).next(canary);
                provider.forget();
                HttpResponse<String> answer = gateway.send(signed(gateway, "/v1/chat/completions", "")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build());
                statuses.merge(answer.statusCode(), 1, Integer::sum);
                String shown = new String(body, StandardCharsets.UTF_8);
                if (answer.statusCode() >= 500) {
                    problems.add("status " + answer.statusCode() + " for " + shown);
                }
                provider.received().forEach(request -> {
                    if (BodyFuzzer.stands(canary.value(), request.text())) {
                        problems.add("LEAK of " + canary.value() + " from " + shown + "\n      as " + request.text());
                    }
                });
                if (answer.statusCode() >= 400) {
                    if (!isEnvelope(answer.body())) {
                        problems.add("no error envelope for " + shown + ": " + answer.body());
                    }
                    if (BodyFuzzer.stands(canary.value(), answer.body())) {
                        problems.add("ECHO " + answer.body() + " for " + shown);
                    }
                }
            }
            assertEquals(Set.of(), all.in(output.all()));
            gateway.filesOnDisk().forEach(file -> assertEquals(Set.of(), all.in(file)));
        }
        System.out.println("BadInputTest: " + FUZZED
                + " random requests (10000 with -Danteroom.full=true), answers by status " + statuses);
        assertNoProblems();
    }

    private void run(List<Bad> bodies) {
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            assertEquals(200, gateway.chat(GOOD).statusCode());
            provider.forget();
            for (Bad bad : bodies) {
                HttpResponse<String> answer = gateway.send(signed(gateway, "/v1/chat/completions", "")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bad.body()))
                        .build());
                expect(bad.name(), answer, bad.status(), bad.code(), bad.param(), true);
            }
            provider.received().forEach(request -> problems.add("reached the provider: " + request.text()));
            assertRecorded(gateway);
            assertEquals(Set.of(), echo.in(output.all()));
        }
        assertNoProblems();
    }

    private static HttpRequest.Builder request(RunningGateway gateway, String path, byte[] body) {
        return HttpRequest.newBuilder(gateway.uri(path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder signed(RunningGateway gateway, String path, String body) {
        return request(gateway, path, body.getBytes(StandardCharsets.UTF_8))
                .header("authorization", "Bearer " + RunningGateway.KEY);
    }

    /** Checks an error; {@code code} empty accepts any, {@code param} may be named more or less exactly. */
    private void expect(
            String what,
            HttpResponse<String> answer,
            int status,
            String code,
            @Nullable String param,
            boolean authenticated) {
        if (answer.statusCode() != status || !isEnvelope(answer.body())) {
            problems.add(what + ": " + answer.statusCode() + " " + answer.body());
            return;
        }
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        if (!code.isEmpty() && !code.equals(error.getString("code"))) {
            problems.add(what + ": " + answer.body());
        }
        String named = error.getString("param");
        if (param == null ? named != null : named == null || !(param.startsWith(named) || named.startsWith(param))) {
            problems.add(what + ": names " + named + " instead of " + param);
        }
        boolean inHeaders = answer.headers().map().values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> !echo.in(value).isEmpty());
        if (inHeaders || !echo.in(answer.body()).isEmpty()) {
            problems.add(what + ": echoed in " + answer.body());
        }
        if (answer.headers().firstValue("x-request-id").isEmpty()) {
            problems.add(what + ": no x-request-id");
        }
        if (authenticated) {
            record(what, answer.headers().firstValue("x-anteroom-trace-id").orElse(""), status, error);
        }
    }

    private void record(String what, String traceId, int status, JsonObject error) {
        if (traceId.isEmpty() || !traceId.equals(error.getString("trace_id"))) {
            problems.add(what + ": no trace id, or two");
        } else {
            refused.put(traceId, status + " " + error.getString("code"));
        }
    }

    private void expectRaw(String what, RawConnection.Response answer, int status, String code) {
        if (answer.status() != status || !isEnvelope(answer.body())) {
            problems.add(what + ": " + answer.text());
            return;
        }
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertEquals(code, error.getString("code"), what);
        record(what, error.getString("trace_id"), status, error);
    }

    private static boolean isEnvelope(String body) {
        try {
            JsonObject json = new JsonObject(body);
            return json.getValue("error") instanceof JsonObject error
                    && error.containsKey("message")
                    && error.containsKey("type")
                    && error.containsKey("param")
                    && error.containsKey("code");
        } catch (DecodeException | ClassCastException notJson) {
            return false;
        }
    }

    /** Every refusal has one record of its trace id, and there are no others. */
    private void assertRecorded(RunningGateway gateway) {
        Map<String, List<String>> records = new HashMap<>();
        for (TraceSummary trace : gateway.traces()) {
            if (trace.kind().equals("refused")) {
                records.computeIfAbsent(trace.traceId(), id -> new ArrayList<>())
                        .add(trace.status() + " " + trace.finish());
            }
        }
        Map<String, List<String>> expected = new HashMap<>();
        refused.forEach((id, what) -> expected.put(id, List.of(what)));
        assertEquals(expected, records);
    }

    private void assertNoProblems() {
        assertTrue(
                problems.isEmpty(),
                () -> problems.size() + " problems\n  "
                        + String.join("\n  ", problems.subList(0, Math.min(60, problems.size()))));
    }

    private static String head(String length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningGateway.KEY
                + "\r\ncontent-type: application/json\r\n" + length + "\r\n\r\n";
    }

    private static String said(String content) {
        return "{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"" + ECHO + " " + content
                + "\"}]}";
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        System.arraycopy(more, 0, all, at, more.length);
        return all;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
