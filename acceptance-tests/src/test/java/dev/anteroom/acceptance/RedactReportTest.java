package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code redact --report} as a person sees it, in a real browser. */
@Tag("clients")
class RedactReportTest {
    private static final long LIMIT_SECONDS = 120;
    private static final Path INSTALLED = ClientScenes.root().resolve(".anteroom/clients");

    private static final List<String> TEXTS = List.of(
            "Patient: Ottoline Quarrendon, MRN: 4482913, born 3/14/1961.\nCall 617-555-0143 or ottoline@quarrendon.example.",
            "<script>alert(1)</script> Dr. Zorblatt <img src=x onerror=alert(2)> said \"javascript:alert(3)\"",
            "Metformin 500 mg twice a day, BP 120/80.",
            "x".repeat(400) + "\n\nMRN: 4482914, seen today. SSN 219-09-9999\n\n\ttabs\tand   spaces  stay");

    @TempDir
    Path folder;

    @Test
    void report_inABrowser_showsEveryTextAndWhatIsReplaced() throws Exception {
        Path in = folder.resolve("texts.jsonl");
        Path page = folder.resolve("report.html");
        Files.write(
                in,
                TEXTS.stream()
                        .map(text -> new JsonObject().put("text", text).encode())
                        .toList());
        String redacted = run(
                in,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "dev.anteroom.gateway.Main",
                        "redact",
                        "--jsonl",
                        "--report",
                        page.toString()));
        Path expected = folder.resolve("expected.json");
        Files.writeString(expected, expected(redacted).encode());

        Path program = ClientScenes.folder().resolve("node/report.cjs");
        String checked = run(
                page,
                List.of(
                        INSTALLED.resolve("bin/node").toString(),
                        program.toString(),
                        page.toString(),
                        expected.toString()));
        List<String> names = Pattern.compile("(?m)^  async (\\w+)\\(page\\) \\{")
                .matcher(Files.readString(program))
                .results()
                .map(r -> "ok " + r.group(1))
                .toList();
        assertFalse(names.isEmpty());
        assertEquals(String.join("\n", names), checked.strip());
    }

    /** Returns every text with the values that the command says it replaces. */
    private static JsonArray expected(String redacted) {
        JsonArray texts = new JsonArray();
        List<String> lines = redacted.lines().toList();
        assertEquals(TEXTS.size(), lines.size(), redacted);
        for (int i = 0; i < TEXTS.size(); i++) {
            JsonArray values = new JsonArray();
            for (Object span : new JsonObject(lines.get(i)).getJsonArray("spans")) {
                JsonObject found = (JsonObject) span;
                values.add(TEXTS.get(i).substring(found.getInteger("start"), found.getInteger("end")));
            }
            texts.add(new JsonObject().put("text", TEXTS.get(i)).put("values", values));
        }
        assertTrue(
                Stream.of("Ottoline Quarrendon", "4482913", "219-09-9999")
                        .allMatch(value -> texts.encode().contains('"' + value + '"')),
                redacted);
        return texts;
    }

    private String run(Path in, List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment()
                .put("NODE_PATH", INSTALLED.resolve("node/node_modules").toString());
        // The browser unpacks itself there.
        builder.environment().put("TMPDIR", folder.toString());
        // Its fonts too, but their own configuration names another folder: without any font, text has no extent.
        Path fonts = folder.resolve("fonts.conf");
        Files.writeString(fonts, "<fontconfig><dir>" + folder.resolve("fonts") + "</dir></fontconfig>");
        builder.environment().put("FONTCONFIG_FILE", fonts.toString());
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(out) + Files.readString(err);
        assertTrue(ended, () -> "not over after " + LIMIT_SECONDS + " s: " + said);
        assertEquals(0, process.exitValue(), said);
        return Files.readString(out);
    }
}
