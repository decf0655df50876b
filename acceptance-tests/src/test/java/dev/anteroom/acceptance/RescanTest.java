package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.cli.records.RescanCommand;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls sent something that today's rules find, by the records alone, beside the running gateway. */
class RescanTest {
    private static final String LET_OUT = "Dr. Zorblatt maneuver?";

    @TempDir
    Path folder;

    private static RecordsCommand rescan(RunningGateway gateway, Path config, String patient, String... more) {
        ByteArrayInputStream in = new ByteArrayInputStream(patient.getBytes(StandardCharsets.UTF_8));
        return RecordsCommand.run(out -> new RescanCommand(Clock.systemUTC(), in, out), gateway, config, more);
    }

    private Path config(String name, boolean lenient, int... ports) throws IOException {
        return RecordsCommand.config(folder.resolve(name), TestConfig.clinician(ports), lenient);
    }

    private static String traceId(HttpResponse<String> answer, int status) {
        assertEquals(status, answer.statusCode(), answer.body());
        return answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
    }

    private static String toolCall() {
        JsonObject call = new JsonObject()
                .put("id", "call_1")
                .put("type", "function")
                .put("function", new JsonObject().put("name", "find").put("arguments", "{\"mrn\":44829138}"));
        return Chat.body("gpt-test", "Find MRN: 4482913 of Dr. Quillfeather")
                .put(
                        "messages",
                        new JsonArray()
                                .add(Chat.user("Find MRN: 4482913 of Dr. Quillfeather."))
                                .add(new JsonObject()
                                        .put("role", "assistant")
                                        .put("tool_calls", new JsonArray().add(call)))
                                .add(new JsonObject()
                                        .put("role", "tool")
                                        .put("tool_call_id", "call_1")
                                        .put("content", "{\"mrn\":44829138,\"name\":\"Ada Quillfeather\"}")))
                .encode();
    }

    @Test
    void rescan_newerRules_nameExactlyTheCallsThatLetSomethingOut() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            int[] ports = {RunningGateway.freePort(), provider.port()};
            Path then = config("then", true, ports);
            Path now = config("now", false, ports);
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), then)) {
                String leaking = traceId(gateway.chat(Chat.whole(LET_OUT)), 200);
                assertTrue(provider.last().text().contains("Zorblatt"));
                traceId(gateway.chat(Chat.whole("Metformin 500 mg twice a day, BP 120/80.")), 200);
                traceId(gateway.chat(toolCall()), 200);
                traceId(gateway.chat(Chat.whole("extractive", LET_OUT)), 200);
                traceId(gateway.chat("{\"model\":\"gpt-test\",\"messages\":[],\"Zorblatt\":1}"), 400);

                RecordsCommand same = rescan(gateway, then, "");
                assertEquals(0, same.code(), same.out() + same.err());
                assertEquals("", same.out());
                assertTrue(same.err().contains("read 4 calls"), same.err());

                RecordsCommand newer = rescan(gateway, now, "", "--profile", "balanced");
                assertEquals(1, newer.code(), newer.err());
                assertEquals(
                        2, newer.out().lines().filter(l -> !l.startsWith(" ")).count(), newer.out());
                assertTrue(newer.out().contains(leaking), newer.out());
                assertTrue(newer.out().contains("sent to provider-1\n    messages[0].content 4-12 NAME"), newer.out());
                assertTrue(newer.err().contains("2 let something out"), newer.err());
                assertTrue(newer.err().contains("calls by target: extractive 1, provider-1 1"), newer.err());
                assertFalse((newer.out() + newer.err()).contains("Zorblatt"), newer.out() + newer.err());

                assertTrue(rescan(gateway, now, "", "--show-values").out().contains(": Zorblatt"));
                RecordsCommand json = rescan(gateway, now, "", "--jsonl");
                assertEquals(2, json.out().lines().count());
                JsonObject line = new JsonObject(json.out().lines().findFirst().orElseThrow());
                assertEquals(leaking, line.getString("trace"));
                assertEquals(
                        "NAME", line.getJsonArray("let_out").getJsonObject(0).getString("type"));
                RecordsCommand later = rescan(gateway, now, "", "--from", "2999-01-01");
                assertEquals(0, later.code());
                assertTrue(later.err().contains("read 0 calls"), later.err());
                assertEquals(2, rescan(gateway, now, "", "--until", "yesterday").code());
            }
        }
    }

    @Test
    void rescan_ofOnePatient_namesTheCallsThatSentHerValues() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = config("then", true, provider.port());
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), config)) {
                String leaking = traceId(gateway.chat(Chat.whole(LET_OUT)), 200);
                traceId(
                        gateway.chat(Chat.body("gpt-test", LET_OUT)
                                .put("patient", new JsonObject().put("name", "Ida Zorblatt"))
                                .encode()),
                        200);
                RecordsCommand hers = rescan(gateway, config, "{\"name\":\"Ida Zorblatt\"}", "--patient", "-");
                assertEquals(1, hers.code(), hers.err());
                assertEquals(
                        List.of(leaking),
                        hers.out()
                                .lines()
                                .filter(l -> !l.startsWith(" "))
                                .map(l -> l.substring(0, l.indexOf(' ')))
                                .toList());
                RecordsCommand other = rescan(gateway, config, "{\"name\":\"Uwe Vandersloot\"}", "--patient", "-");
                assertEquals(0, other.code(), other.out());
                assertEquals(2, rescan(gateway, config, "{}", "--patient", "-").code());
                assertEquals(2, rescan(gateway, config, "Ida", "--patient", "-").code());
            }
        }
    }

    @Test
    void rescan_callUnderWay_mayHaveBeenSent() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.stallBeforeHeaders())) {
            Path then = config("then", true, provider.port());
            Path now = config("now", false, provider.port());
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), then)) {
                Thread app = Thread.ofVirtual().start(() -> gateway.chat(Chat.whole(LET_OUT)));
                assertTrue(provider.awaitReceived(1, Duration.ofSeconds(20)));
                RecordsCommand said = rescan(gateway, now, "");
                assertEquals(1, said.code(), said.err());
                assertTrue(said.out().contains("may have been sent to provider-0"), said.out());
                app.join();
            }
        }
    }
}
