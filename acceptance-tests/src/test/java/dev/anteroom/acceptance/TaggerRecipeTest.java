package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of the tagger, in the Python that it asks for: what is shipped is what it says, and its one command learns. */
@Tag("clients")
class TaggerRecipeTest {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Path RECIPE = ClientScenes.root().resolve("models/phi-tagger");
    private static final Path PYTHON = ClientScenes.root().resolve(".anteroom/clients/recipe/bin");

    /** Share of the values of queries that a model of 6,000 texts finds of wordings and names that it never saw; 88 % when this was written. */
    private static final double LEAST_FOUND = 75;

    private static final Pattern QUERIES =
            Pattern.compile("(?m)^\\| query \\| 100 \\| (\\d+) \\| [\\d.]+ \\| ([\\d.]+) \\|");

    @TempDir
    Path folder;

    @Test
    void check_shippedFiles_hold() throws Exception {
        assertEquals(
                "features, scores and digests hold",
                run(PYTHON.resolve("python3").toString(), "check.py").strip());
    }

    @Test
    void small_fromAllData_learnsTheSameTaggerTwice() throws Exception {
        Optional<Path> data = SharedFiles.find("data/phi");
        if (data.isEmpty()) {
            System.out.println("TaggerRecipeTest: no public data beside the project, so nothing is learnt");
            return;
        }
        byte[] first = learnt(data.get());
        assertEquals(Files.size(RECIPE.resolve("tagger.bin")), first.length, "another network than the shipped one");
        assertArrayEquals(first, learnt(data.get()), "the same seeds gave another model");
    }

    private byte[] learnt(Path data) throws IOException, InterruptedException {
        String said = run("sh", "recipe.sh", data.toString(), "small", folder.toString());
        Matcher queries = QUERIES.matcher(said);
        assertTrue(queries.find(), said);
        assertTrue(Integer.parseInt(queries.group(1)) > 200, said);
        assertTrue(Double.parseDouble(queries.group(2)) >= LEAST_FOUND, said);
        return Files.readAllBytes(folder.resolve("small"));
    }

    /** Runs a program in the recipe's folder and returns what it printed. */
    private String run(String... command) throws IOException, InterruptedException {
        assertTrue(
                Files.isExecutable(PYTHON.resolve("python3")),
                "the recipe's environment is missing (" + PYTHON + "): ./anteroom test installs it");
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", PYTHON + ":" + environment.get("PATH"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.directory(RECIPE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(out);
        assertTrue(ended, () -> "not over after " + LIMIT + ": " + said);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
