package dev.anteroom.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.config.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
    @TempDir
    Path folder;

    private final KeyFixture clock = new KeyFixture();
    private final Path config = Path.of(System.getProperty("anteroom.root")).resolve("config/anteroom.yaml");

    /** What one command did. */
    private record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (all.size() > 0 && !all.contains("--help")) {
            all.addAll(List.of("--data", folder.resolve("data").toString()));
        }
        int code = new CommandLine(new KeysCommand(clock, new SecureRandom()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private Run create(String... more) {
        List<String> all = new ArrayList<>(
                List.of("create", "--tenant", "ward-7", "--workflow", "demo", "--config", config.toString()));
        all.addAll(Arrays.asList(more));
        return run(all.toArray(String[]::new));
    }

    private KeyOutcome authenticate(String secret) {
        return new KeyStore(folder.resolve("data"), clock, new SecureRandom())
                .refresh(false)
                .authenticate(secret, clock.instant());
    }

    @Test
    void create_key_isAloneOnStdout() {
        Run made = create("--environment", "sandbox", "--expires", "90d", "--note", "night shift");

        assertEquals(0, made.code(), made.err());
        assertEquals(1, made.lines().size());
        String secret = made.lines().getFirst();
        assertFalse(made.err().contains(secret));
        CallerKey key = assertInstanceOf(KeyOutcome.Accepted.class, authenticate(secret))
                .key();
        assertEquals("ward-7", key.tenant());
        assertEquals("demo", key.workflow());
        assertEquals(Environment.SANDBOX, key.environment());
        assertEquals(KeyFixture.START.plus(Duration.ofDays(90)), key.expires());
        assertEquals("night shift", key.note());
    }

    @Test
    void create_environmentThatNoRouteReaches_isSaid() {
        Run made = create("--environment", "live");

        assertEquals(0, made.code());
        assertTrue(made.err().contains("no route of workflow demo leads to a target of environment live"), made.err());
    }

    @Test
    void create_wrongInput_isTwoAndMakesNothing() throws IOException {
        Run unknown = run(
                "create",
                "--tenant",
                "t",
                "--workflow",
                "dmeo",
                "--environment",
                "sandbox",
                "--config",
                config.toString());
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("there is demo"), unknown.err());

        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "version: 1\n");
        Run rejected = run(
                "create",
                "--tenant",
                "t",
                "--workflow",
                "demo",
                "--environment",
                "sandbox",
                "--config",
                wrong.toString());
        assertEquals(2, rejected.code());
        assertTrue(rejected.err().contains("the key 'targets' is missing"), rejected.err());

        assertEquals(2, run("create").code());
        assertEquals(2, create("--environment", "production").code());
        assertEquals(
                2, create("--environment", "sandbox", "--expires", "forever").code());
        assertEquals(2, create("--environment", "sandbox", "--expires", "0d").code());
        assertEquals(
                2, create("--environment", "sandbox", "--note", "two\nlines").code());
        assertEquals(
                2,
                run("create", "--tenant", "a b", "--workflow", "demo", "--environment", "sandbox")
                        .code());
        assertEquals(2, run().code());
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void list_keys_showsEveryState() {
        assertEquals(
                List.of("ID  TENANT  ENVIRONMENT  WORKFLOW  CREATED  EXPIRES  STATE  NOTE"),
                run("list").lines());
        create("--environment", "sandbox", "--note", "one");
        create("--environment", "sandbox", "--expires", "1h");
        create("--environment", "live");
        List<String> ids = run("list").lines().stream()
                .skip(1)
                .map(l -> l.substring(0, l.indexOf(' ')))
                .toList();
        assertEquals(0, run("revoke", ids.get(2)).code());
        clock.advance(Duration.ofHours(1));

        List<List<String>> rows = run("list").lines().stream()
                .map(line -> List.of(line.split(" {2,}")))
                .toList();

        String created = "2026-11-01T12:00:00Z";
        assertEquals(
                List.of(
                        List.of("ID", "TENANT", "ENVIRONMENT", "WORKFLOW", "CREATED", "EXPIRES", "STATE", "NOTE"),
                        List.of(ids.get(0), "ward-7", "sandbox", "demo", created, "never", "active", "one"),
                        List.of(ids.get(1), "ward-7", "sandbox", "demo", created, "2026-11-01T13:00:00Z", "expired"),
                        List.of(ids.get(2), "ward-7", "live", "demo", created, "never", "revoked")),
                rows);
    }

    @Test
    void rotate_key_newOneOnStdoutAndOldOneEnds() {
        String old = create("--environment", "sandbox").out().strip();
        String id = assertInstanceOf(KeyOutcome.Accepted.class, authenticate(old))
                .key()
                .keyId();

        Run rotated = run("rotate", id, "--overlap", "5m");

        assertEquals(0, rotated.code(), rotated.err());
        assertEquals(1, rotated.lines().size());
        assertInstanceOf(KeyOutcome.Accepted.class, authenticate(rotated.lines().getFirst()));
        assertInstanceOf(KeyOutcome.Accepted.class, authenticate(old));
        clock.advance(Duration.ofMinutes(5));
        assertInstanceOf(KeyOutcome.Expired.class, authenticate(old));
        Run again = run("rotate", id);
        assertEquals(2, again.code());
        assertTrue(again.err().contains("expired"), again.err());
        assertEquals(2, run("rotate", "nobody").code());
        assertEquals(2, run("rotate", id, "--overlap", "soon").code());
    }

    @Test
    void revoke_key_isRefusedAndIdempotent() {
        String secret = create("--environment", "sandbox").out().strip();
        String id = assertInstanceOf(KeyOutcome.Accepted.class, authenticate(secret))
                .key()
                .keyId();

        Run revoked = run("revoke", id);

        assertEquals(0, revoked.code());
        assertEquals("", revoked.out());
        assertInstanceOf(KeyOutcome.Revoked.class, authenticate(secret));
        assertEquals(0, run("revoke", id).code());
        assertEquals(2, run("revoke", "demo").code());
        Run pasted = run("revoke", secret);
        assertEquals(2, pasted.code());
        assertFalse(pasted.err().contains(secret), "a pasted key is not repeated");
    }

    @Test
    void anyCommand_damagedFile_isTwoWithTheLine() throws IOException {
        create("--environment", "sandbox");
        Path file = folder.resolve("data/keys/callers.jsonl");
        Files.writeString(file, Files.readString(file) + "{\"id\":\n");

        for (Run run :
                List.of(run("list"), create("--environment", "sandbox"), run("revoke", "x"), run("rotate", "x"))) {
            assertEquals(2, run.code());
            assertEquals("", run.out());
            assertTrue(run.err().contains("callers.jsonl:3: the line is damaged"), run.err());
        }
    }

    @Test
    void help_everyCommand_isZero() {
        for (String command : List.of("create", "list", "rotate", "revoke")) {
            Run help = run(command, "--help");
            assertEquals(0, help.code());
            assertTrue(help.out().contains("--data"), help.out());
        }
        assertTrue(run("--help").out().contains("rotate"));
    }
}
