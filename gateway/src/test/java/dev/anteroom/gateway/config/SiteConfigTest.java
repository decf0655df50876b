package dev.anteroom.gateway.config;

import static dev.anteroom.gateway.config.ConfigFixture.BASE;
import static dev.anteroom.gateway.config.ConfigFixture.CONTRACTS;
import static dev.anteroom.gateway.config.ConfigFixture.lines;
import static dev.anteroom.gateway.config.ConfigFixture.load;
import static dev.anteroom.gateway.config.ConfigFixture.loaded;
import static dev.anteroom.gateway.config.ConfigFixture.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.phi.KeptPart;
import dev.anteroom.phi.PhiCategory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SiteConfigTest {
    private static final String EXCEPTIONS = """
            version: 1
            exceptions:
              - term: Zorblatt maneuver
                context: [shoulder]
                category: name
                reason: an eponym
                reviewer: R. Viewer
                expires: 2027-03-31
              - {term: Quimby, reason: a brand of glove, reviewer: R. Viewer, expires: 2026-11-01}
            """;

    @TempDir
    Path folder;

    private ConfigResult loadExceptions(String exceptions) throws IOException {
        Files.writeString(folder.resolve("exceptions.yaml"), exceptions);
        return load(folder, BASE + "site: {exceptionsFile: exceptions.yaml}\n", CONTRACTS);
    }

    @Test
    void load_keptParts_areReadAndDecide() throws IOException {
        ConfigResult.Loaded keeping =
                loaded(load(folder, BASE + "site: {keep: {balanced: [zip3, year]}}\n", CONTRACTS));

        assertEquals(
                Map.of(Profile.BALANCED, Set.of(KeptPart.YEAR, KeptPart.ZIP3), Profile.STRICT, Set.of()),
                keeping.config().site().kept());
        assertEquals(
                keeping.canonicalText(),
                loaded(load(folder, BASE + "site: {keep: {balanced: [year, zip3], strict: []}}\n", CONTRACTS))
                        .canonicalText());
        assertNotEquals(
                keeping.canonicalText(),
                loaded(load(folder, BASE + "site: {keep: {strict: [year, zip3]}}\n", CONTRACTS))
                        .canonicalText());
    }

    @Test
    void load_unknownKeptPart_isNamedWithItsLine() throws IOException {
        assertTrue(
                lines(load(folder, BASE + "site: {keep: {balanced: [years]}}\n", CONTRACTS)).stream()
                        .anyMatch(line -> line.contains("site.keep.balanced") && line.contains("year")),
                "the wrong word and the right ones are named");
    }

    @Test
    void load_exceptions_areReadAndDecide() throws IOException {
        ConfigResult.Loaded loaded = loaded(loadExceptions(EXCEPTIONS));

        assertEquals(
                List.of(
                        new ExceptionConfig(
                                "Zorblatt maneuver",
                                List.of("shoulder"),
                                PhiCategory.NAME,
                                "an eponym",
                                "R. Viewer",
                                LocalDate.of(2027, 3, 31)),
                        new ExceptionConfig(
                                "Quimby", List.of(), null, "a brand of glove", "R. Viewer", LocalDate.of(2026, 11, 1))),
                loaded.config().site().exceptions());
        assertEquals(List.of(), loaded.warnings());
        for (String[] change : new String[][] {
            {"Zorblatt", "Zorblat"},
            {"[shoulder]", "[elbow]"},
            {"category: name", "category: facility"},
            {"an eponym", "a sign"},
            {"2027-03-31", "2027-03-30"}
        }) {
            assertNotEquals(
                    loaded.canonicalText(),
                    loaded(loadExceptions(with(EXCEPTIONS, change[0], change[1])))
                            .canonicalText(),
                    change[0]);
        }
    }

    @Test
    void load_exceptionExpiredYesterday_isAWarningWithItsPlace() throws IOException {
        ConfigResult.Loaded loaded = loaded(loadExceptions(with(EXCEPTIONS, "2026-11-01", "2026-10-31")));

        assertEquals(2, loaded.config().site().exceptions().size());
        ConfigError warning = loaded.warnings().getFirst();
        assertEquals(1, loaded.warnings().size());
        assertEquals(folder.resolve("exceptions.yaml"), warning.file());
        assertEquals("exceptions[1].expires", warning.path());
        assertEquals(9, warning.line());
        assertEquals("this exception expired on 2026-10-31 and does nothing", warning.problem());
    }

    @Test
    void checkConfig_expiredException_warnsAfterOkAndIsZero() throws IOException {
        loadExceptions(with(EXCEPTIONS, "2026-11-01", "2026-10-31"));
        StringWriter out = new StringWriter();

        int code = new CommandLine(new CheckConfigCommand(ConfigFixture.CLOCK))
                .setOut(new PrintWriter(out))
                .execute(folder.resolve("anteroom.yaml").toString());

        assertEquals(0, code);
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().startsWith("ok: "));
        assertTrue(lines.get(1).startsWith("warning: " + folder.resolve("exceptions.yaml") + ":9:"), lines.get(1));
    }

    @Test
    void load_exceptionsWithErrors_allNamed() throws IOException {
        assertEquals(
                List.of(
                        "exceptions.yaml:3:5 exceptions[0]: the key 'reason' is missing (expected: why the term identifies nobody)",
                        "exceptions.yaml:3:5 exceptions[0]: the key 'reviewer' is missing (expected: who reviewed it,"
                                + " another person than the author of this entry)",
                        "exceptions.yaml:3:5 exceptions[0]: the key 'expires' is missing (expected: a date such as 2027-12-31,"
                                + " the last day on which the exception holds (UTC))",
                        "exceptions.yaml:3:12 exceptions[0].term: a term needs two letters or digits"
                                + " (expected: one to eight words, such as \"Baker cyst\")",
                        "exceptions.yaml:4:26 exceptions[1].category: no exception can let ssn pass"
                                + " (expected: one of name, age, date, location, facility, id)",
                        "exceptions.yaml:5:29 exceptions[2].context[1]: this is not one word"
                                + " (expected: a list of single words that must all stand near the term)",
                        "exceptions.yaml:6:49 exceptions[3].expires: '2027-02-30' is not a date (expected: a date such as 2027-12-31,"
                                + " the last day on which the exception holds (UTC))",
                        "exceptions.yaml:8:12 exceptions[5].term: an exception for this term, context and category stands above"
                                + " (expected: one exception)"),
                lines(loadExceptions("""
                        version: 1
                        exceptions:
                          - {term: x}
                          - {term: ab, category: ssn, reason: r, reviewer: w, expires: 2027-01-01}
                          - {term: ab, context: [a, b c], reason: r, reviewer: w, expires: 2027-01-01}
                          - {term: ab, reason: r, reviewer: w, expires: 2027-02-30}
                          - {term: ab, reason: r, reviewer: w, expires: 2027-01-01}
                          - {term: AB, reason: s, reviewer: w, expires: 2028-01-01}
                        """)));
        assertEquals(
                List.of("nowhere.yaml: there is no such file (expected: a readable YAML file)"),
                lines(load(folder, BASE + "site: {exceptionsFile: nowhere.yaml}\n", CONTRACTS)));
    }

    @Test
    void load_listFiles_entriesStandBesideInlineOnes() throws IOException {
        Files.writeString(
                folder.resolve("staff.txt"),
                "\uFEFF# the ward\n\n  Nadia Quillfeather \r\nJos\u00e9 Oru\u00f1o\nNadia Quillfeather");
        SiteConfig site = loaded(load(folder, BASE + "site: {staff: ['Ida Zorblatt', 'file:staff.txt']}\n", CONTRACTS))
                .config()
                .site();

        assertEquals(List.of("Ida Zorblatt", "Nadia Quillfeather", "Jos\u00e9 Oru\u00f1o"), site.staff());
    }

    @Test
    void load_listFileWithErrors_namesItsLinesAndNeverItsEntries() throws IOException {
        Path staff = folder.resolve("staff.txt");
        String config = BASE + "site: {staff: ['file:staff.txt']}\n";

        Files.writeString(staff, "Nadia Quillfeather\nIda\tZorblatt\n" + "Q".repeat(501) + "\n");
        List<String> lines = lines(load(folder, config, CONTRACTS));
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().startsWith("staff.txt:2:1: the line is too long or holds a control character"));
        assertTrue(lines.get(1).startsWith("staff.txt:3:1: "));
        assertFalse(lines.toString().contains("Zorblatt"));

        Files.write(staff, "Ida\nNadi\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                List.of("staff.txt:2:5: the file is not UTF-8 from here on (expected: UTF-8)"),
                lines(load(folder, config, CONTRACTS)));

        Files.writeString(staff, "# nobody yet\n");
        assertEquals(
                List.of("staff.txt: the file has no entries (expected: one entry a line, or no reference to the file)"),
                lines(load(folder, config, CONTRACTS)));

        Files.writeString(staff, "Q\n".repeat(1 << 20));
        assertTrue(lines(load(folder, config, CONTRACTS)).getFirst().startsWith("staff.txt: the file is too large"));

        Files.delete(staff);
        assertTrue(lines(load(folder, config, CONTRACTS)).getFirst().startsWith("staff.txt: there is no such file"));
        assertTrue(lines(load(folder, with(config, "file:staff.txt", "file:"), CONTRACTS))
                .getFirst()
                .startsWith("anteroom.yaml:31:16 site.staff[0]: this is not the path of a file"));
    }
}
