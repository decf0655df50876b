package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.keys.KeysCommand;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Who may call, what with, how often, and who sees what of it. */
class KeysAndEnvironmentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A second, in which what narrows takes effect, and a little for a busy machine. */
    private static final long A_SECOND_MILLIS = 1_300;

    private static final String QUESTION = "What was advised?";
    private static final String LIVE = "kind: openai, environment: live";
    private static final String CLINICIAN = "audience: clinician, profile: balanced";
    private static final Set<String> FLEETING = Set.of("tmpfs", "ramfs", "overlay", "aufs", "overlayfs");

    @Test
    void sandboxKey_onAModelThatIsOnlyLive_isAMismatch() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = liveOnly(provider).start()) {
            HttpResponse<String> answer =
                    chat(gateway, create(gateway, "ward", "sandbox").secret());
            assertEquals(403, answer.statusCode(), answer.body());
            assertEquals("environment_mismatch", Chat.code(answer));
            assertEquals("false", answer.headers().firstValue("x-should-retry").orElse(""));
            assertEquals(0, provider.received().size());
            assertEquals("environment_mismatch", refusal(gateway, answer).code());
        }
    }

    @Test
    void liveKey_onALiveModel_isServedWhereTheJournalOutlivesTheMachine() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = liveOnly(provider).start()) {
            HttpResponse<String> answer =
                    chat(gateway, create(gateway, "ward", "live").secret());
            String type = Files.getFileStore(gateway.data()).type();
            if (FLEETING.contains(type)) {
                assertLiveRefused(answer, type);
            } else {
                assertEquals(200, answer.statusCode(), answer.body());
                assertEquals("Rest.", Chat.content(answer));
            }
        }
    }

    @Test
    void liveKey_besideTheDemoKey_isRefused() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .workflow("demo", CLINICIAN)
                        .workflow("ward", CLINICIAN)
                        .start()) {
            HttpResponse<String> answer =
                    chat(gateway, create(gateway, "ward", "live").secret());
            assertLiveRefused(answer, "demo key");
            assertEquals("not_permitted", refusal(gateway, answer).code());
            assertEquals(0, provider.received().size());
        }
    }

    @Test
    void liveKey_onAListenerThatOthersCanOverhear_isRefused() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .listener("{host: 0.0.0.0, port: 8080}")
                        .withoutDemo()
                        .workflow("ward", CLINICIAN)
                        .start()) {
            assertLiveRefused(chat(gateway, create(gateway, "ward", "live").secret()), "listener");
            assertEquals(
                    200,
                    chat(gateway, create(gateway, "ward", "sandbox").secret()).statusCode());
        }
    }

    @Test
    void liveKey_withTheJournalInMemory_isRefused() throws IOException {
        Path memory = Path.of("/dev/shm");
        assertTrue(Files.isWritable(memory), "/dev/shm is needed: the test has no other file system in memory");
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path directory = Files.createTempDirectory(memory, "anteroom-acceptance");
            Path file = liveOnly(provider).write(directory);
            try (RunningGateway gateway = RunningGateway.start(directory, file)) {
                assertLiveRefused(chat(gateway, create(gateway, "ward", "live").secret()), "tmpfs");
                assertEquals(0, provider.received().size());
            }
        }
    }

    private static void assertLiveRefused(HttpResponse<String> answer, String because) {
        assertEquals(403, answer.statusCode(), answer.body());
        assertEquals("not_permitted", Chat.code(answer));
        assertTrue(answer.body().contains("live keys are not served here"), answer.body());
        assertTrue(answer.body().contains(because), answer.body());
    }

    @Test
    void revokedKey_onARunningGateway_isUnknownWithinASecond() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = ward(provider, "").start()) {
            Key key = create(gateway, "ward", "sandbox");
            assertEquals(200, chat(gateway, key.secret()).statusCode());
            assertEquals(
                    0,
                    keys("revoke", key.id(), "--data", gateway.data().toString())
                            .code());
            Thread.sleep(A_SECOND_MILLIS);
            HttpResponse<String> answer = chat(gateway, key.secret());
            assertEquals(401, answer.statusCode());
            assertEquals("invalid_api_key", Chat.code(answer));
            assertTrue(answer.body().contains("revoked"), answer.body());
        }
    }

    @Test
    void revokedKey_duringAStream_isNoReasonToServeTheNextCall() throws Exception {
        try (ScriptedProvider provider =
                        ScriptedProvider.start(Script.text("Rest. ".repeat(300)).slow(Duration.ofMillis(10)));
                RunningGateway gateway = ward(provider, "").start()) {
            Key key = create(gateway, "ward", "sandbox");
            awaitAdmitted(gateway, key);
            try (AppSocket app = AppSocket.chat(gateway.port(), key.secret(), Chat.stream(QUESTION))) {
                app.readUntil("data: ", PATIENCE);
                assertEquals(
                        0,
                        keys("revoke", key.id(), "--data", gateway.data().toString())
                                .code());
                Thread.sleep(A_SECOND_MILLIS);
                assertEquals(401, chat(gateway, key.secret()).statusCode());
            }
        }
    }

    @Test
    void expiredKey_onARunningGateway_isUnknown() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = ward(provider, "").start()) {
            Key key = create(gateway, "ward", "sandbox", "--expires", "3s");
            assertEquals(200, chat(gateway, key.secret()).statusCode());
            Thread.sleep(3_000 + A_SECOND_MILLIS);
            HttpResponse<String> answer = chat(gateway, key.secret());
            assertEquals(401, answer.statusCode());
            assertTrue(answer.body().contains("expired"), answer.body());
        }
    }

    @Test
    void rotatedKey_isGoodBesideTheNewOneUntilTheOverlapEnds() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = ward(provider, "").start()) {
            Key old = create(gateway, "ward", "sandbox");
            Ran rotated = keys(
                    "rotate",
                    old.id(),
                    "--overlap",
                    "4s",
                    "--data",
                    gateway.data().toString());
            assertEquals(0, rotated.code(), rotated.err());
            Thread.sleep(A_SECOND_MILLIS);
            assertEquals(200, chat(gateway, old.secret()).statusCode());
            assertEquals(200, chat(gateway, rotated.out().strip()).statusCode());
            Thread.sleep(4_000);
            assertEquals(401, chat(gateway, old.secret()).statusCode());
            assertEquals(200, chat(gateway, rotated.out().strip()).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer ", "Bearer sk-anteroom-none", "Basic c2stYW50ZXJvb20tZGVtbzo=", "sk-anteroom-demo"})
    void unknownKey_isRefusedWithoutARecordAndWithoutItsEcho(String authorization) {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Chat.whole(QUESTION)));
            if (!authorization.isEmpty()) {
                request.header("authorization", authorization);
            }
            HttpResponse<String> answer = gateway.send(request.build());
            assertEquals(401, answer.statusCode());
            assertEquals("invalid_api_key", Chat.code(answer));
            assertFalse(answer.body().contains("sk-anteroom-none"));
            assertEquals(List.of(), gateway.traces());
            assertEquals(0, provider.received().size());
            assertEquals(
                    1,
                    new JsonObject(admin(gateway, "/admin/state", gateway.adminToken())
                                    .body())
                            .getInteger("failed_logins"));
        }
    }

    @Test
    void unknownKey_withABodyThatIsNotReadToItsEnd_hearsTheAnswerAndTheConnectionCloses() throws IOException {
        try (RunningGateway gateway = new GatewayFiles().start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "POST /v1/chat/completions HTTP/1.1",
                                    "host: 127.0.0.1",
                                    "authorization: Bearer none",
                                    "content-type: application/json",
                                    "content-length: 1000000",
                                    "",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[500_000]);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            assertTrue(answer.contains("connection: close"), answer);
        }
    }

    @Test
    void rateLimit_isAnsweredWithTheTimeToWait() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway =
                        ward(provider, "limits: {requestsPerMinute: 2}").start()) {
            Key key = create(gateway, "ward", "sandbox");
            assertEquals(200, chat(gateway, key.secret()).statusCode());
            HttpResponse<String> answer = chat(gateway, key.secret());
            assertEquals(429, answer.statusCode());
            assertEquals("rate_limit_exceeded", Chat.code(answer));
            long millis =
                    Long.parseLong(answer.headers().firstValue("retry-after-ms").orElse("0"));
            long seconds =
                    Long.parseLong(answer.headers().firstValue("retry-after").orElse("0"));
            assertTrue(millis > 5_000 && millis <= 30_000, millis + " ms");
            assertTrue(seconds > 5 && seconds <= 30, seconds + " s");
            assertEquals(1, provider.received().size());
            assertEquals("rate_limit_exceeded", refusal(gateway, answer).code());
            assertEquals(
                    200,
                    chat(gateway, create(gateway, "ward", "sandbox").secret()).statusCode(),
                    "another key has its own rate");
        }
    }

    @Test
    void concurrencyLimit_isPerKeyAndGivenBack() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.stallBeforeHeaders());
                RunningGateway gateway =
                        ward(provider, "limits: {concurrentCalls: 1}").start()) {
            Key key = create(gateway, "ward", "sandbox");
            awaitAdmitted(gateway, key);
            try (AppSocket app = AppSocket.chat(gateway.port(), key.secret(), Chat.whole(QUESTION))) {
                assertTrue(provider.awaitReceived(1, PATIENCE));
                assertEquals("", app.text());
                HttpResponse<String> answer = chat(gateway, key.secret());
                assertEquals(503, answer.statusCode());
                assertEquals("busy", Chat.code(answer));
                assertEquals(
                        "true", answer.headers().firstValue("x-should-retry").orElse(""));
                assertTrue(answer.headers().firstValue("retry-after").isPresent());
                assertEquals(1, provider.received().size());
            }
            assertTrue(provider.awaitAborted(1, PATIENCE));
            provider.script(Script.text("Rest."));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (chat(gateway, key.secret()).statusCode() != 200) {
                assertTrue(System.nanoTime() - until < 0, "the place was not given back");
                Thread.sleep(20);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void patient_hearsOnlySentencesOfTheDocuments(boolean stream) {
        String verbatim = "Take one tablet of metformin with the evening meal.";
        String invented = "Take two tablets of metformin with the evening meal.";
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text(verbatim));
                RunningGateway gateway = patients(provider)) {
            HttpResponse<String> told = gateway.chat(withDocument(stream));
            assertEquals(200, told.statusCode(), told.body());
            assertEquals(verbatim, stream ? Chat.streamedContent(told.body()) : Chat.content(told));
            assertTrue(told.body().contains("\"finish_reason\":\"stop\""), told.body());
            assertEquals("verbatim", outcome(gateway, told).release());

            for (String bad :
                    List.of(invented, verbatim + " " + invented, verbatim.replace("one", "**one**"), "", " ")) {
                provider.script(Script.text(bad));
                HttpResponse<String> answer = gateway.chat(withDocument(stream));
                assertEquals(200, answer.statusCode(), answer.body());
                assertTrue(answer.body().contains("\"finish_reason\":\"content_filter\""), answer.body());
                assertFalse(answer.body().contains("tablet"), answer.body());
                assertEquals("withheld", outcome(gateway, answer).release());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void patient_withoutDocumentsOrByToolCall_hearsNothing(boolean stream) {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Take one tablet."));
                RunningGateway gateway = patients(provider)) {
            HttpResponse<String> without = gateway.chat(
                    stream ? Chat.stream("Take one tablet. How many?") : Chat.whole("Take one tablet. How many?"));
            assertTrue(without.body().contains("\"finish_reason\":\"content_filter\""), without.body());
            assertFalse(without.body().contains("tablet"), without.body());

            provider.script(Script.toolCall("say", "{\"text\":\"Take one tablet.\"}"));
            HttpResponse<String> tool = gateway.chat(withDocument(stream));
            assertTrue(tool.body().contains("\"finish_reason\":\"content_filter\""), tool.body());
            assertFalse(tool.body().contains("tablet"), tool.body());
        }
    }

    private static RunningGateway patients(ScriptedProvider provider) {
        return new GatewayFiles()
                .target("provider", provider.port())
                .workflow("demo", "audience: patient, profile: balanced")
                .start();
    }

    private static String withDocument(boolean stream) {
        return Chat.body("gpt-test", "How do I take it?")
                .put("stream", stream)
                .put(
                        "documents",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "leaflet")
                                        .put(
                                                "text",
                                                "Keep it out of reach of children. Take one tablet of metformin with the"
                                                        + " evening meal.")))
                .encode();
    }

    @Test
    void adminPort_needsItsTokenAndItsOwnName() throws IOException, InterruptedException {
        try (RunningGateway gateway = new GatewayFiles().start()) {
            String token = gateway.adminToken();
            assertNotEquals("", token);
            assertEquals(401, admin(gateway, "/admin/state", "").statusCode());
            assertEquals(401, admin(gateway, "/admin/state", "adm-wrong").statusCode());
            assertEquals(401, admin(gateway, "/admin/state", RunningGateway.KEY).statusCode());
            assertEquals(404, admin(gateway, "/admin/none", token).statusCode());
            HttpResponse<String> answer = admin(gateway, "/admin/state", token);
            assertEquals(200, answer.statusCode());
            JsonObject state = new JsonObject(answer.body());
            assertEquals("open", state.getJsonObject("journal").getString("status"), answer.body());
            assertEquals(64, state.getString("snapshot").length());
            assertEquals(0, state.getInteger("active_calls"));

            int port = gateway.adminPort();
            assertEquals(200, rawAdmin(port, token, "host: localhost:" + port));
            assertEquals(403, rawAdmin(port, token, "host: evil.example:" + port));
            assertEquals(403, rawAdmin(port, token, "host: 127.0.0.1.evil.example"));
            assertEquals(403, rawAdmin(port, token, "host: 127.0.0.1:" + port + "\r\norigin: http://evil.example"));
            assertEquals(403, rawAdmin(port, token, "host: 127.0.0.1:" + port + "\r\norigin: null"));
            assertEquals(
                    200, rawAdmin(port, token, "host: 127.0.0.1:" + port + "\r\norigin: http://127.0.0.1:" + port));
            try (HttpClient http2 = HttpClient.newHttpClient()) { // asks to go on in HTTP/2, which has no Host header
                HttpRequest request = adminRequest(gateway, "/admin/state", token);
                assertEquals(
                        200,
                        http2.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode());
            }
            for (byte[] file : gateway.filesOnDisk()) {
                assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains(token), "the token is on disk");
            }
        }
    }

    private static HttpResponse<String> admin(RunningGateway gateway, String path, String token) {
        return gateway.send(adminRequest(gateway, path, token));
    }

    private static HttpRequest adminRequest(RunningGateway gateway, String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path));
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static int rawAdmin(int port, String token, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /admin/state HTTP/1.1\r\n" + headers + "\r\nauthorization: Bearer " + token
                                    + "\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void trace_isShownOnlyToTheKeyThatMadeTheCall() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = ward(provider, "").start()) {
            Key own = create(gateway, "ward", "sandbox");
            HttpResponse<String> answer = chat(gateway, own.secret());
            String id = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();

            HttpResponse<String> seen = trace(gateway, own.secret(), id);
            assertEquals(200, seen.statusCode(), seen.body());
            JsonArray entries = new JsonObject(seen.body()).getJsonArray("entries");
            assertEquals(
                    "intent", entries.getJsonObject(0).getJsonObject("record").getString("record"));
            assertEquals(
                    "outcome", entries.getJsonObject(1).getJsonObject("record").getString("record"));

            assertEquals(
                    404,
                    trace(gateway, create(gateway, "ward", "sandbox").secret(), id)
                            .statusCode());
            assertEquals(
                    404,
                    trace(gateway, create(gateway, "other", "sandbox").secret(), id)
                            .statusCode());
            assertEquals(401, trace(gateway, "sk-anteroom-none", id).statusCode());
            assertEquals(
                    404,
                    trace(gateway, own.secret(), "01890000-0000-7000-8000-000000000000")
                            .statusCode());
            assertEquals(404, trace(gateway, own.secret(), "..%2f..%2fkeys").statusCode());
        }
    }

    private static HttpResponse<String> trace(RunningGateway gateway, String key, String id) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/anteroom/traces/" + id))
                .header("authorization", "Bearer " + key)
                .build());
    }

    @Test
    void dryRun_saysWhatWouldHappenAndSendsNothing() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            HttpResponse<String> answer = gateway.post(
                    "/v1/anteroom/dry-run",
                    RunningGateway.KEY,
                    Chat.whole("Mr. John Miller, SSN 536-22-8726, asks about metformin."));
            assertEquals(200, answer.statusCode(), answer.body());
            JsonObject run = new JsonObject(answer.body());
            assertEquals("anteroom.dry_run", run.getString("object"));
            assertEquals(
                    "provider", run.getJsonArray("candidates").getJsonObject(0).getString("target"));
            assertFalse(answer.body().contains("536-22-8726"), answer.body());
            assertFalse(answer.body().contains("Miller"), answer.body());
            assertTrue(run.getJsonObject("request").encode().contains("metformin"), answer.body());
            assertTrue(run.getJsonArray("found").stream()
                    .anyMatch(f -> f instanceof JsonObject span && "SSN".equals(span.getString("type"))));
            assertEquals(0, provider.received().size());
            assertEquals(
                    404,
                    gateway.post("/v1/anteroom/dry-run", RunningGateway.KEY, Chat.whole("none", "x"))
                            .statusCode());
        }
    }

    private static GatewayFiles liveOnly(ScriptedProvider provider) {
        return new GatewayFiles()
                .target("provider", "http://127.0.0.1:" + provider.port() + "/v1", LIVE, "[text]")
                .withoutDemo()
                .workflow("ward", CLINICIAN);
    }

    private static GatewayFiles ward(ScriptedProvider provider, String limits) {
        return new GatewayFiles()
                .target("provider", provider.port())
                .withoutDemo()
                .workflow("ward", CLINICIAN + (limits.isEmpty() ? "" : ", " + limits));
    }

    private static HttpResponse<String> chat(RunningGateway gateway, String key) {
        return gateway.post("/v1/chat/completions", key, Chat.whole(QUESTION));
    }

    private static Refusal refusal(RunningGateway gateway, HttpResponse<String> answer) {
        String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
        return (Refusal) gateway.trace(traceId).entries().getLast().record();
    }

    private static Outcome outcome(RunningGateway gateway, HttpResponse<String> answer) {
        String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
        return (Outcome) gateway.trace(traceId).entries().getLast().record();
    }

    private record Key(String id, String secret) {}

    private record Ran(int code, String out, String err) {}

    /** Makes a key with the command line and waits until the running gateway knows it. */
    private static Key create(RunningGateway gateway, String tenant, String environment, String... more) {
        Path config = gateway.data().resolveSibling("anteroom.yaml");
        String[] given = {
            "create",
            "--tenant",
            tenant,
            "--workflow",
            "ward",
            "--environment",
            environment,
            "--config",
            config.toString(),
            "--data",
            gateway.data().toString()
        };
        String[] arguments = new String[given.length + more.length];
        System.arraycopy(given, 0, arguments, 0, given.length);
        System.arraycopy(more, 0, arguments, given.length, more.length);
        Ran ran = keys(arguments);
        assertEquals(0, ran.code(), ran.err());
        String line =
                ran.err().lines().filter(l -> l.startsWith("key ")).findFirst().orElseThrow();
        Key key = new Key(
                line.substring("key ".length(), line.indexOf(':')), ran.out().strip());
        awaitAdmitted(gateway, key);
        return key;
    }

    private static void awaitAdmitted(RunningGateway gateway, Key key) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (models(gateway, key).statusCode() == 401) {
            assertTrue(System.nanoTime() - until < 0, "the key is not known after " + PATIENCE);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static HttpResponse<String> models(RunningGateway gateway, Key key) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/models"))
                .header("authorization", "Bearer " + key.secret())
                .build());
    }

    private static Ran keys(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new KeysCommand(Clock.systemUTC(), new SecureRandom()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
