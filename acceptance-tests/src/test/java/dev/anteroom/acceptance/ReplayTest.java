package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.cli.records.PruneKeptCommand;
import dev.anteroom.gateway.cli.records.ReplayCommand;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded calls are decided again, and come out the same unless something that decides has changed. */
class ReplayTest {
    private static final int CALLS = Boolean.getBoolean("anteroom.full") ? 1_000 : 150;
    private static final String EPONYM = RecordsCommand.EPONYM;
    private static final List<String> TEXTS = List.of(
            "Metformin 500 mg twice a day, BP 120/80.",
            "Patient: Ottoline Quarrendon, MRN: 4482913, born 3/14/1961.",
            "Call (617) 555-0143 or write to o.quarrendon@mail.example.",
            "Dr. " + EPONYM + " maneuver?",
            "Ask Mr. " + EPONYM + " and Ms. Vandersloot.",
            "TWVyaQ== MRN: 44\u200b82913",
            "What does \u0410nna say?",
            "12 Quarrel Street, Boston, MA 02118");

    @TempDir
    Path folder;

    private static RecordsCommand replay(RunningGateway gateway, Path config, String... more) {
        return RecordsCommand.run(
                out -> new ReplayCommand(
                        Clock.systemUTC(), InputStream.nullInputStream(), out, () -> Build.named("test")),
                gateway,
                config,
                more);
    }

    /** Replays each call as it was decided. */
    private static RecordsCommand replay(RunningGateway gateway, String... more) {
        return replay(gateway.data(), more);
    }

    private static RecordsCommand replay(Path data, String... more) {
        return RecordsCommand.run(
                out -> new ReplayCommand(
                        Clock.systemUTC(), InputStream.nullInputStream(), out, () -> Build.named("test")),
                data,
                more);
    }

    private static List<JsonObject> calls(RecordsCommand said) {
        return said.out().lines().map(JsonObject::new).toList();
    }

    private Path config(String name, String audience, boolean lenient, String more, int... ports) throws IOException {
        Path file = RecordsCommand.config(
                folder.resolve(name), TestConfig.clinician(ports).withAudience(audience), lenient);
        return Files.writeString(file, Files.readString(file).replace("journal: {", "journal: {" + more));
    }

    private static String body(RandomGenerator random) {
        JsonArray messages = new JsonArray();
        for (int turns = random.nextInt(3) == 0 ? 9 + random.nextInt(6) : 1 + random.nextInt(3); turns > 1; turns--) {
            messages.add(new JsonObject()
                    .put("role", turns % 2 == 0 ? "assistant" : "user")
                    .put("content", TEXTS.get(random.nextInt(TEXTS.size()))));
        }
        if (random.nextInt(4) == 0) {
            JsonObject function = new JsonObject()
                    .put("name", "find")
                    .put("arguments", "{\"mrn\":44829138,\"name\":\"Ada Quillfeather\"}");
            messages.add(new JsonObject()
                            .put("role", "assistant")
                            .put(
                                    "tool_calls",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put("id", "call_1")
                                                    .put("type", "function")
                                                    .put("function", function))))
                    .add(new JsonObject()
                            .put("role", "tool")
                            .put("tool_call_id", "call_1")
                            .put("content", "{\"mrn\":44829138,\"ssn\":\"219-09-9999\"}"));
        }
        messages.add(Chat.user(TEXTS.get(random.nextInt(TEXTS.size()))));
        JsonObject body = new JsonObject()
                .put("model", random.nextInt(3) == 0 ? "extractive" : "gpt-test")
                .put("messages", messages)
                .put("stream", random.nextInt(3) == 0);
        if (random.nextInt(3) == 0) {
            body.put(
                    "patient",
                    new JsonObject().put("name", "Ottoline Quarrendon").put("mrn", "4482913"));
        }
        if (random.nextBoolean()) {
            body.put(
                    "documents",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("id", "d1")
                                    .put("text", "Ottoline Quarrendon takes metformin 500 mg. She rests at night.")));
        }
        return body.encode();
    }

    private static String answer(RandomGenerator random) {
        return random.nextBoolean() ? "She rests at night." : "[NAME_1] should rest, and call [PHONE_1].";
    }

    private void everyCallIsTheSame(String audience) throws Exception {
        RandomGenerator random = TestSeed.of("ReplayTest");
        try (ScriptedProvider provider = ScriptedProvider.start(
                request -> random.nextInt(8) == 0 ? Script.status(503, "{}") : Script.text(answer(random)))) {
            Path then = config("then", audience, true, "", RunningGateway.freePort(), provider.port());
            Path now = config("now", audience, false, "", provider.port(), provider.port() + 1);
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), then)) {
                Set<String> all = new HashSet<>();
                Set<String> affected = new HashSet<>();
                for (int i = 0; i < CALLS; i++) {
                    String body = body(random);
                    HttpResponse<String> answer = gateway.chat(body);
                    String id =
                            answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
                    all.add(id);
                    if (body.contains(EPONYM)) {
                        affected.add(id);
                    }
                }
                // The files have changed since; what decided is kept.
                Files.delete(then);
                RecordsCommand said = replay(gateway, "--jsonl");
                assertEquals(0, said.code(), said.out() + said.err());
                assertTrue(said.err().contains(CALLS + " same, 0 differ, 0 not re-derivable"), said.err());
                assertEquals(
                        all, calls(said).stream().map(c -> c.getString("trace")).collect(Collectors.toSet()));
                long judged = calls(said).stream()
                        .filter(c -> stage(c, "release").equals("same"))
                        .count();
                assertTrue(judged > CALLS / 2, () -> judged + " of " + CALLS + " releases were decided again");
                for (JsonObject call : calls(said)) {
                    assertEquals(call.getString("recorded_snapshot"), call.getString("snapshot"));
                }

                // The targets have changed too; that concerns the plan of calls to them, and no redaction.
                RecordsCommand changed = replay(gateway, now, "--jsonl");
                assertEquals(1, changed.code(), changed.err());
                Set<String> differing = calls(changed).stream()
                        .filter(c -> !stage(c, "redaction").equals("same"))
                        .map(c -> c.getString("trace"))
                        .collect(Collectors.toSet());
                assertEquals(affected, differing);
                assertFalse(affected.isEmpty() || affected.size() == all.size());
                assertFalse((changed.out() + changed.err()).contains(EPONYM));
            }
        }
    }

    private static String stage(JsonObject call, String stage) {
        return call.getJsonObject("stages").getJsonObject(stage).getString("result");
    }

    @Test
    void replay_mixedCallsOfClinicians_areTheSameUntilARuleChanges() throws Exception {
        everyCallIsTheSame("clinician");
    }

    @Test
    void replay_mixedCallsOfPatients_areTheSameUntilARuleChanges() throws Exception {
        everyCallIsTheSame("patient");
    }

    @Test
    void replay_callsThatAClassifierOfTheSitesOwnRead_needNoneOfItsFilesButTheKept() throws Exception {
        Path own = Files.createDirectory(folder.resolve("classifier"));
        Path fixture = Path.of(System.getProperty("anteroom.root", ".."), "models", "classifier-fixture");
        for (String file : List.of("model.onnx", "tokenizer.json", "config.json")) {
            Files.copy(fixture.resolve(file), own.resolve(file));
        }
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path then = TestConfig.clinician(provider.port())
                    .withProfile("strict")
                    .withExtra("classifier: {folder: \"file:" + own
                            + "\", labels: {PATIENT: name, HOSPITAL: facility}, deadline: 60s}\n")
                    .write(Files.createDirectory(folder.resolve("then")));
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), then)) {
                String id = gateway.chat(Chat.whole("the maybe walks."))
                        .headers()
                        .firstValue("x-anteroom-trace-id")
                        .orElseThrow();
                try (Stream<Path> files = Files.walk(own)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
                RecordsCommand said = replay(gateway, id);
                assertEquals(0, said.code(), said.out() + said.err());
                assertTrue(said.err().contains("1 same, 0 differ, 0 not re-derivable"), said.err());

                try (Stream<Path> kept = Files.list(gateway.data().resolve("kept/sha256"))) {
                    byte[] model = Files.readAllBytes(fixture.resolve("model.onnx"));
                    Path file =
                            kept.filter(k -> sameBytes(k, model)).findFirst().orElseThrow();
                    Files.delete(file);
                }
                RecordsCommand gone = replay(gateway, id);
                assertEquals(1, gone.code(), gone.out() + gone.err());
                assertTrue(gone.out().contains("model file classifier/model.onnx is missing"), gone.out());
            }
        }
    }

    private static boolean sameBytes(Path file, byte[] bytes) {
        try {
            return Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void replay_oneCall_saysWhatBecameOfEveryStage() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path then = config("then", "clinician", true, "", provider.port());
            Path now = config("now", "clinician", false, "", provider.port());
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), then)) {
                String body = Chat.whole("Dr. " + EPONYM + " maneuver, MRN: 4482913?");
                String id = gateway.chat(body)
                        .headers()
                        .firstValue("x-anteroom-trace-id")
                        .orElseThrow();
                RecordsCommand same = replay(gateway, then, id);
                assertEquals(0, same.code(), same.out());
                assertEquals(
                        List.of("redaction  same", "plan       same", "route      same", "release    same"),
                        same.out().lines().skip(1).map(String::strip).toList());
                RecordsCommand differs = replay(gateway, now, id);
                assertEquals(1, differs.code());
                assertTrue(
                        differs.out()
                                .contains(
                                        "redaction  differs: finding 1: was messages[0].content 28-35 MRN 0.95 by mrn.label+tagger as [MRN_1], is messages[0].content 4-12 NAME"),
                        differs.out());
                assertTrue(differs.out().contains("decided under another snapshot"), differs.out());
                assertEquals(
                        1,
                        replay(gateway, then, "018f0000-0000-7000-8000-000000000000")
                                .code());

                TraceReader reader = TraceReader.open(
                        gateway.data(), KeyRing.openOrCreate(gateway.data().resolve("keys"), new SecureRandom()));
                Trace shown = reader.find(id).orElseThrow();
                assertInstanceOf(Intent.class, shown.entries().getFirst().record());
                Trace whole = reader.withOriginals().find(id).orElseThrow();
                assertEquals(
                        BodyText.of(body),
                        assertInstanceOf(
                                        Original.class,
                                        whole.entries().getFirst().record())
                                .request());
            }
        }
    }

    @Test
    void replay_callsOfAnotherBuild_areDecidedByThatBuild() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = config("then", "clinician", true, "", provider.port());
            Path data = folder.resolve("data");
            String classPath = System.getProperty("java.class.path");
            String id;
            // That build scores what stands in the text in disguise higher than this one does.
            try (GatewayProcess gateway = GatewayProcess.launch(
                    config,
                    data,
                    RunningGateway.freePort(),
                    RunningGateway.freePort(),
                    Map.of(
                            "CLASSPATH",
                            changedRules("float ENCODED_SCORE = 0.6f", "float ENCODED_SCORE = 0.7f")
                                    + File.pathSeparator
                                    + classPath))) {
                gateway.awaitReady();
                try (HttpClient http = HttpClient.newHttpClient()) {
                    id = http.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                                            .header("authorization", "Bearer " + RunningGateway.KEY)
                                            .header("content-type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(
                                                    Chat.whole("See TVJOOiA0NDgyOTEz and Dr. " + EPONYM)))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .firstValue("x-anteroom-trace-id")
                            .orElseThrow();
                }
                gateway.terminate();
                gateway.awaitExit(Duration.ofSeconds(20));
            }
            RecordsCommand then = replay(data, id);
            assertEquals(0, then.code(), then.out() + then.err());
            assertEquals(
                    4, then.out().lines().filter(line -> line.endsWith(" same")).count(), then.out());
            assertTrue(then.err().contains("replayed with 1 recorded snapshot: 1 same"), then.err());

            RecordsCommand now = replay(data, "--config", config.toString(), id);
            assertEquals(1, now.code());
            assertTrue(
                    now.out().contains("redaction  differs: finding 1: was messages[0].content 4-20 MRN 0.70"),
                    now.out());

            // Where its program is damaged, nothing is decided by another one instead.
            for (Path kept : filesBelow(data.resolve("kept/sha256"))) {
                if (Files.size(kept) > 10_000) {
                    Files.delete(kept);
                    Files.writeString(kept, "damaged");
                }
            }
            RecordsCommand damaged = replay(data, id);
            assertEquals(1, damaged.code());
            assertEquals(
                    4,
                    damaged.out()
                            .lines()
                            .filter(line -> line.contains("not re-derivable: the program's file ")
                                    && line.endsWith(" is kept and damaged: it has another digest"))
                            .count(),
                    damaged.out());
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** An archive with the redactor, compiled with one line changed. */
    private Path changedRules(String from, String to) throws IOException {
        Path sources = Path.of(System.getProperty("anteroom.root", ".."))
                .resolve("phi-redactor/src/main/java/dev/anteroom/phi/Redactor.java");
        String text = Files.readString(sources);
        assertTrue(text.contains(from), () -> from + " does not stand in " + sources);
        Path source = Files.createDirectories(folder.resolve("changed")).resolve("Redactor.java");
        Files.writeString(source, text.replace(from, to));
        Path classes = folder.resolve("changed-classes");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, code);
        return classes;
    }

    @Test
    void start_whereWhatDecidesCannotBeKept_isRefused() throws Exception {
        Path own = Files.createDirectory(folder.resolve("g"));
        Path config = config("then", "clinician", true, "", RunningGateway.freePort());
        Files.createDirectory(own.resolve("data"));
        Files.writeString(own.resolve("data/kept"), "in the way");
        String said = String.valueOf(assertThrows(IllegalStateException.class, () -> RunningGateway.start(own, config))
                .getCause());
        assertTrue(said.contains("what decides cannot be kept"), said);
    }

    @Test
    void pruneKept_snapshotsThatRecordsName_stay() throws Exception {
        Path own = Files.createDirectory(folder.resolve("g"));
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = config("then", "clinician", true, "", provider.port());
            try (RunningGateway gateway = RunningGateway.start(own, config)) {
                assertEquals(200, gateway.chat(Chat.whole("MRN: 4482913")).statusCode());
                Path unnamed = gateway.data().resolve("kept/sha256").resolve("0".repeat(64));
                Files.writeString(unnamed, "nobody names me");
                RecordsCommand said = RecordsCommand.run(_ -> new PruneKeptCommand(Clock.systemUTC()), gateway.data());
                assertEquals(0, said.code());
                assertFalse(Files.exists(unnamed));
                assertEquals(0, replay(gateway).code());
            }
        }
    }

    @Test
    void replay_withoutOriginals_isNotRederivable() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = config("then", "clinician", true, "originals: false, ", provider.port());
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), config)) {
                List<String> results = new ArrayList<>();
                assertEquals(200, gateway.chat(Chat.whole("MRN: 4482913")).statusCode());
                RecordsCommand said = replay(gateway, "--jsonl");
                assertEquals(1, said.code());
                calls(said).forEach(c -> results.add(stage(c, "redaction") + " " + stage(c, "route")));
                assertEquals(List.of("not_re_derivable same"), results);
                assertTrue(said.err().contains("0 same, 0 differ, 1 not re-derivable"), said.err());
            }
        }
    }
}
