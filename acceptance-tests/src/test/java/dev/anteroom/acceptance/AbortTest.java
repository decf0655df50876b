package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.TraceSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps that leave, apps that read slowly, and providers that let an app wait. */
class AbortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String QUESTION = "What was advised?";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leave_beforeTheHeaders_cancelsTheProviderAndSaysSo(boolean stream) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.stallBeforeHeaders());
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            try (AppSocket app = call(gateway, stream)) {
                assertTrue(provider.awaitReceived(1, PATIENCE));
                assertEquals("", app.text());
            }
            assertTrue(provider.awaitAborted(1, PATIENCE), "the provider's call was not cancelled");
            assertClientClosed(gateway);
        }
    }

    @Test
    void leave_amidAStream_cancelsTheProviderAndSaysSo() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("Rest and drink enough. ".repeat(200)).slow(Duration.ofMillis(5)));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            try (AppSocket app = call(gateway, true)) {
                app.readUntil("\"content\":\"", PATIENCE);
            }
            assertTrue(provider.awaitAborted(1, PATIENCE), "the provider's call was not cancelled");
            Outcome outcome = assertClientClosed(gateway);
            assertTrue(outcome.truncated(), "the record does not say that the answer is not whole");
        }
    }

    @Test
    void leave_amidAWholeAnswer_cancelsTheProviderAndSaysSo() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("Rest and drink enough.").stallAfter(0));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            try (AppSocket app = call(gateway, false)) {
                assertTrue(provider.awaitReceived(1, PATIENCE));
                assertEquals("", app.text());
            }
            assertTrue(provider.awaitAborted(1, PATIENCE), "the provider's call was not cancelled");
            assertClientClosed(gateway);
        }
    }

    @Test
    void leave_whileAnAnswerIsHeldForAPatient_cancelsTheProviderAndSaysSo() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("Rest and drink enough. ".repeat(200)).slow(Duration.ofMillis(5)));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .limits("{headersAfter: 100ms, keepAlive: 100ms}")
                        .workflow("demo", "audience: patient, profile: balanced")
                        .start()) {
            try (AppSocket app = call(gateway, true)) {
                String waited = app.readUntil(": keep-alive", PATIENCE);
                assertFalse(waited.contains("data:"), "released before it was judged: " + waited);
            }
            assertTrue(provider.awaitAborted(1, PATIENCE), "the provider's call was not cancelled");
            assertClientClosed(gateway);
        }
    }

    @Test
    void slowApp_ofALongStream_holdsTheProviderBackAndIsNoStall() throws Exception {
        // Single characters make some 250 bytes an event: much more than the sockets between gateway and app can hold.
        int chars = 80_000;
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("rest ".repeat(chars / 5)).deltaChars(1));
                RunningGateway gateway = new GatewayFiles()
                        .target(
                                "provider",
                                provider.port(),
                                "timeouts: {connect: 2s, firstToken: 2s, stall: 1s, total: 120s}")
                        .start();
                AppSocket app = AppSocket.chat(gateway.port(), RunningGateway.KEY, Chat.stream(QUESTION), 16 << 10)) {
            assertTrue(provider.awaitReceived(1, PATIENCE));
            // Much longer than the stall limit, and than taking all of it in would need.
            Thread.sleep(4_000);
            assertEquals(
                    List.of("open"),
                    gateway.traces().stream().map(TraceSummary::kind).toList(),
                    "the gateway took all of it in although the app read nothing, or gave up");
            assertEquals(0, provider.aborted(), "the provider's call was cancelled");

            long bytes = app.skipTo("data: [DONE]\n\n", Duration.ofSeconds(90));
            assertTrue(bytes > 100L * chars, bytes + " bytes");
            Outcome outcome = lastOutcome(gateway);
            assertEquals(200, outcome.status());
            assertEquals(chars, outcome.answerChars());
        }
    }

    @Test
    void silentProvider_lets_onlyCommentsThrough() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(
                        Script.text("Rest and drink enough.").after(Duration.ofMillis(1_500)));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .limits("{headersAfter: 300ms, keepAlive: 100ms}")
                        .start();
                AppSocket app = call(gateway, true)) {
            String early = app.readUntil(": keep-alive", PATIENCE);
            assertEquals(200, app.status());
            assertFalse(early.contains("data:"), early);
            assertEquals("text/event-stream; charset=utf-8", app.header("content-type"));

            String stream = app.readToEnd("data: [DONE]\n\n", PATIENCE);
            assertEquals("Rest and drink enough.", Chat.streamedContent(stream));
            long comments =
                    stream.lines().filter(line -> line.equals(": keep-alive")).count();
            assertTrue(comments >= 3, comments + " comments in " + stream);
            List<String> strange = stream.substring(stream.indexOf("\r\n\r\n"))
                    .lines()
                    .filter(line -> line.startsWith("event:") || line.startsWith("id:") || line.startsWith("retry:"))
                    .toList();
            assertEquals(List.of(), strange);
        }
    }

    @Test
    void silentProvider_ofAWholeAnswer_sendsNothingBeforeIt() throws Exception {
        try (ScriptedProvider provider =
                        ScriptedProvider.start(Script.text("Rest.").after(Duration.ofMillis(600)));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .limits("{headersAfter: 100ms, keepAlive: 100ms}")
                        .start()) {
            var answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(200, answer.statusCode());
            assertEquals("Rest.", Chat.content(answer));
        }
    }

    private static AppSocket call(RunningGateway gateway, boolean stream) throws IOException {
        return AppSocket.chat(
                gateway.port(), RunningGateway.KEY, stream ? Chat.stream(QUESTION) : Chat.whole(QUESTION));
    }

    private static Outcome assertClientClosed(RunningGateway gateway) throws InterruptedException {
        Outcome outcome = lastOutcome(gateway);
        assertEquals("client_closed", outcome.finish());
        assertEquals(499, outcome.status());
        assertEquals("abandoned", outcome.attempts().getLast().result());
        return outcome;
    }

    /** The outcome of the only call; it is written a moment after the app has left. */
    private static Outcome lastOutcome(RunningGateway gateway) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<TraceSummary> traces = gateway.traces();
            if (!traces.isEmpty() && traces.getLast().kind().equals("completed")) {
                return (Outcome) gateway.trace(traces.getLast().traceId())
                        .entries()
                        .getLast()
                        .record();
            }
            assertTrue(System.nanoTime() - until < 0, () -> "no outcome, only " + traces);
            Thread.sleep(10);
        }
    }
}
