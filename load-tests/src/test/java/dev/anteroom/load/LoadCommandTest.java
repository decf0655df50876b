package dev.anteroom.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LoadCommandTest {
    private record Outcome(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "provider --help", "compare --help", "compare-records --help"})
    void help_everyCommand_explainsOnStdout(String arguments) {
        Outcome outcome = execute(arguments.split(" ", -1));
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().contains("Usage: anteroom load"), outcome.out());
        assertTrue(outcome.out().contains("--help"), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "run",
                "run --target http://192.0.2.1:80",
                "run --target https://127.0.0.1:80",
                "run --target http://127.0.0.1:9 --rate 0",
                "run --target http://127.0.0.1:9 --rate many",
                "run --target http://127.0.0.1:9 --seconds -1",
                "provider",
                "compare --gateway http://192.0.2.1:80",
                "compare --goal-cpu 100",
                "compare --gateway http://127.0.0.1:9 --goal-cpu 100",
                "compare --rates 0",
                "compare --rounds 0",
                "compare-records --rate 0",
                "compare-records --data ."
            })
    void wrongCall_anyCommand_exits2WithNothingOnStdout(String arguments) {
        Outcome outcome = execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
        assertEquals(2, outcome.code(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(!outcome.err().isBlank());
    }

    @Test
    void run_goodProvider_printsJson() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.echo())) {
            Outcome outcome = execute(
                    "run",
                    "--target",
                    provider.uri().toString(),
                    "--rate",
                    "50",
                    "--seconds",
                    "0.4",
                    "--warmup",
                    "0",
                    "--key",
                    "k1",
                    "--model",
                    "m7",
                    "--documents",
                    "--patient",
                    "--body-bytes",
                    "900");
            assertEquals(0, outcome.code(), outcome.err());
            JsonObject json = new JsonObject(outcome.out());
            assertEquals(20, json.getInteger("count"));
            assertTrue(json.getJsonObject("total_micros").getDouble("p50") > 0);
            ReceivedRequest request = provider.last();
            assertEquals("/v1/chat/completions", request.path());
            assertEquals("Bearer k1", request.header("authorization"));
            JsonObject body = new JsonObject(request.text());
            assertEquals("m7", body.getString("model"));
            assertEquals(3, body.getJsonArray("documents").size());
            assertTrue(!body.getJsonObject("patient").getJsonArray("names").isEmpty());
            body.remove("documents");
            body.remove("patient");
            assertTrue(
                    Math.abs(body.toBuffer().length() - 900) < 60,
                    "bytes: " + body.toBuffer().length());
        }
    }

    @Test
    void run_streamed_asksForAStream() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("fine, thanks"))) {
            Outcome outcome = execute(
                    "run",
                    "--target",
                    provider.baseUrl() + "/chat/completions",
                    "--rate",
                    "50",
                    "--seconds",
                    "0.2",
                    "--warmup",
                    "0",
                    "--stream");
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(Exchange.asksForStream(provider.last().body()));
        }
    }

    @Test
    void run_failingProvider_exits1() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.status(500, "{}"))) {
            Outcome outcome = execute(
                    "run", "--target", provider.uri().toString(), "--rate", "50", "--seconds", "0.2", "--warmup", "0");
            assertEquals(1, outcome.code());
            assertEquals(
                    10, new JsonObject(outcome.out()).getJsonObject("errors").getInteger("status 500"));
        }
    }

    @Test
    void run_saturate_printsThroughput() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.fixed(64))) {
            Outcome outcome = execute(
                    "run",
                    "--target",
                    provider.uri().toString(),
                    "--saturate",
                    "4",
                    "--seconds",
                    "0.3",
                    "--warmup",
                    "0.1");
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(new JsonObject(outcome.out()).getDouble("achieved_per_second") > 0);
        }
    }

    /** A second provider stands in for a gateway: what is tested is the bookkeeping, not a figure. */
    @Test
    void compare_shortRun_printsTablesAndWritesJson(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("figures.json");
        try (ScriptedProvider gateway = ScriptedProvider.builder()
                .recording(false)
                .script(Script.fixed(64))
                .start()) {
            Outcome outcome = execute(
                    "compare",
                    "--gateway",
                    gateway.uri().toString(),
                    "--gateway-pid",
                    Long.toString(ProcessHandle.current().pid()),
                    "--seconds",
                    "0.2",
                    "--warmup",
                    "0.1",
                    "--rates",
                    "50,100",
                    "--rounds",
                    "2",
                    "--provider-port",
                    "0",
                    "--no-nginx",
                    "--goal-cpu",
                    "1000000",
                    "--json",
                    json.toString());
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(outcome.out().contains("| direct |") && outcome.out().contains("| gateway |"), outcome.out());
            JsonObject figures = new JsonObject(Files.readString(json));
            JsonArray rounds = figures.getJsonObject("gateway")
                    .getJsonObject("added_p50_micros@100")
                    .getJsonArray("rounds");
            assertEquals(2, rounds.size());
            assertTrue(figures.getJsonObject("gateway").containsKey("cpu_micros_saturated"));
            assertTrue(!figures.getJsonObject("direct").containsKey("added_p50_micros@100"));
        }
    }

    /** Both gateways are real; what is tested is that they are compared, not the figures of so short a run. */
    @Test
    void compareRecords_shortRun_printsRatioAndWritesJson(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path figures = Path.of(System.getProperty("anteroom.root", ".."), "docs", "figures");
        for (String name : List.of("anteroom.yaml", "contracts.yaml")) {
            Files.writeString(
                    folder.resolve(name),
                    Files.readString(figures.resolve(name)).replace("18090", Integer.toString(port)));
        }
        Path json = folder.resolve("figures.json");
        Outcome outcome = execute(
                "compare-records",
                "--config",
                folder.resolve("anteroom.yaml").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--provider-port",
                Integer.toString(port),
                "--seconds",
                "0.3",
                "--warmup",
                "0.5",
                "--rate",
                "50",
                "--rounds",
                "2",
                "--connections",
                "2",
                "--goal-ratio",
                "0",
                "--goal-added-p50",
                "10000",
                "--json",
                json.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(
                outcome.out().contains("| with records |") && outcome.out().contains("| with to without |"),
                outcome.out());
        JsonObject records = new JsonObject(Files.readString(json)).getJsonObject("records");
        assertEquals(
                2,
                records.getJsonObject("throughput_ratio").getJsonArray("rounds").size());
        assertTrue(records.containsKey("added_p50_ms@50"));
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void compare_goalMissed_exits1() {
        try (ScriptedProvider gateway = ScriptedProvider.builder()
                .recording(false)
                .script(Script.fixed(64).after(java.time.Duration.ofMillis(30)))
                .start()) {
            Outcome outcome = execute(
                    "compare",
                    "--gateway",
                    gateway.uri().toString(),
                    "--seconds",
                    "0.2",
                    "--warmup",
                    "0.1",
                    "--rates",
                    "50",
                    "--rounds",
                    "1",
                    "--provider-port",
                    "0",
                    "--no-nginx",
                    "--stream-rate",
                    "0",
                    "--goal-added-mean",
                    "5");
            assertEquals(1, outcome.code(), outcome.err());
            assertTrue(outcome.err().contains("MISSED: added mean"), outcome.err());
        }
    }

    @Test
    void provider_portTaken_exits2() {
        try (ScriptedProvider other = ScriptedProvider.start(Script.echo())) {
            Outcome outcome = execute("provider", "--port", Integer.toString(other.port()));
            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains("expected: free"), outcome.err());
        }
    }

    private static Outcome execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }
}
