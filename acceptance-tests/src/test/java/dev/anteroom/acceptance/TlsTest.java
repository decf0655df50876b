package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.acceptance.Certificates.Identity;
import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS on both doors, the proxy on the way out, and the other dialect. */
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String QUESTION = "What was advised?";
    private static final String HERE = "dns:localhost,ip:127.0.0.1";
    private static final String SANDBOX = "kind: openai, environment: sandbox";

    @TempDir
    private static Path directory = Path.of("");

    private static Identity gatewayItself = nobody();
    private static Identity client = nobody();
    private static Identity stranger = nobody();
    private static Identity authority = nobody();
    private static Identity provider = nobody();
    private static Identity elsewhere = nobody();

    private static Identity nobody() {
        return new Identity(Path.of(""), Path.of(""), Path.of(""));
    }

    @BeforeAll
    static void makeCertificates() {
        Certificates certificates = new Certificates(directory);
        gatewayItself = certificates.selfSigned("gateway", HERE);
        client = certificates.selfSigned("client", "dns:client");
        stranger = certificates.selfSigned("stranger", "dns:stranger");
        authority = certificates.authority("authority");
        provider = certificates.signed("provider", HERE + ",dns:provider.test", authority);
        elsewhere = certificates.signed("elsewhere", "dns:elsewhere.test", authority);
    }

    @Test
    void listener_withTls_servesOverTlsAndNothingElse() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", plain.port())
                        .listener(tls(""))
                        .start()) {
            HttpResponse<String> answer = chat(gateway, Certificates.context(null, gatewayItself));
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("Rest.", Chat.content(answer));
            assertThrows(IOException.class, () -> chat(gateway, Certificates.context(null, stranger)));
            assertThrows(java.io.UncheckedIOException.class, () -> gateway.chat(Chat.whole(QUESTION)));
            assertEquals(1, plain.received().size());
        }
    }

    @Test
    void listener_withClientCertificates_letsInOnlyThose() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", plain.port())
                        .listener(tls(", clientCa: \"file:" + client.certificate() + "\""))
                        .start()) {
            assertEquals(
                    200,
                    chat(gateway, Certificates.context(client, gatewayItself)).statusCode());
            assertThrows(IOException.class, () -> chat(gateway, Certificates.context(stranger, gatewayItself)));
            assertThrows(IOException.class, () -> chat(gateway, Certificates.context(null, gatewayItself)));
            assertEquals(1, plain.received().size());
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void listener_inEveryVersionOfHttp_answersStreamsAndRefuses(HttpClient.Version version) throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest and drink enough."));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", plain.port())
                        .listener(tls(""))
                        .start();
                HttpClient http = client(version)) {
            HttpResponse<String> whole = http.send(
                    request(gateway, RunningGateway.KEY, Chat.whole(QUESTION)), HttpResponse.BodyHandlers.ofString());
            assertEquals(version, whole.version());
            assertEquals("Rest and drink enough.", Chat.content(whole));
            HttpResponse<String> stream = http.send(
                    request(gateway, RunningGateway.KEY, Chat.stream(QUESTION)), HttpResponse.BodyHandlers.ofString());
            assertEquals("Rest and drink enough.", Chat.streamedContent(stream.body()));
            assertEquals("[DONE]", Chat.events(stream.body()).getLast());
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> unknown = http.send(
                        request(gateway, "sk-none", Chat.whole("x".repeat(100_000))),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(401, unknown.statusCode(), unknown.body());
                HttpResponse<String> wrong =
                        http.send(request(gateway, RunningGateway.KEY, "{"), HttpResponse.BodyHandlers.ofString());
                assertEquals(400, wrong.statusCode(), wrong.body());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void leave_inEveryVersionOfHttp_cancelsTheProvider(HttpClient.Version version) throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.stallBeforeHeaders());
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", plain.port(), "timeouts: {firstToken: 60s, stall: 60s, total: 60s}")
                        .listener(tls(""))
                        .start();
                HttpClient http = client(version)) {
            var answer = http.sendAsync(
                    request(gateway, RunningGateway.KEY, Chat.stream(QUESTION)), HttpResponse.BodyHandlers.ofString());
            assertTrue(plain.awaitReceived(1, PATIENCE));
            answer.cancel(true);
            assertTrue(plain.awaitAborted(1, PATIENCE), "the provider's call was not cancelled");
        }
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(Certificates.context(null, gatewayItself))
                .build();
    }

    private static String tls(String more) {
        return "{host: 127.0.0.1, port: 8443, tls: {certificate: \"file:" + gatewayItself.certificate()
                + "\", key: \"file:" + gatewayItself.key() + "\"" + more + "}}";
    }

    @Test
    void provider_withAPrivateAuthority_isReachedOnlyWithIt() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                Relay secure = Relay.tls(Certificates.context(provider, null), plain.port())) {
            String url = "https://localhost:" + secure.port() + "/v1";
            assertAnswered(plain, url, ", ca: \"file:" + authority.certificate() + "\"");
            assertNotReached(plain, url, ", ca: \"file:" + stranger.certificate() + "\"");
            assertNotReached(plain, url, "");
        }
    }

    @Test
    void provider_withTheCertificateOfAnotherHost_isNotTold() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                Relay secure = Relay.tls(Certificates.context(elsewhere, null), plain.port())) {
            String url = "https://localhost:" + secure.port() + "/v1";
            assertNotReached(plain, url, ", ca: \"file:" + authority.certificate() + "\"");
        }
    }

    @Test
    void provider_behindAProxy_isReachedThroughItByName() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                Relay secure = Relay.tls(Certificates.context(provider, null), plain.port());
                Relay proxy = Relay.proxy(secure.port())) {
            assertAnswered(
                    plain,
                    "https://provider.test:8443/v1",
                    ", ca: \"file:" + authority.certificate() + "\", proxy: \"http://127.0.0.1:" + proxy.port() + "\"");
            assertEquals(List.of("CONNECT provider.test:8443 HTTP/1.1"), proxy.connects());
        }
    }

    @Test
    void provider_behindAProxyThatIsDown_isNotReachedDirectly() throws Exception {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                Relay secure = Relay.tls(Certificates.context(provider, null), plain.port())) {
            assertNotReached(
                    plain,
                    "https://localhost:" + secure.port() + "/v1",
                    ", ca: \"file:" + authority.certificate() + "\", proxy: \"http://127.0.0.1:"
                            + RunningGateway.freePort() + "\"");
        }
    }

    @Test
    void azure_isCalledByDeploymentWithItsKeyHeaderAndVersion(@TempDir Path secrets) throws IOException {
        Path key = Files.writeString(secrets.resolve("azure-key"), "azure-secret\n");
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = new GatewayFiles()
                        .target(
                                "azure",
                                "http://127.0.0.1:" + plain.port(),
                                "kind: azure, environment: sandbox, models: {gpt-test: deployment-east}, apiVersion: \"2024-10-21\","
                                        + " credential: \"file:" + key + "\"",
                                "[text]")
                        .start()) {
            for (String body : List.of(Chat.whole(QUESTION), Chat.stream(QUESTION))) {
                HttpResponse<String> answer = gateway.chat(body);
                assertEquals(200, answer.statusCode(), answer.body());
                ReceivedRequest received = plain.last();
                assertEquals("/openai/deployments/deployment-east/chat/completions", received.path());
                assertEquals("api-version=2024-10-21", received.query());
                assertEquals("azure-secret", received.header("api-key"));
                assertEquals(null, received.header("authorization"));
                assertEquals("deployment-east", new JsonObject(received.text()).getString("model"));
            }
        }
    }

    @Test
    void provider_seesNoHeaderOfTheApp() {
        try (ScriptedProvider plain = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", plain.port()).start()) {
            HttpResponse<String> answer =
                    gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions?user=canary-1"))
                            .header("authorization", "Bearer " + RunningGateway.KEY)
                            .header("content-type", "application/json")
                            .header("x-request-id", "canary-2")
                            .header("baggage", "patient=canary-3")
                            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                            .header("openai-organization", "canary-4")
                            .header("cookie", "canary-5=1")
                            .POST(HttpRequest.BodyPublishers.ofString(Chat.whole(QUESTION)))
                            .build());
            assertEquals(200, answer.statusCode());
            ReceivedRequest received = plain.last();
            assertTrue(
                    received.headers().stream().noneMatch(h -> h.getValue().contains("canary")),
                    received.headers()::toString);
            assertEquals(
                    List.of("accept-encoding", "content-length", "content-type", "host", "user-agent"),
                    received.headers().stream()
                            .map(h -> h.getKey().toLowerCase(java.util.Locale.ROOT))
                            .sorted()
                            .toList());
            assertEquals("", received.query());
        }
    }

    private static void assertAnswered(ScriptedProvider plain, String url, String more) {
        int before = plain.received().size();
        try (RunningGateway gateway = new GatewayFiles()
                .target("provider", url, SANDBOX + more, "[text]")
                .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("Rest.", Chat.content(answer));
            assertEquals(before + 1, plain.received().size());
        }
    }

    private static void assertNotReached(ScriptedProvider plain, String url, String more) {
        int before = plain.received().size();
        try (RunningGateway gateway = new GatewayFiles()
                .target("provider", url, SANDBOX + more, "[text]")
                .start()) {
            HttpResponse<String> answer = gateway.chat(Chat.whole(QUESTION));
            assertEquals(502, answer.statusCode(), answer.body());
            String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
            Outcome outcome =
                    (Outcome) gateway.trace(traceId).entries().getLast().record();
            assertEquals("connect", outcome.attempts().getLast().result());
            assertEquals(before, plain.received().size());
        }
    }

    private static HttpResponse<String> chat(RunningGateway gateway, SSLContext context)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            return http.send(
                    request(gateway, RunningGateway.KEY, Chat.whole(QUESTION)), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest request(RunningGateway gateway, String key, String json) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/v1/chat/completions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }
}
