package dev.anteroom.gateway.config;

import static dev.anteroom.gateway.config.ConfigFixture.BASE;
import static dev.anteroom.gateway.config.ConfigFixture.CONTRACTS;
import static dev.anteroom.gateway.config.ConfigFixture.errors;
import static dev.anteroom.gateway.config.ConfigFixture.lines;
import static dev.anteroom.gateway.config.ConfigFixture.load;
import static dev.anteroom.gateway.config.ConfigFixture.loaded;
import static dev.anteroom.gateway.config.ConfigFixture.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void load_defaultFile_isTheDemo() {
        Config config = loaded(new ConfigLoader(ConfigFixture.CLOCK)
                        .load(ConfigFixture.repositoryConfig().resolve("anteroom.yaml")))
                .config();

        assertEquals("local", config.gateway().id());
        assertEquals(new AdminConfig("127.0.0.1", 8081), config.admin());
        assertEquals(8080, config.listener().port());
        assertTrue(config.demo());
        assertFalse(config.hasLiveTarget());
        TargetConfig target = config.target("extractive").orElseThrow();
        assertEquals(TargetKind.EXTRACTIVE, target.kind());
        assertEquals(Environment.SANDBOX, target.environment());
        assertEquals("built-in", target.contract());
        WorkflowConfig demo = config.workflow("demo").orElseThrow();
        assertEquals(Audience.CLINICIAN, demo.audience());
        assertEquals(Profile.BALANCED, demo.profile());
        assertTrue(demo.restoresTool("anything"));
    }

    @Test
    void load_examples_areRight() throws IOException {
        try (Stream<Path> examples = Files.list(ConfigFixture.repositoryConfig().resolve("examples"))) {
            List<Path> files = examples.filter(p -> !p.endsWith("contracts.yaml") && !p.endsWith("exceptions.yaml"))
                    .sorted()
                    .toList();
            assertEquals(3, files.size());
            for (Path file : files) {
                Config config =
                        loaded(new ConfigLoader(ConfigFixture.CLOCK).load(file)).config();
                assertTrue(config.hasLiveTarget(), file.toString());
            }
        }
    }

    @Test
    void load_commentedDefaults_areTheDefaults() throws IOException {
        // What the default file shows behind a '#' must be what the loader takes when nothing is said.
        Path file = ConfigFixture.repositoryConfig().resolve("anteroom.yaml");
        List<String> shown = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            if (line.matches("# (limits|journal|retry):.*")) {
                inside = true;
            } else if (!line.startsWith("#")) {
                inside = false;
            }
            if (inside) {
                shown.add(line.substring(2));
            } else if (line.matches("    # (timeouts|breaker): .*")) {
                shown.add(line.replaceFirst("# ", ""));
            } else {
                shown.add(line);
            }
        }
        String contracts = Files.readString(file.resolveSibling("contracts.yaml"));

        String canonical =
                loaded(load(folder, String.join("\n", shown) + "\n", contracts)).canonicalText();

        assertTrue(shown.contains("limits:                         # what the process admits at most"));
        assertEquals(loaded(new ConfigLoader(ConfigFixture.CLOCK).load(file)).canonicalText(), canonical);
    }

    @Test
    void load_valuesGiven_areRead() throws IOException {
        String target1 = """
                  models: {gpt-4o: gpt-4o-2024-11-20}
                  ca: file:tls/ca.pem
                  proxy: http://proxy.example.org:3128/
                  timeouts: {connect: 500ms, firstToken: 2m, stall: 1h, total: 1h}
                  breaker: {failureRate: 25, window: 8, openFor: 1m}
                - id: local
                """.indent(2);
        String text = with(BASE, "    models: [gpt-4o]\n  - id: local\n", target1) + """
                limits: {maxBodyBytes: 1MiB, maxHeaderBytes: 8192, drain: 0s}
                site:
                  facilities: [Example General]
                  recordNumbers: [{name: chart, pattern: 'EG-999999'}]
                """;
        text = with(text, "https://api.openai.com/v1", "HTTPS://API.openai.com:443/v1/");
        text = with(text, "routes: [chat, trial]", "routes: [chat, trial]\n    limits: {requestsPerMinute: 60}");

        Config config = loaded(load(folder, text, CONTRACTS)).config();

        TargetConfig target = config.target("openai").orElseThrow();
        assertEquals(URI.create("https://api.openai.com/v1"), target.baseUrl());
        assertEquals("{gpt-4o=gpt-4o-2024-11-20}", target.models().toString());
        assertEquals(URI.create("http://proxy.example.org:3128"), target.proxy());
        assertEquals(new SecretReference.Env("OPENAI_API_KEY"), target.credential());
        assertEquals(new FileReference("tls/ca.pem", folder.resolve("tls/ca.pem")), target.ca());
        assertEquals(
                new TargetConfig.Timeouts(
                        Duration.ofMillis(500), Duration.ofMinutes(2), Duration.ofHours(1), Duration.ofHours(1)),
                target.timeouts());
        assertEquals(new TargetConfig.Breaker(25, 8, Duration.ofMinutes(1)), target.breaker());
        assertEquals(1 << 20, config.limits().maxBodyBytes());
        assertEquals(8192, config.limits().maxHeaderBytes());
        assertEquals(Duration.ZERO, config.limits().drain());
        assertEquals(List.of("Example General"), config.site().facilities());
        assertEquals(
                60,
                config.workflow("summary")
                        .orElseThrow()
                        .limits()
                        .requestsPerMinute()
                        .getAsInt());
        assertTrue(config.workflow("summary")
                .orElseThrow()
                .limits()
                .concurrentCalls()
                .isEmpty());
        assertThrows(UnsupportedOperationException.class, () -> target.models().put("a", "b"));
    }

    @Test
    void load_audienceAndProfileUnsaid_areTheStrictest() throws IOException {
        Config config = loaded(load(folder, with(BASE, "    audience: clinician\n", ""), CONTRACTS))
                .config();

        assertEquals(Audience.PATIENT, config.workflow("summary").orElseThrow().audience());
        assertEquals(Profile.STRICT, config.workflow("summary").orElseThrow().profile());
        assertEquals(Profile.STRICT, config.contract("openai-baa").orElseThrow().leastProfile());
    }

    @Test
    void canonicalText_otherLayoutOfTheSame_isTheSame() throws IOException {
        String canonical = loaded(load(folder, BASE, CONTRACTS)).canonicalText();
        String otherLayout = "# a comment\n"
                + with(
                        with(
                                BASE,
                                "[gpt-4o]\n    targets: [openai]",
                                "\n      - 'gpt-4o'\n    targets:\n      - \"openai\""),
                        "demo: false\n",
                        "retry: {maxAttempts: 3}\nlimits: {drain: 20000ms, maxBodyBytes: 8192KiB}\n");

        assertEquals(canonical, loaded(load(folder, otherLayout, CONTRACTS)).canonicalText());
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        assertEquals(canonical, loaded(load(elsewhere, BASE, CONTRACTS)).canonicalText());
    }

    @Test
    void canonicalText_anyOtherDecision_differs() throws IOException {
        String canonical = loaded(load(folder, BASE, CONTRACTS)).canonicalText();

        for (String[] change : new String[][] {
            {"audience: clinician", "audience: system"},
            {"OPENAI_API_KEY", "OTHER_KEY"},
            {"port: 8080", "port: 8090"},
            {"[open_chart]", "[open_chart, close_chart]"},
            {"[chat, trial]", "[trial, chat]"}
        }) {
            assertNotEquals(
                    canonical,
                    loaded(load(folder, with(BASE, change[0], change[1]), CONTRACTS))
                            .canonicalText());
        }
        assertNotEquals(
                canonical,
                loaded(load(folder, BASE, with(CONTRACTS, "[us]", "[eu]"))).canonicalText());
    }

    @Test
    void load_contractThatExpiresToday_stillHolds() throws IOException {
        load(folder, BASE, CONTRACTS);
        Path file = folder.resolve("anteroom.yaml");
        Clock lastDay = Clock.fixed(Instant.parse("2027-12-31T23:59:59Z"), ZoneOffset.UTC);
        Clock after = Clock.fixed(Instant.parse("2028-01-01T00:00:00Z"), ZoneOffset.UTC);

        loaded(new ConfigLoader(lastDay).load(file));

        assertEquals(
                List.of("anteroom.yaml:9:15 targets[0].contract: the contract 'openai-baa' expired on 2027-12-31"
                        + " (expected: a contract that holds today)"),
                lines(new ConfigLoader(after).load(file)));
    }

    @Test
    void load_manyErrors_allAtOnceInOrder() throws IOException {
        String text = with(
                with(
                        with(
                                with(with(BASE, "baseUrl:", "baseURL:"), "port: 8080", "port: 80800"),
                                "targets: [local]",
                                "targets: [lokal]"),
                        "audience: clinician",
                        "audience: doctor"),
                "demo: false",
                "demo: maybe");
        String contracts = with(CONTRACTS, "2027-12-31", "soon");

        assertEquals(
                List.of(
                        "anteroom.yaml:4:9 listener.port: 80800 is out of range (expected: a whole number from 0 to 65535)",
                        "anteroom.yaml:10:5 targets[0].baseURL: unknown key 'baseURL' (expected: one of id, kind, environment, contract,"
                                + " baseUrl, credential, apiVersion, models, ca, proxy, timeouts, breaker; did you mean 'baseUrl'?)",
                        "anteroom.yaml:24:15 routes[1].targets[0]: there is no target 'lokal' (expected: one of openai, local;"
                                + " did you mean 'local'?)",
                        "anteroom.yaml:27:15 workflows[0].audience: unknown value 'doctor' (expected: one of patient, clinician, system)",
                        "anteroom.yaml:30:7 demo: the text 'maybe' stands here (expected: true or false)",
                        "contracts.yaml:9:14 contracts[0].expires: 'soon' is not a date (expected: a date such as 2027-12-31,"
                                + " the last day on which the contract holds (UTC))"),
                lines(load(folder, text, contracts)));
    }

    /** One change of the right configuration, and the only line that must come of it. */
    private record Wrong(String name, String old, String fresh, String line) {}

    @TestFactory
    Stream<DynamicTest> load_oneThingWrong_oneErrorSaysIt() {
        return Stream.of(
                        new Wrong(
                                "version",
                                "version: 1",
                                "version: 2",
                                "1:10 version: 2 is out of range (expected: a whole number from 1 to 1)"),
                        new Wrong(
                                "missing key",
                                "    contract: openai-baa\n",
                                "",
                                "6:5 targets[0]: the key 'contract' is missing (expected: letters, digits"),
                        new Wrong(
                                "missing section",
                                BASE.substring(BASE.indexOf("workflows:")),
                                "",
                                "1:1: the key 'workflows' is missing"),
                        new Wrong(
                                "empty value",
                                "port: 8080",
                                "port:",
                                "4:8 listener.port: nothing stands here (expected: a whole number"),
                        new Wrong(
                                "quoted number",
                                "port: 8080",
                                "port: '8080'",
                                "4:9 listener.port: the text '8080' stands here"),
                        new Wrong(
                                "list for text",
                                "id: summary",
                                "id: [summary]",
                                "26:9 workflows[0].id: a list stands here"),
                        new Wrong(
                                "mapping for list",
                                "[open_chart]",
                                "{open_chart: x}",
                                "29:19 workflows[0].restoreTools: a mapping stands here"),
                        new Wrong("empty list", "[chat, trial]", "[]", "28:13 workflows[0].routes: the list is empty"),
                        new Wrong(
                                "number for text",
                                "id: summary",
                                "id: 7",
                                "26:9 workflows[0].id: the number '7' stands here"),
                        new Wrong("bad id", "id: summary", "id: sum mary", "26:9 workflows[0].id: this is not an id"),
                        new Wrong(
                                "duplicate id",
                                "demo: false",
                                "  - {id: summary, routes: [chat]}\ndemo: false",
                                "30:10 workflows[1].id: a workflow with this id stands above"),
                        new Wrong(
                                "duplicate key",
                                "  port: 8080",
                                "  port: 8080\n  port: 8081",
                                "5:3 listener.port: this key stands here twice (expected: once, as on line 4)"),
                        new Wrong(
                                "duplicate element",
                                "[open_chart]",
                                "[a, b, a]",
                                "29:26 workflows[0].restoreTools[2]: 'a' stands here twice (expected: once)"),
                        new Wrong(
                                "unknown contract",
                                "contract: openai-baa",
                                "contract: openai-baaa",
                                "9:15 targets[0].contract: there is no contract 'openai-baaa' (expected: one of openai-baa, built-in;"
                                        + " did you mean 'openai-baa'?)"),
                        new Wrong(
                                "unknown route",
                                "[chat, trial]",
                                "[chat, tiral]",
                                "28:20 workflows[0].routes[1]: there is no route 'tiral'"),
                        new Wrong(
                                "model nobody serves",
                                "models: [extractive]\n    targets",
                                "models: [extractive, other]\n    targets",
                                "23:26 routes[1].models[1]: no target of this route has the model 'other' (expected: extractive)"),
                        new Wrong(
                                "target without the model",
                                "targets: [openai]",
                                "targets: [openai, local]",
                                "21:23 routes[0].targets[1]: the target 'local' has none of the models of this route"),
                        new Wrong(
                                "url outside the contract",
                                "https://api.openai.com/v1",
                                "https://api.openai.com/v12",
                                "10:14 targets[0].baseUrl: the contract 'openai-baa' does not cover this URL"
                                        + " (expected: a URL within https://api.openai.com/v1)"),
                        new Wrong(
                                "other port",
                                "https://api.openai.com/v1",
                                "https://api.openai.com:8443/v1",
                                "10:14 targets[0].baseUrl: the contract 'openai-baa' does not cover this URL"),
                        new Wrong(
                                "dots",
                                "https://api.openai.com/v1",
                                "https://api.openai.com/v1/../v2",
                                "10:14 targets[0].baseUrl: the path"),
                        new Wrong(
                                "escapes",
                                "https://api.openai.com/v1",
                                "https://api.openai.com/v1/%2e%2e",
                                "10:14 targets[0].baseUrl: the path"),
                        new Wrong(
                                "password",
                                "https://api.openai.com/v1",
                                "https://a:b@api.openai.com/v1",
                                "10:14 targets[0].baseUrl: a URL carries no"),
                        new Wrong(
                                "query",
                                "https://api.openai.com/v1",
                                "https://api.openai.com/v1?x=y",
                                "10:14 targets[0].baseUrl: the URL has a query"),
                        new Wrong(
                                "ftp",
                                "https://api.openai.com/v1",
                                "ftp://api.openai.com/v1",
                                "10:14 targets[0].baseUrl: this is not an http(s)"),
                        new Wrong(
                                "host is no address",
                                "host: 127.0.0.1",
                                "host: 127.0.0.300",
                                "3:9 listener.host: this is not a host"),
                        new Wrong(
                                "live without TLS",
                                "host: 127.0.0.1",
                                "host: 0.0.0.0",
                                "3:9 listener.host: with a live target, callers from other machines need TLS"),
                        new Wrong(
                                "admin elsewhere",
                                "demo: false",
                                "admin: {host: 0.0.0.0}",
                                "30:15 admin.host: '0.0.0.0' can be reached"),
                        new Wrong(
                                "same port",
                                "demo: false",
                                "admin: {port: 8080}",
                                "30:15 admin.port: the listener has the same port"),
                        new Wrong(
                                "any tool, live",
                                "[open_chart]",
                                "['*']",
                                "29:20 workflows[0].restoreTools[0]: '*' is for trials only"),
                        new Wrong(
                                "extractive with url",
                                "contract: built-in",
                                "contract: built-in\n    proxy: http://p:1",
                                "17:12 targets[1].proxy: a target of kind extractive has no proxy"),
                        new Wrong(
                                "azure without key",
                                "kind: openai\n    environment: live\n    contract: openai-baa\n    baseUrl: https://api.openai.com/v1\n    credential: env:OPENAI_API_KEY",
                                "kind: azure\n    environment: live\n    contract: openai-baa\n    baseUrl: https://api.openai.com/v1",
                                "6:5 targets[0]: the key 'credential' is missing (expected: env:NAME or file:PATH"),
                        new Wrong(
                                "version of openai",
                                "kind: openai",
                                "kind: openai\n    apiVersion: v1",
                                "8:17 targets[0].apiVersion: a target of kind openai has no apiVersion"),
                        new Wrong(
                                "timeouts",
                                "demo: false",
                                "limits: {drain: 20}",
                                "30:17 limits.drain: the number '20' stands here (expected: a duration from 0ms to 30m, such as 20s)"),
                        new Wrong(
                                "size",
                                "demo: false",
                                "limits: {maxBodyBytes: 8MB}",
                                "30:24 limits.maxBodyBytes: the text '8MB' stands here (expected: a size from 1KiB to 256MiB, such as 8MiB)"),
                        new Wrong(
                                "size range",
                                "demo: false",
                                "limits: {maxBodyBytes: 8GiB}",
                                "30:24 limits.maxBodyBytes: 8GiB is out of range"),
                        new Wrong(
                                "bodies",
                                "demo: false",
                                "limits: {maxBytesInFlight: 4MiB}",
                                "30:28 limits.maxBytesInFlight: one body may be larger than all bodies together"),
                        new Wrong(
                                "journal",
                                "demo: false",
                                "journal: {reserveBytes: 3GiB}",
                                "30:25 journal.reserveBytes: calls would be refused before"),
                        new Wrong(
                                "key without place",
                                "demo: false",
                                "journal: {operatorKey: {}}",
                                "30:24 journal.operatorKey: the key 'file' is missing"),
                        new Wrong(
                                "key from two places",
                                "demo: false",
                                "journal: {operatorKey: {file: a, command: [b]}}",
                                "30:43 journal.operatorKey.command: the key comes either from a file or from a command"),
                        new Wrong(
                                "one key for both roles",
                                "demo: false",
                                "journal: {operatorKey: {file: a}, originalsKey: {file: ./a}}",
                                "30:49 journal.originalsKey: this is the operator key too"),
                        new Wrong(
                                "retention",
                                "demo: false",
                                "journal: {retention: {decisions: 30d, bodies: 31d}}",
                                "30:47 journal.retention.bodies: a part of a record would be kept longer than its decision"),
                        new Wrong("alias", "demo: false", "demo: *x", "30:7: an alias (*name) stands here"),
                        new Wrong("anchor", "demo: false", "demo: &x false", "30:7: an anchor (&name) stands here"),
                        new Wrong("tag", "demo: false", "demo: !!bool false", "30:7: a tag (!name) stands here"),
                        new Wrong(
                                "two documents",
                                "demo: false",
                                "demo: false\n---\na: b",
                                "31:1: a second document starts here"),
                        new Wrong(
                                "tab",
                                "  port: 8080",
                                "\tport: 8080",
                                "4:1: a tab stands in the indentation (expected: spaces)"),
                        new Wrong("syntax", "models: [gpt-4o]\n    targets", "models: [gpt-4o\n    targets", "21:"),
                        new Wrong(
                                "control character",
                                "id: local",
                                "id: lo\u0007cal",
                                "13:11: a control character stands here"),
                        new Wrong(
                                "depth",
                                "demo: false",
                                "demo: " + "[".repeat(40) + "]".repeat(40),
                                "30:22: too many levels (expected: at most 16)"),
                        new Wrong(
                                "no mapping",
                                BASE,
                                "- a\n",
                                "1:1: a list stands here (expected: a mapping with the keys version"),
                        new Wrong("empty file", BASE, "# nothing\n", "1:1: the file is empty"),
                        new Wrong(
                                "missing contracts",
                                "version: 1",
                                "version: 1\ncontractsFile: other.yaml",
                                "there is no such file"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> {
                    List<String> lines = lines(load(folder, with(BASE, wrong.old(), wrong.fresh()), CONTRACTS));
                    assertEquals(1, lines.size(), lines.toString());
                    String expected = wrong.name().equals("missing contracts") ? "other.yaml: " : "anteroom.yaml:";
                    assertTrue(lines.getFirst().startsWith(expected + wrong.line()), lines.getFirst());
                }));
    }

    @Test
    void load_aliasesThatGrow_areRefusedAtOnce() throws IOException {
        StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            String previous = "*" + (char) (c - 1);
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append((previous + ", ").repeat(8))
                    .append(previous)
                    .append("]\n");
        }

        List<ConfigError> errors = errors(load(folder, bomb.toString(), CONTRACTS));

        assertTrue(errors.stream().anyMatch(e -> e.problem().startsWith("an alias")));
        assertTrue(errors.stream().allMatch(e -> e.line() > 0));
    }

    @Test
    void load_hugeFile_isRefused() throws IOException {
        assertEquals(
                List.of("anteroom.yaml: the file is too large (expected: at most 1MiB)"),
                lines(load(folder, BASE + "#".repeat(1 << 20), CONTRACTS)));
    }

    @Test
    void load_notUtf8_saysWhere() throws IOException {
        byte[] bytes = (BASE + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(
                List.of("anteroom.yaml:31:6: the file is not UTF-8 from here on (expected: UTF-8)"),
                lines(load(folder, bytes, CONTRACTS)));
    }

    @Test
    void load_byteOrderMarkAndWindowsLines_areRead() throws IOException {
        loaded(load(folder, "\uFEFF" + BASE.replace("\n", "\r\n"), CONTRACTS));
    }

    @Test
    void load_missingFile_isOneError() {
        Path file = folder.resolve("nowhere.yaml");

        assertEquals(
                List.of(file + ": there is no such file (expected: a readable YAML file)"),
                errors(new ConfigLoader(ConfigFixture.CLOCK).load(file)).stream()
                        .map(ConfigError::render)
                        .toList());
    }

    @Test
    void load_demoWithoutItsWorkflowOrOnAnOpenListener_isRefused() throws IOException {
        String sandbox = with(with(BASE, "environment: live", "environment: sandbox"), "demo: false", "demo: true");

        assertEquals(
                List.of("anteroom.yaml:30:7 demo: the demo key belongs to the workflow 'demo', which is not there"
                        + " (expected: demo: false, or a workflow 'demo')"),
                lines(load(folder, sandbox, CONTRACTS)));
        assertEquals(
                List.of("anteroom.yaml:30:7 demo: the demo key is not admitted beside a live target"
                        + " (expected: demo: false, or sandbox targets only)"),
                lines(load(
                        folder, with(with(BASE, "demo: false", "demo: true"), "id: summary", "id: demo"), CONTRACTS)));
        String open = with(with(sandbox, "id: summary", "id: demo"), "host: 127.0.0.1", "host: 0.0.0.0");
        assertEquals(
                List.of(
                        "anteroom.yaml:30:7 demo: the demo key is not admitted where other machines can reach the listener"
                                + " (expected: demo: false, or a loopback listener.host)"),
                lines(load(folder, open, CONTRACTS)));
        loaded(load(
                folder,
                with(with(sandbox, "id: summary", "id: demo"), "host: 127.0.0.1", "host: localhost"),
                CONTRACTS));
    }

    @Test
    void load_openListenerWithTerminatorOrTls_isRight() throws IOException {
        String open = with(BASE, "host: 127.0.0.1", "host: 0.0.0.0");

        loaded(load(folder, with(open, "port: 8080", "port: 8080\n  tlsTerminator: load balancer"), CONTRACTS));
        loaded(load(
                folder,
                with(open, "port: 8080", "port: 8080\n  tls: {certificate: 'file:a.pem', key: 'file:b.pem'}"),
                CONTRACTS));
        loaded(load(folder, with(open, "environment: live", "environment: sandbox"), CONTRACTS));
    }

    @Test
    void load_plainHttp_onlyToThisMachine() throws IOException {
        for (String host : List.of("127.0.0.1:9999", "localhost", "[::1]:9999")) {
            String url = "http://" + host + "/v1";
            loaded(load(
                    folder,
                    with(BASE, "https://api.openai.com/v1", url),
                    with(CONTRACTS, "https://api.openai.com/v1", url)));
        }
        for (String host : List.of("models.example.org", "127.0.0.1.example.org", "0.0.0.0", "10.0.0.1")) {
            String url = "http://" + host + "/v1";
            List<String> lines = lines(load(
                    folder,
                    with(BASE, "https://api.openai.com/v1", url),
                    with(CONTRACTS, "https://api.openai.com/v1", url)));
            assertEquals(2, lines.size(), lines.toString());
            assertTrue(
                    lines.stream().allMatch(l -> l.contains("http:// without TLS leaves this machine")),
                    lines.toString());
        }
    }

    @Test
    void load_secretInTheFile_isRefusedAndNotRepeated() throws IOException {
        String secret = "sk-proj-aVeryRealSecret0123456789";
        for (String[] change : new String[][] {
            {"credential: env:OPENAI_API_KEY", "credential: " + secret},
            {"credential: env:OPENAI_API_KEY", "credential: env:" + secret},
            {"credential: env:OPENAI_API_KEY", "credential: [" + secret + "]"},
            {"credential: env:OPENAI_API_KEY", "credential: {" + secret + ": x}"},
            {"credential: env:OPENAI_API_KEY", "credential: *" + secret},
            {"credential: env:OPENAI_API_KEY", "credential: !" + secret + " x"},
            {"credential: env:OPENAI_API_KEY", "credential: '" + secret},
            {"credential: env:OPENAI_API_KEY", secret + ": x"},
            {"credential: env:OPENAI_API_KEY", "credential: |\n      " + secret + "\n      x"},
            {"audience: clinician", "audience: " + secret},
            {"https://api.openai.com/v1", "https://u:" + secret + "@api.openai.com/v1"},
            {"https://api.openai.com/v1", "ht tp://" + secret},
            {"contract: openai-baa", "contract: " + secret},
            {"port: 8080", "port: " + secret}
        }) {
            List<String> lines = lines(load(folder, with(BASE, change[0], change[1]), CONTRACTS));
            assertFalse(lines.isEmpty());
            for (String line : lines) {
                assertFalse(line.contains("VeryReal"), line);
            }
        }
        assertEquals(
                List.of("anteroom.yaml:11:17 targets[0].credential: this is not a reference to a secret"
                        + " (expected: env:NAME or file:PATH, which says where the secret is kept)"),
                lines(load(folder, with(BASE, "env:OPENAI_API_KEY", "123456789012"), CONTRACTS)));
    }

    @Test
    void load_recordNumberThatIsNoShape_isRefused() throws IOException {
        for (String pattern : List.of("(a+)+b", "[0-9]{6}", "MRN-\\\\d+", "99", "EG-", "9".repeat(65))) {
            List<String> lines = lines(
                    load(folder, BASE + "site: {recordNumbers: [{name: n, pattern: '" + pattern + "'}]}\n", CONTRACTS));
            assertEquals(1, lines.size(), lines.toString());
            assertTrue(
                    lines.getFirst().startsWith("anteroom.yaml:31:43 site.recordNumbers[0].pattern: "),
                    lines.getFirst());
        }
        for (String pattern : List.of("EG-999999", "AA9999", "99/99/9999", "CHART #99999")) {
            loaded(load(folder, BASE + "site: {recordNumbers: [{name: n, pattern: '" + pattern + "'}]}\n", CONTRACTS));
        }
    }

    @Test
    void load_contractsWithErrors_allNamed() throws IOException {
        String contracts = with(
                with(
                        with(
                                with(CONTRACTS, "    regions: [us]\n", ""),
                                "[text]\n    regions: [local]",
                                "[text, smell]\n    regions: [local]"),
                        "    expires: 2027-12-31\n",
                        ""),
                "insideBoundary: true",
                "insideboundary: true");

        assertEquals(
                List.of(
                        "contracts.yaml:3:5 contracts[0]: the key 'regions' is missing (expected: a list of regions, such as [us-east, us-west])",
                        "contracts.yaml:3:5 contracts[0]: the key 'expires' is missing (expected: a date such as 2027-12-31,"
                                + " the last day on which the contract holds (UTC))",
                        "contracts.yaml:11:24 contracts[1].modalities[1]: unknown value 'smell' (expected: one of text, image, audio, file)",
                        "contracts.yaml:15:5 contracts[1].insideboundary: unknown key 'insideboundary' (expected: one of id, party, endpoints,"
                                + " modalities, regions, retention, leastProfile, expires, insideBoundary; did you mean 'insideBoundary'?)"),
                lines(load(folder, BASE, contracts)));
    }

    @Test
    void load_expiredContractThatNothingUses_isNoError() throws IOException {
        loaded(load(folder, BASE, CONTRACTS + """
                  - id: last-year
                    party: Somebody
                    endpoints: ["https://old.example.org"]
                    modalities: [text]
                    regions: [us]
                    retention: 30d
                    expires: 2025-12-31
                """));
    }
}
