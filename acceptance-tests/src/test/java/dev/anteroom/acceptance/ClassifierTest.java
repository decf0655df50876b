package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A site's own classifier reads the texts of the strict profile; what it cannot read does not leave. */
class ClassifierTest {
    private static final int CALLS = Boolean.getBoolean("anteroom.full") ? 1_000 : 120;

    private static TestConfig config(int port, String folder, String profile, String deadline) {
        Path path = Path.of(System.getProperty("anteroom.root", ".."), "models", folder)
                .toAbsolutePath()
                .normalize();
        return TestConfig.clinician(port)
                .withProfile(profile)
                .withExtra("classifier: {folder: \"file:" + path
                        + "\", labels: {PATIENT: name, HOSPITAL: facility}, deadline: " + deadline + "}\n");
    }

    @Test
    void strictCalls_areReadByIt_andFaultsRefuseTheirCallsAlone() throws InterruptedException, ExecutionException {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway =
                        RunningGateway.start(config(provider.port(), "classifier-fixture", "strict", "60s"));
                ExecutorService apps = Executors.newFixedThreadPool(16)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                String text = "the maybe walks. call" + i + "x" + (i % 3 == 0 ? " nan" : "");
                answers.add(apps.submit(() -> gateway.chat(Chat.whole(text))));
            }
            int refused = 0;
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> answer = answers.get(i).get();
                assertEquals(i % 3 == 0 ? 503 : 200, answer.statusCode(), answer.body());
                refused += i % 3 == 0 ? 1 : 0;
                if (i % 3 == 0) {
                    assertEquals("safety_unavailable", Chat.code(answer));
                }
            }
            assertEquals(CALLS - refused, provider.received().size());
            for (ReceivedRequest received : provider.received()) {
                String body = new String(received.body(), StandardCharsets.UTF_8);
                assertFalse(body.contains("nan") || body.contains("maybe"), body);
            }
        }
    }

    @Test
    void balancedCalls_areNotReadByIt_andTheSnapshotNamesIt() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."))) {
            String hash;
            try (RunningGateway gateway =
                    RunningGateway.start(config(provider.port(), "classifier-fixture", "balanced", "5s"))) {
                assertEquals(
                        200, gateway.chat(Chat.whole("the maybe walks. nan")).statusCode());
                hash = gateway.snapshotHash();
            }
            try (RunningGateway gateway = RunningGateway.start(TestConfig.clinician(provider.port()))) {
                assertNotEquals(hash, gateway.snapshotHash());
            }
        }
    }

    @Test
    void start_withoutItsFiles_isRefusedInWordsForAPerson() {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> RunningGateway.start(config(1, "no-such-folder", "strict", "5s")));
        assertTrue(String.valueOf(refused.getCause()).contains("config.json is missing"), refused.toString());
    }
}
