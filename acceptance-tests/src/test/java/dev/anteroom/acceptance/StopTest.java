package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Query;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceSummary;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process starts, stops, and says why it does not start. */
class StopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LONG_TEXT = "Rest and drink enough, and come back if it gets worse. ".repeat(10);

    @Test
    void kill_leavesNothingInTheFolderOfTemporaryFiles(@TempDir Path data, @TempDir Path temporary) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.launch(
                new GatewayFiles().target("provider", 1).write(data),
                data,
                RunningGateway.freePort(),
                RunningGateway.freePort(),
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary))) {
            gateway.awaitReady();
            assertEquals(200, status(gateway, "/healthz"));
            gateway.kill();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.map(Path::getFileName).toList());
        }
    }

    @Test
    void sigterm_whileAStreamIsUnderWay_turnsNewCallsAwayAndLetsTheStreamEndWell(@TempDir Path data) throws Exception {
        try (ScriptedProvider provider =
                        ScriptedProvider.start(Script.text(LONG_TEXT).slow(Duration.ofMillis(25)));
                GatewayProcess gateway = GatewayProcess.serve(
                        new GatewayFiles()
                                .target("provider", provider.port())
                                .limits("{drain: 60s}")
                                .write(data),
                        data);
                AppSocket app = AppSocket.chat(gateway.port(), RunningGateway.KEY, Chat.stream("What was advised?"))) {
            await(gateway, 200);
            app.readUntil("data: ", PATIENCE);

            gateway.terminate();
            await(gateway, 503);
            assertEquals(200, status(gateway, "/healthz"));
            assertRefused(gateway);

            String stream = app.readToEnd("data: [DONE]\n\n", PATIENCE);
            assertTrue(stream.contains("data: [DONE]"), stream);
            assertEquals(LONG_TEXT, Chat.streamedContent(stream));
            assertEquals(0, gateway.awaitExit(PATIENCE));
            assertEquals(1, gateway.output().size(), () -> "one line on stdout, but " + gateway.output());
            assertJournalClosed(data);
            assertEquals("completed", onlyTrace(data).kind());
            assertEquals(200, onlyTrace(data).status());
        }
    }

    @Test
    void sigterm_whenTheDrainLimitPasses_breaksOffWithAnErrorAndARecord(@TempDir Path data) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(request -> request.contains("\"stream\":true")
                        ? Script.text(LONG_TEXT).stallAfter(20)
                        : Script.stallBeforeHeaders());
                GatewayProcess gateway = GatewayProcess.serve(
                        new GatewayFiles()
                                .target(
                                        "provider",
                                        provider.port(),
                                        "timeouts: {firstToken: 50s, stall: 50s, total: 60s}")
                                .limits("{drain: 1s}")
                                .write(data),
                        data);
                AppSocket streaming =
                        AppSocket.chat(gateway.port(), RunningGateway.KEY, Chat.stream("What was advised?"));
                AppSocket waiting =
                        AppSocket.chat(gateway.port(), RunningGateway.KEY, Chat.whole("What was advised?"))) {
            streaming.readUntil("data: ", PATIENCE);
            assertTrue(provider.awaitReceived(2, PATIENCE));

            gateway.terminate();
            String stream = streaming.readToEnd("data: [DONE]\n\n", PATIENCE);
            assertEquals("shutting_down", Chat.streamedError(stream), stream);
            assertTrue(stream.contains("data: [DONE]"), stream);
            String whole = waiting.readToEnd("}}", PATIENCE);
            assertEquals(503, waiting.status(), whole);
            assertTrue(whole.contains("shutting_down"), whole);

            assertEquals(0, gateway.awaitExit(PATIENCE));
            assertTrue(provider.awaitAborted(2, PATIENCE), "the provider's calls were not cancelled");
            assertJournalClosed(data);
            for (TraceSummary trace : traces(data)) {
                assertEquals("completed", trace.kind());
                Outcome outcome = (Outcome) reader(data)
                        .find(trace.traceId())
                        .orElseThrow()
                        .entries()
                        .getLast()
                        .record();
                assertEquals("shutting_down", outcome.code());
            }
            assertEquals(2, traces(data).size());
        }
    }

    @Test
    void serve_onADataDirectoryInUse_saysSoAndEnds(@TempDir Path data) {
        Path config = new GatewayFiles().write(data);
        try (GatewayProcess first = GatewayProcess.serve(config, data);
                GatewayProcess second = GatewayProcess.launch(
                        config, data, RunningGateway.freePort(), RunningGateway.freePort(), Map.of())) {
            assertEquals(1, second.awaitExit(PATIENCE));
            assertEquals(List.of(), second.output());
            assertTrue(
                    second.errors().stream().anyMatch(line -> line.contains("is in use by process")),
                    second.errors()::toString);
            assertPlain(second);
            assertTrue(first.isAlive());
        }
    }

    @Test
    void serve_onAPortInUse_saysSoAndEnds(@TempDir Path data, @TempDir Path otherData) {
        Path config = new GatewayFiles().write(data);
        try (GatewayProcess first = GatewayProcess.serve(config, data);
                GatewayProcess second =
                        GatewayProcess.launch(config, otherData, first.port(), RunningGateway.freePort(), Map.of())) {
            assertEquals(1, second.awaitExit(PATIENCE));
            assertEquals(List.of(), second.output());
            assertTrue(
                    second.errors().stream()
                            .anyMatch(line -> line.contains(":" + first.port()) && line.contains("in use")),
                    second.errors()::toString);
            assertPlain(second);
        }
    }

    @Test
    void serve_withAWrongConfiguration_namesEveryErrorAndEnds(@TempDir Path data) throws Exception {
        Path config = new GatewayFiles().write(data);
        Files.writeString(
                config,
                Files.readString(config).replace("demo: true", "demmo: true").replace("id: test", "id: -"));
        try (GatewayProcess gateway = GatewayProcess.launch(config, data, 0, 0, Map.of())) {
            assertEquals(2, gateway.awaitExit(PATIENCE));
            assertEquals(List.of(), gateway.output());
            assertTrue(gateway.errors().stream().anyMatch(line -> line.contains("demmo")), gateway.errors()::toString);
            assertPlain(gateway);
        }
    }

    @Test
    void serve_aSecondTime_takesTheSameKeysAndSaysHowLongItTook(@TempDir Path data) {
        Path config = new GatewayFiles().write(data);
        try (GatewayProcess first = GatewayProcess.serve(config, data)) {
            assertTrue(
                    first.errors().stream().anyMatch(line -> line.contains("admin token")), first.errors()::toString);
            first.terminate();
            assertEquals(0, first.awaitExit(PATIENCE));
        }
        try (GatewayProcess second = GatewayProcess.serve(config, data)) {
            System.out.println(
                    "StopTest: the second start took " + second.startTime().toMillis() + " ms");
            assertTrue(
                    second.errors().stream()
                            .noneMatch(line -> line.contains("admin token") || line.contains("made a key")),
                    second.errors()::toString);
            second.terminate();
            assertEquals(0, second.awaitExit(PATIENCE));
        }
    }

    /** Messages are for people: none of them is a stack trace. */
    private static void assertPlain(GatewayProcess process) {
        assertTrue(process.errors().stream().noneMatch(line -> line.startsWith("\tat ")), process.errors()::toString);
    }

    private static void await(GatewayProcess gateway, int readiness) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (status(gateway, "/readyz") != readiness) {
            assertTrue(System.nanoTime() - until < 0, () -> "readiness is not " + readiness);
            Thread.sleep(10);
        }
    }

    private static int status(GatewayProcess gateway, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                        .build())
                .statusCode();
    }

    private static void assertRefused(GatewayProcess gateway) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                            .header("authorization", "Bearer " + RunningGateway.KEY)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(Chat.whole("What was advised?")))
                            .build());
        } catch (ConnectException refused) {
            return;
        }
        assertEquals(503, answer.statusCode());
        assertEquals("shutting_down", Chat.code(answer));
        assertEquals("true", answer.headers().firstValue("x-should-retry").orElse(""));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertJournalClosed(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            assertTrue(files.anyMatch(file -> file.toString().endsWith(".closed")), "the journal was not closed");
        }
    }

    private static TraceSummary onlyTrace(Path data) throws Exception {
        List<TraceSummary> traces = traces(data);
        assertEquals(1, traces.size());
        return traces.getFirst();
    }

    private static List<TraceSummary> traces(Path data) throws Exception {
        return reader(data).list(Query.all());
    }

    private static TraceReader reader(Path data) throws Exception {
        return TraceReader.open(data, KeyRing.openOrCreate(data.resolve("keys"), new SecureRandom()));
    }
}
