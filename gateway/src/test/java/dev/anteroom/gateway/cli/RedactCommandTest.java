package dev.anteroom.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String NOTE = "Seen today.\nDr. Zorblatt maneuver negative, \ud83d\ude00 chart EG-48213907.\n";
    private static final String EXCEPTIONS = """
            version: 1
            exceptions:
              - {term: Zorblatt, category: name, reason: an eponym, reviewer: R. Viewer, expires: 2027-03-31}
            """;

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("redact"));
        all.addAll(Arrays.asList(arguments));
        int code = AnteroomCommand.line(
                        CLOCK,
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** A configuration that serves nothing real, with this section of the site. */
    private String config(String name, String site) throws IOException {
        Path config = Path.of(System.getProperty("anteroom.root")).resolve("config");
        Files.copy(
                config.resolve("contracts.yaml"),
                folder.resolve("contracts.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Path file = folder.resolve(name);
        Files.writeString(file, Files.readString(config.resolve("anteroom.yaml")) + "\nsite:\n" + site.indent(2));
        return file.toString();
    }

    private String exceptionsConfig() throws IOException {
        Files.writeString(folder.resolve("exceptions.yaml"), EXCEPTIONS);
        return config("exceptions-config.yaml", "exceptionsFile: exceptions.yaml\n");
    }

    @Test
    void redact_text_isTheReplacedTextAlone() {
        Run run = run(NOTE, "--profile", "balanced");
        assertEquals(0, run.code);
        assertTrue(run.out.startsWith("Seen today.\nDr. [NAME_1] maneuver negative, \ud83d\ude00 chart "), run.out);
        assertEquals("", run.err);
    }

    @Test
    void redact_jsonl_keepsTheContract() throws IOException {
        Run run = run(
                "{\"id\":7,\"text\":\"\ud83d\ude00 Dr. Zorblatt\"}\n\nnonsense\n{\"id\":\"b\",\"text\":1}\n",
                "--jsonl");
        assertEquals(1, run.code);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertEquals(3, lines.size());
        assertEquals(7, lines.getFirst().get("id").intValue());
        assertEquals("\ud83d\ude00 Dr. [NAME_1]", lines.getFirst().get("text").textValue());
        JsonNode span = lines.getFirst().get("spans").get(0);
        assertEquals(6, span.get("start").intValue());
        assertEquals(14, span.get("end").intValue());
        assertEquals("NAME", span.get("type").textValue());
        assertTrue(span.get("score").isNumber());
        assertTrue(lines.get(1).get("id").isNull() && lines.get(1).has("error"));
        assertEquals("b", lines.get(2).get("id").textValue());
        assertTrue(lines.get(2).has("error"));
    }

    @Test
    void redact_config_bringsListsShapesAndExceptions() throws IOException {
        Files.writeString(folder.resolve("staff.txt"), "# ward 7\nNadia Quillfeather\n");
        Files.writeString(folder.resolve("exceptions.yaml"), EXCEPTIONS);
        String config = config("full.yaml", """
                staff: ["file:staff.txt"]
                recordNumbers: [{name: chart, pattern: "QX 9999"}]
                exceptionsFile: exceptions.yaml
                """);
        Run run = run("quillfeather read QX 7712 for Dr. Zorblatt", "--profile", "balanced", "--config", config);
        assertEquals(0, run.code, run.err);
        assertEquals("[NAME_1] read [MRN_1] for Dr. Zorblatt", run.out);
    }

    @Test
    void redact_wrongConfig_isTwoWithItsErrorsAndNothingOnStdout() throws IOException {
        Run run = run(NOTE, "--config", config("bad.yaml", "exceptionsFile: nowhere.yaml\n"));
        assertEquals(2, run.code);
        assertEquals("", run.out);
        assertTrue(run.err.contains("nowhere.yaml: there is no such file"), run.err);
    }

    @Test
    void explain_saysWhereAndWhy_neverTheValue() {
        Run run = run(NOTE, "--explain");
        assertEquals(0, run.code);
        assertTrue(run.err.contains("text 1 2:5-2:13 (16-24) NAME 0."), run.err);
        assertTrue(
                run.err.contains("by name.title+tagger: a title stands before it, and the trained tagger agrees"),
                run.err);
        assertTrue(run.err.contains("  - term: \"\"   # the term; --show-values fills it in"), run.err);
        assertFalse(run.err.contains("Zorblatt") || run.err.contains("48213907"), run.err);
        assertFalse(run.err.contains("\u001b"), "colour outside of a terminal");
    }

    @Test
    void explain_showValues_suggestsAnExceptionThatWorksOnceItIsFilledIn() throws IOException {
        Run run = run(NOTE, "--explain", "--show-values", "--profile", "balanced");
        String snippet = run.err.substring(run.err.indexOf("exceptions:\n"));
        assertTrue(snippet.contains("  - term: \"Zorblatt\"   # text 1 2:5-2:13"), snippet);
        Files.writeString(folder.resolve("exceptions.yaml"), "version: 1\n" + snippet);
        String config = config("suggested.yaml", "exceptionsFile: exceptions.yaml\n");
        assertTrue(new ConfigLoader(CLOCK).load(Path.of(config)) instanceof ConfigResult.Rejected(var errors)
                && errors.stream().allMatch(error -> error.problem().equals("the text is empty"))
                && errors.size() % 3 == 0);

        Files.writeString(
                folder.resolve("exceptions.yaml"),
                "version: 1\n"
                        + snippet.replace("reason: \"\"", "reason: an eponym")
                                .replace("reviewer: \"\"", "reviewer: R. Viewer")
                                .replace("expires: \"\"", "expires: 2027-01-01"));
        Run with = run(NOTE, "--explain", "--config", config, "--profile", "balanced");
        assertTrue(with.out.contains("Dr. Zorblatt maneuver"), with.out + with.err);
        assertTrue(with.err.contains("2:5-2:13 (16-24) a reviewed exception holds against NAME"), with.err);
    }

    @Test
    void explain_structuredOrKnownFinding_suggestsNoException() {
        Run run = run(
                "{\"id\":\"a\\u001b[31m\",\"text\":\"SSN 536-22-8726 for Okonjo\",\"patient\":{\"name\":\"Ida Okonjo\"}}\n",
                "--jsonl",
                "--explain",
                "--show-values");
        assertEquals(0, run.code);
        assertTrue(run.err.contains("a?[31m 1:5-1:16 (4-15) SSN"), run.err);
        assertTrue(
                run.err.contains(
                        "by known.patient+tagger: the patient field of the call holds it, and the trained tagger agrees"),
                run.err);
        assertFalse(run.err.contains("exceptions:"), run.err);
    }

    @Test
    void missed_textThatNoLayerSees_isOneWithARuleThatFindsIt() throws IOException {
        Run run = run("the tray q7712 arrived", "--missed", "q7712", "--profile", "balanced");
        assertEquals(1, run.code);
        assertEquals("the tray q7712 arrived", run.out);
        assertTrue(run.err.contains("missed? text 1 1:10-1:15 (9-14) no layer saw it"), run.err);
        assertFalse(run.err.contains("7712"), run.err);
        String rule = run.err.substring(run.err.indexOf("site:\n") + "site:\n".length());

        String config =
                config("rule.yaml", rule.replace("name: \"\"", "name: form").stripIndent());
        Run found = run("the tray q7712 arrived", "--missed", "q7712", "--profile", "balanced", "--config", config);
        assertEquals(0, found.code, found.err);
        assertEquals("the tray [MRN_1] arrived", found.out);
        assertTrue(found.err.contains("missed? all 1 are replaced"), found.err);
    }

    @Test
    void missed_wordsAndAbsentText_suggestListsOrSayThatItIsNotThere() {
        Run words = run("she has dull pain", "--missed", "dull", "--show-values");
        assertEquals(1, words.code);
        assertTrue(words.err.contains("staff: [\"dull\"]"), words.err);

        Run absent = run("nothing here", "--missed", "dull");
        assertEquals(2, absent.code);
        assertTrue(absent.err.contains("does not stand in the input"), absent.err);
        assertFalse(absent.err.contains("quillfeather"), absent.err);
    }

    @Test
    void missed_keptByAnException_saysSo() throws IOException {
        Run run = run(NOTE, "--missed", "Zorblatt", "--config", exceptionsConfig());
        assertEquals(1, run.code);
        assertTrue(run.err.contains("name.title proposed NAME, and a reviewed exception holds against it"), run.err);
    }

    @Test
    void diff_sameAndOtherConfig_isZeroAndOne() throws IOException {
        String none = config("none.yaml", "facilities: [\"Umbrellaby Ridge\"]\n");
        assertEquals(0, run(NOTE, "--config", none, "--diff", none).code);
        assertEquals(
                "0 of 1 text would change: 0 added, 0 removed, 0 changed" + System.lineSeparator(),
                run(NOTE, "--config", none, "--diff", none).out);

        Run run = run(NOTE, "--profile", "balanced", "--diff", exceptionsConfig());
        assertEquals(1, run.code);
        assertEquals(
                List.of(
                        "text 1",
                        "- 2:5-2:13 (16-24) NAME by name.title",
                        "1 of 1 text would change: 0 added, 1 removed, 0 changed"),
                // Whether the tagger sees it too is another model's to say.
                run.out.lines().map(line -> line.replace("+tagger", "")).toList());
        assertFalse(run.out.contains("Zorblatt"));
    }

    @Test
    void diff_jsonl_isALineForEachTextThatChangesAndASummary() throws IOException {
        String lists = config("lists.yaml", "facilities: [\"Zorblatt\"]\nstaff: [\"tr4x9\"]\n");
        Run run = run(
                "{\"id\":1,\"text\":\"no change\"}\n{\"id\":2,\"text\":\"tr4x9; Dr. Zorblatt\"}\n",
                "--jsonl",
                "--profile",
                "balanced",
                "--diff",
                lists);
        assertEquals(1, run.code);
        List<String> lines = run.out.lines().toList();
        assertEquals(2, lines.size(), run.out);
        JsonNode changed = new ObjectMapper().readTree(lines.getFirst());
        assertEquals(2, changed.get("id").intValue());
        assertEquals(0, changed.get("added").get(0).get("start").intValue());
        assertEquals("NAME", changed.at("/changed/0/before/type").textValue());
        assertEquals("FACILITY", changed.at("/changed/0/after/type").textValue());
        assertEquals(
                "{\"texts\":2,\"different\":1,\"added\":1,\"removed\":0,\"changed\":1}",
                new ObjectMapper().readTree(lines.get(1)).get("summary").toString());

        assertEquals(2, run("nonsense\n", "--jsonl", "--diff", lists).code);
        assertEquals(2, run(NOTE, "--explain", "--diff", lists).code);
    }

    @Test
    void report_file_isTheOwnersAloneAndReplacedWhole() throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, "old");
        Run run = run(NOTE, "--report", file.toString());
        assertEquals(0, run.code, run.err);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).startsWith("<!DOCTYPE html>"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count(), "drafts were left");
        }
    }

    @Test
    void report_wherePageCannotStand_isTwoAndChangesNothing() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("page.html"));
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), folder.resolve("elsewhere"));
        for (Path place : List.of(directory, link, folder.resolve("no/such/page.html"))) {
            Run run = run(NOTE, "--report", place.toString());
            assertEquals(2, run.code);
            assertEquals("", run.out);
            assertTrue(run.err.contains(place + " cannot be written: "), run.err);
        }
        assertTrue(Files.isDirectory(directory) && Files.isSymbolicLink(link));
        assertFalse(Files.exists(folder.resolve("elsewhere")));
    }
}
