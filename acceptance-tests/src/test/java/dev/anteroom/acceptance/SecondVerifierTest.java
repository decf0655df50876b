package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.records.CosignCommand;
import dev.anteroom.gateway.cli.records.ExportCommand;
import dev.anteroom.gateway.cli.records.VerifyCommand;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An export of real calls before a verifier that this project did not write: Go's sumdb/note and sumdb/tlog. */
@Tag("clients")
class SecondVerifierTest {
    private static final int CALLS = 20;
    private static final long LIMIT_SECONDS = 60;
    private static final Path CHECKLOG = ClientScenes.root().resolve(".anteroom/clients/bin/checklog");

    @TempDir
    Path folder;

    /** What a program or a command said. Immutable. */
    private record Said(int code, String text) {}

    @Test
    void export_ofRealCalls_isRightForBothVerifiersAndWrongForBothOnceAltered() throws Exception {
        assertTrue(Files.isExecutable(CHECKLOG), "the second verifier is missing: ./anteroom test builds it");
        Path drop = Files.createDirectory(folder.resolve("drop"));
        Path witnessKey = folder.resolve("witness.key");
        Said made = command(cosign(), "--key", witnessKey.toString(), "--new-key", "witness.example/w1");
        Path witnessPublic = Files.writeString(folder.resolve("witness.pub"), made.text());
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest, and drink enough."))) {
            Path config = TestConfig.clinician(provider.port()).write(Files.createDirectory(folder.resolve("c")));
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(
                                    "journal: {",
                                    "journal: {witness: {directory: \"" + drop + "\", key: \""
                                            + made.text().strip() + "\"}, "));
            try (RunningGateway gateway = RunningGateway.start(Files.createDirectory(folder.resolve("g")), config)) {
                for (int i = 0; i < CALLS; i++) {
                    gateway.chat(Chat.whole("Which advice was given? " + i));
                }
                Path publicKey = gateway.data().resolve("keys/log.pub");
                Path submission = await(drop, ".submission");
                String log = submission.getFileName().toString().replaceAll("\\.submission$", "");
                await(() -> command(
                                        cosign(),
                                        "--key",
                                        witnessKey.toString(),
                                        "--state",
                                        folder.resolve("state").toString(),
                                        "--public-key",
                                        publicKey.toString(),
                                        "--checkpoint",
                                        submission.toString())
                                .code()
                        == 0);
                await(() -> Files.exists(gateway.data().resolve("journal/" + log + ".cosigned")));
                Path export = folder.resolve("export.jsonl");
                await(() -> exported(gateway.data(), export).lines().count() >= 2 + 1 + 2 * CALLS);
                checkBoth(export, publicKey, witnessPublic);
            }
        }
    }

    private void checkBoth(Path export, Path publicKey, Path witnessPublic) throws Exception {
        List<String> lines = Files.readAllLines(export);
        Said go = checklog(export, publicKey, witnessPublic);
        assertEquals(0, go.code(), go.text());
        assertTrue(go.text().startsWith("logs 1 records " + (lines.size() - 2) + " texts "), go.text());
        assertTrue(go.text().strip().endsWith("cosigned 1"), go.text());
        Said own = verify(export, publicKey, witnessPublic);
        assertEquals(0, own.code(), own.text());

        for (String[] change : new String[][] {
            {"Which advice", "What advice"}, {"\"millis\":1", "\"millis\":2"}, {"\"sequence\":9,", "\"sequence\":8,"}
        }) {
            List<String> altered = new ArrayList<>(lines);
            altered.replaceAll(line -> line.contains("\"index\":8,") || change[0].startsWith("Which")
                    ? line.replaceFirst(change[0], change[1])
                    : line);
            Path file = Files.write(folder.resolve("altered.jsonl"), altered);
            assertEquals(1, checklog(file, publicKey, witnessPublic).code(), change[0]);
            Said said = verify(file, publicKey, witnessPublic);
            assertEquals(1, said.code(), said.text());
            assertTrue(said.text().contains("altered: log "), said.text());
        }
        Path other = Files.writeString(
                folder.resolve("other.pub"),
                Files.readString(publicKey)
                        .replaceFirst("\\+[0-9a-f]{8}\\+.*", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
                        .replaceFirst("^[^+]*", "PeterNeumann"));
        assertEquals(1, checklog(export, other, witnessPublic).code());
        assertTrue(verify(export, other, witnessPublic).text().contains("unknown key"));
    }

    private static String exported(Path data, Path file) {
        try {
            Files.deleteIfExists(file);
            Said said = command(
                    new ExportCommand(new PrintStream(System.out, true, StandardCharsets.UTF_8)),
                    "--data",
                    data.toString(),
                    "--with-text",
                    "--out",
                    file.toString());
            assertEquals(0, said.code(), said.text());
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CosignCommand cosign() {
        return new CosignCommand(Clock.systemUTC(), new SecureRandom());
    }

    private static Said verify(Path export, Path publicKey, Path witnessPublic) {
        return command(
                new VerifyCommand(new ByteArrayInputStream(new byte[0])),
                "--from",
                export.toString(),
                "--public-key",
                publicKey.toString(),
                "--witness",
                witnessPublic.toString());
    }

    private static Said command(Callable<Integer> made, String... options) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(made)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    line.getErr().println(failure.getMessage());
                    return failure instanceof CommandFailure known ? known.exitCode() : 3;
                });
        int code = command.execute(options);
        return new Said(code, out.toString());
    }

    private Said checklog(Path export, Path publicKey, Path witnessPublic) throws IOException, InterruptedException {
        Path said = folder.resolve("checklog.txt");
        Process process = new ProcessBuilder(
                        CHECKLOG.toString(),
                        Files.readString(publicKey).strip(),
                        Files.readString(witnessPublic).strip())
                .redirectInput(export.toFile())
                .redirectOutput(said.toFile())
                .redirectErrorStream(true)
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("not over after " + LIMIT_SECONDS + " s");
        }
        return new Said(process.exitValue(), Files.readString(said));
    }

    private static Path await(Path directory, String end) throws IOException, InterruptedException {
        List<Path> found = new ArrayList<>();
        await(() -> {
            try (var files = Files.list(directory)) {
                found.addAll(files.filter(f -> f.toString().endsWith(end)).toList());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "it did not happen");
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
