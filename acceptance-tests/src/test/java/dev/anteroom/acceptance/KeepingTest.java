package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are kept, held, shredded and sealed anew as their owner says, with the gateway running. */
class KeepingTest {
    private static final String SECRET = "Ottoline Quarrendon";

    @TempDir
    Path folder;

    private static Said traces(RunningGateway gateway, String... words) {
        Stream<String> place = Stream.of(
                "--data",
                gateway.data().toString(),
                "--keys",
                gateway.data().resolve("keys").toString());
        String[] line = Stream.of(Stream.of("traces"), Stream.of(words), place)
                .flatMap(part -> part)
                .toArray(String[]::new);
        return Said.by(line);
    }

    private static Said done(RunningGateway gateway, String... words) {
        Said said = traces(gateway, words);
        assertEquals(0, said.code(), () -> String.join(" ", words) + ": " + said.out() + said.err());
        return said;
    }

    private static String call(RunningGateway gateway, String text) {
        return gateway.chat(Chat.whole(text))
                .headers()
                .firstValue("x-anteroom-trace-id")
                .orElseThrow();
    }

    /** Calls a gateway in a process of its own. */
    private static String call(int port, String text) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                                    .header("authorization", "Bearer " + RunningGateway.KEY)
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(Chat.whole(text)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("x-anteroom-trace-id")
                    .orElseThrow();
        }
    }

    private static JsonObject record(Said shown, String kind) {
        JsonArray entries = new JsonObject(shown.out()).getJsonArray("entries");
        return entries.stream()
                .map(entry -> ((JsonObject) entry).getJsonObject("record"))
                .filter(record -> record.getString("record").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private RunningGateway start(ScriptedProvider provider, String journal) throws Exception {
        Path own = Files.createDirectory(folder.resolve("g"));
        Path config = TestConfig.clinician(provider.port()).write(own);
        Files.writeString(config, Files.readString(config).replace("journal: {", "journal: {" + journal));
        return RunningGateway.start(own, config);
    }

    @Test
    void originals_readShreddedAndHeld_areRecordedAndGone() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = start(provider, "")) {
            String kept = call(gateway, "Patient: " + SECRET + ", MRN: 4482913");
            String gone = call(gateway, "Patient: " + SECRET + ", MRN: 4482914");

            assertFalse(done(gateway, "show", kept).out().contains(SECRET));
            assertEquals(2, traces(gateway, "show", kept, "--original").code(), "no reason");
            assertEquals(
                    2,
                    traces(gateway, "show", kept, "--original", "--reason", "curious")
                            .code(),
                    "no real one");
            Said read = done(gateway, "show", kept, "--original", "--reason", "asked by the ward", "--actor", "jane");
            assertTrue(record(read, "original").getString("request").contains(SECRET));
            assertTrue(
                    done(gateway, "access", "list")
                            .out()
                            .contains("jane  read what was asked: " + kept + "  \"asked by the ward\""),
                    traces(gateway, "access", "list")::out);

            // The role: with the operator key alone decisions can be read, originals not.
            Path operator = Files.createDirectory(folder.resolve("auditor"));
            Files.copy(gateway.data().resolve("keys/operator.key"), operator.resolve("operator.key"));
            String data = gateway.data().toString();
            assertEquals(
                    0,
                    Said.by("traces", "show", kept, "--data", data, "--keys", operator.toString())
                            .code());
            Said refused = Said.by(
                    "traces",
                    "show",
                    kept,
                    "--original",
                    "--reason",
                    "asked by the ward",
                    "--data",
                    data,
                    "--keys",
                    operator.toString());
            assertEquals(1, refused.code());
            assertFalse((refused.out() + refused.err()).contains(SECRET));

            done(gateway, "hold", "add", "--name", "case-7", "--trace", kept, "--reason", "a case is pending");
            assertTrue(done(gateway, "hold", "list").out().contains("case-7"));
            Said dry = traces(gateway, "shred", kept, gone, "--originals", "--dry-run");
            assertEquals("would shred 1 originals\nleft 1 under the hold case-7\n", dry.out());
            Said shred = traces(
                    gateway, "shred", kept, gone, "--originals", "--actor", "joe", "--reason", "the patient wants it");
            assertEquals(1, shred.code(), shred::err);
            assertEquals("shredded 1 originals\nleft 1 under the hold case-7\n", shred.out());

            Said shown = done(gateway, "show", gone, "--original", "--reason", "is it really gone");
            assertEquals(null, record(shown, "original").getValue("request"));
            assertEquals(
                    "joe", record(shown, "original").getJsonObject("shredded").getString("by"));
            assertEquals(200, gateway.get("/v1/anteroom/traces/" + gone).statusCode());
            assertTrue(record(done(gateway, "show", kept, "--original", "--reason", "is it still there"), "original")
                    .getString("request")
                    .contains(SECRET));

            done(gateway, "hold", "release", "case-7", "--reason", "the case is closed");
            done(gateway, "shred", kept, "--all", "--actor", "joe", "--reason", "by order of a court");
            assertEquals(
                    "intent", record(done(gateway, "show", kept), "shredded").getString("kind"));
            assertTrue(done(gateway, "list").out().contains("shredded"));
            assertEquals(404, gateway.get("/v1/anteroom/traces/" + kept).statusCode());
            assertEquals(200, gateway.chat(Chat.whole("And on it goes.")).statusCode());
            for (byte[] file : gateway.filesOnDisk()) {
                String text = new String(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("Quarrendon") || text.contains("pending"));
            }
        }
    }

    @Test
    void replay_originalShredded_saysWhenAndByWhom() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = start(provider, "")) {
            String id = call(gateway, "MRN: 4482913");
            done(gateway, "shred", id, "--originals", "--actor", "joe", "--reason", "the patient wants it");
            Said said = traces(
                    gateway,
                    "replay",
                    id,
                    "--config",
                    folder.resolve("g/anteroom.yaml").toString(),
                    "--actor",
                    "jane");
            assertEquals(1, said.code());
            assertTrue(
                    said.out()
                            .matches(
                                    "(?s).*not re-derivable: what the call asked was shredded on [0-9-]{10} \\(by joe\\).*"),
                    said.out());
            assertTrue(said.err().contains("0 same, 0 differ, 1 not re-derivable"), said.err());
            assertTrue(done(gateway, "access", "list")
                    .out()
                    .contains("jane  read what was asked: " + id + "  \"replay\""));
        }
    }

    @Test
    void retention_aMomentAfterTheStart_shredsWhatIsOldAndNothingElse() throws Exception {
        Path own = Files.createDirectory(folder.resolve("g"));
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = TestConfig.clinician(provider.port()).write(own);
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace("journal: {", "journal: {retention: {originals: 1s, bodies: 1h}, "));
            String old;
            try (GatewayProcess first = GatewayProcess.serve(config, own.resolve("data"))) {
                old = call(first.port(), "MRN: 4482913");
                first.terminate();
                assertEquals(0, first.awaitExit(Duration.ofSeconds(30)));
            }
            Thread.sleep(1_100);
            try (RunningGateway second = RunningGateway.start(own, config)) {
                String by = "";
                for (int i = 0; i < 200 && by.isEmpty(); i++) {
                    Thread.sleep(50);
                    JsonObject shredded = record(
                                    done(second, "show", old, "--original", "--reason", "waiting for the job"),
                                    "original")
                            .getJsonObject("shredded");
                    by = shredded == null ? "" : shredded.getString("by");
                }
                assertEquals("retention", by);
                assertTrue(record(done(second, "show", old), "intent")
                        .getString("redacted_request")
                        .contains("MRN"));
                assertTrue(done(second, "access", "list").out().contains("retention  shredded 1 originals"));
            }
        }
    }

    @Test
    void rotateKey_whileServing_takesEffectAtTheNextStartAndRewrapFollows() throws Exception {
        Path own = Files.createDirectory(folder.resolve("g"));
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = TestConfig.clinician(provider.port()).write(own);
            Path keys = own.resolve("data/keys");
            String id;
            String oldKey;
            try (GatewayProcess first = GatewayProcess.serve(config, own.resolve("data"))) {
                id = call(first.port(), "MRN: 4482913");
                Said said = Said.by(
                        "traces",
                        "rotate-key",
                        "--rewrap",
                        "--data",
                        own.resolve("data").toString(),
                        "--keys",
                        keys.toString());
                assertEquals(1, said.code(), said::out);
                assertTrue(said.out().contains("of a run that has not ended"), said.out());
                oldKey = said.out()
                        .lines()
                        .filter(line -> line.startsWith("old key"))
                        .findFirst()
                        .orElseThrow()
                        .split(" ")[2]
                        .replace(":", "");
                id = call(first.port(), "MRN: 4482913");
                first.terminate();
                assertEquals(0, first.awaitExit(Duration.ofSeconds(30)));
            }
            try (RunningGateway second = RunningGateway.start(own, config)) {
                call(second, "MRN: 4482914");
                Said said = done(second, "rotate-key", "--rewrap");
                assertTrue(said.out().contains("No record needs an older key any more"), said.out());
                Files.delete(keys.resolve("operator-" + oldKey + ".key"));
                assertTrue(
                        record(done(second, "show", id, "--original", "--reason", "is it still readable"), "original")
                                .getString("request")
                                .contains("4482913"));
                assertEquals(200, second.get("/v1/anteroom/traces/" + id).statusCode());
                assertEquals(
                        3, // originals read, key rotated, keys wrapped anew
                        done(second, "access", "list", "--json")
                                .out()
                                .lines()
                                .map(line -> new JsonObject(line).getString("act"))
                                .distinct()
                                .count());
            }
        }
    }

    @Test
    void operatorKey_fromACommand_isNeverWrittenOrShown() throws Exception {
        String key = "5ec7e7".repeat(10) + "abcd";
        Path script = Files.writeString(folder.resolve("kms"), "echo " + key + "\n");
        String source = "operatorKey: {command: [/bin/sh, \"" + script + "\"]}, ";
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                CapturedOutput captured = new CapturedOutput();
                RunningGateway gateway = start(provider, source)) {
            String id = call(gateway, "Patient: " + SECRET);
            assertFalse(Files.exists(gateway.data().resolve("keys/operator.key")));
            String data = gateway.data().toString();
            String config = folder.resolve("g/anteroom.yaml").toString();
            Said shown = Said.by("traces", "show", id, "--data", data, "--keys", config);
            assertEquals(0, shown.code(), shown::err);
            assertEquals(
                    1, Said.by("traces", "show", id, "--data", data).code(), "the key is not where it is by default");
            Files.writeString(script, "echo " + key + "; exit 7\n");
            Said failed = Said.by("traces", "show", id, "--data", data, "--keys", config);
            assertEquals(1, failed.code());
            assertTrue(failed.err().contains("the command /bin/sh ended with exit code 7"), failed.err());
            assertFalse((failed.out() + failed.err() + new String(captured.all(), StandardCharsets.UTF_8))
                    .contains("5ec7e7"));
            for (byte[] file : gateway.filesOnDisk()) {
                assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains("5ec7e7"));
            }
        }
    }
}
