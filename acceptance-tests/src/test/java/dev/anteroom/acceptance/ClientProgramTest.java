package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Python and Node clients, in programs of their own, against a gateway that is asked by nothing else. */
@Tag("clients")
class ClientProgramTest {
    private static final long LIMIT_SECONDS = 180;
    private static final Path INSTALLED = ClientScenes.root().resolve(".anteroom/clients");

    @TempDir
    Path folder;

    @Test
    void python_everyCheck_passes() throws Exception {
        Path program = ClientScenes.folder().resolve("python/checks.py");
        run(
                List.of(INSTALLED.resolve("python/bin/python").toString(), "-I", program.toString()),
                program,
                Pattern.compile("(?m)^@check\ndef (\\w+)"));
    }

    @Test
    void node_everyCheck_passes() throws Exception {
        Path program = ClientScenes.folder().resolve("node/checks.cjs");
        run(
                List.of(INSTALLED.resolve("bin/node").toString(), program.toString()),
                program,
                Pattern.compile("(?m)^  async (\\w+)\\(\\) \\{"));
    }

    private void run(List<String> command, Path program, Pattern checkName) throws IOException, InterruptedException {
        assertTrue(
                Files.isExecutable(Path.of(command.getFirst())),
                "the client environment is missing (" + command.getFirst() + "): ./anteroom test installs it");
        List<String> expected = checkName
                .matcher(Files.readString(program))
                .results()
                .map(r -> "ok " + r.group(1))
                .toList();
        try (ClientScenes scenes = new ClientScenes()) {
            Path out = folder.resolve("out.txt");
            Path err = folder.resolve("err.txt");
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> environment = builder.environment();
            environment
                    .keySet()
                    .removeIf(name -> name.startsWith("OPENAI_")
                            || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
            environment.put("OPENAI_BASE_URL", scenes.baseUrl());
            environment.put("OPENAI_API_KEY", RunningGateway.KEY);
            environment.put("ANTEROOM_LIMITED_URL", scenes.limitedUrl());
            environment.put("NODE_PATH", INSTALLED.resolve("node/node_modules").toString());
            Process process = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(out) + Files.readString(err);
            assertTrue(ended, () -> "not over after " + LIMIT_SECONDS + " s: " + said);
            assertEquals(String.join("\n", expected), Files.readString(out).strip(), said);
            assertEquals(0, process.exitValue(), said);
            assertTrue(expected.size() > 20, "the pattern of the checks' names finds too few: " + expected);
            assertTrue(scenes.assertNothingLeft() > expected.size() / 2, "the provider was hardly asked");
            scenes.assertToolIdsPair();
            assertTrue(
                    scenes.provider().awaitAborted(1, Duration.ofSeconds(10)), "the abort did not reach the provider");
        }
    }
}
