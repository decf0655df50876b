package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.cli.AnteroomCommand;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.postgres.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway beside a real PostgreSQL that comes and goes, and the search over it. */
class StoreTest {
    private static final long WAIT_SECONDS = 60;

    @Test
    void store_comesAndGoes_callsGoOnAndTheSearchFindsThemAll(@TempDir Path directory) throws Exception {
        try (PostgresServer database = PostgresServer.start();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest and drink enough."))) {
            Path secret = Files.writeString(directory.resolve("password"), database.password() + "\n");
            Path config = TestConfig.clinician(provider.port())
                    .withExtra("""
                            store: {url: "%s", user: %s, credential: "file:%s"}
                            prices: [{model: gpt-test, from: 2026-01-01, inputPerMillion: 2.5, outputPerMillion: 10}]
                            """.formatted(database.url(), database.user(), secret))
                    .write(directory);
            database.kill();
            List<String> ids = new ArrayList<>();
            try (RunningGateway gateway = RunningGateway.start(directory, config)) {
                call(gateway, ids, "run-a");
                // What the call asked counts until its outcome is shipped, though it stays in the journal.
                await(gateway, "store: unreachable, 3 records behind");
                database.restart();
                await(gateway, "store: reachable, 0 records behind");
                call(gateway, ids, "run-b");
                HttpResponse<String> refused =
                        gateway.chat(Chat.body("no-such-model", "Hello").encode());
                assertEquals(404, refused.statusCode());
                ids.add(refused.headers().firstValue("x-anteroom-trace-id").orElseThrow());
                awaitFound(gateway, config, ids);
                assertEquals(List.of(ids.get(1)), search(gateway, config, "--run", "run-b"));
                assertEquals(List.of(ids.get(2)), search(gateway, config, "--verdict", "refused"));
                assertEquals(
                        List.of(ids.get(1)),
                        search(gateway, config, "--tenant", "demo", "--model", "gpt-test", "--limit", "1"));
                assertEquals(List.of(), search(gateway, config, "--min-cost", "1000000"));
                assertEquals(
                        List.of(ids.get(1), ids.get(0)),
                        search(gateway, config, "--min-cost", "0.000001", "--from", "2026-01-01"));
            }
        }
    }

    @Test
    void store_overTls_isReachedOnlyWhereTheCertificateIsOfTheAuthorityAndTheHost(@TempDir Path directory)
            throws Exception {
        Certificates certificates = new Certificates(directory);
        Certificates.Identity authority = certificates.authority("authority");
        Certificates.Identity another = certificates.authority("another");
        Certificates.Identity right = certificates.signed("right", "dns:localhost", authority);
        Certificates.Identity elsewhere = certificates.signed("elsewhere", "dns:db.example.org", authority);
        try (PostgresServer database = PostgresServer.start()) {
            database.secure(right.certificate(), right.key());
            Path config = secured(directory.resolve("right"), database, authority);
            try (RunningGateway gateway = RunningGateway.start(directory.resolve("right"), config)) {
                await(gateway, "store: reachable");
                assertEquals(List.of(), search(gateway, config));
                assertEquals(1, exit(gateway, secured(directory.resolve("another"), database, another)));
                database.secure(elsewhere.certificate(), elsewhere.key());
                assertEquals(1, exit(gateway, config));
            }
        }
    }

    private static Path secured(Path directory, PostgresServer database, Certificates.Identity authority)
            throws Exception {
        Path secret = Files.writeString(Files.createDirectories(directory).resolve("password"), database.password());
        return TestConfig.clinician()
                .withExtra("store: {url: \"%s\", user: %s, credential: \"file:%s\", ca: \"file:%s\"}"
                        .formatted(
                                database.url().replace("127.0.0.1", "localhost"),
                                database.user(),
                                secret,
                                authority.certificate()))
                .write(directory);
    }

    private static int exit(RunningGateway gateway, Path config) {
        return AnteroomCommand.run(
                "traces",
                "search",
                "--config",
                config.toString(),
                "--data",
                gateway.data().toString());
    }

    private static void call(RunningGateway gateway, List<String> ids, String run) {
        HttpResponse<String> answer = gateway.chat(Chat.body("gpt-test", "What helps?")
                .put("anteroom", new JsonObject().put("run", run))
                .encode());
        assertEquals(200, answer.statusCode(), answer.body());
        ids.add(answer.headers().firstValue("x-anteroom-trace-id").orElseThrow());
    }

    private static void await(RunningGateway gateway, String line) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        HttpResponse<String> ready = gateway.get("/readyz");
        while (!ready.body().contains(line)) {
            String body = ready.body();
            assertTrue(System.nanoTime() < until, () -> "expected '" + line + "', got: " + body);
            TimeUnit.MILLISECONDS.sleep(50);
            ready = gateway.get("/readyz");
            if (!ready.body().contains("warming up")) {
                assertEquals(200, ready.statusCode(), "readiness never waits for the store");
            }
        }
    }

    private static void awaitFound(RunningGateway gateway, Path config, List<String> ids) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!search(gateway, config).equals(ids.reversed())) {
            assertTrue(System.nanoTime() < until, "not all calls were shipped");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The trace ids that the command line finds. */
    private static List<String> search(RunningGateway gateway, Path config, String... options) {
        List<String> arguments = new ArrayList<>(List.of("traces", "search", "--json"));
        arguments.addAll(
                List.of("--config", config.toString(), "--data", gateway.data().toString()));
        arguments.addAll(Arrays.asList(options));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        int code;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            code = AnteroomCommand.run(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, code, text);
        return text.lines()
                .map(line -> new JsonObject(line).getString("trace_id"))
                .toList();
    }
}
