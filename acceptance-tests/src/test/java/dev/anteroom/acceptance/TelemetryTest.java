package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.keys.KeyStore;
import dev.anteroom.gateway.keys.NewKey;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.postgres.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway tells of itself: a real scrape of it, and the dashboard that is drawn from it. */
class TelemetryTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:anteroom|jvm|process)_[a-z_]+\\b");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    private static HttpResponse<String> scrape(RunningGateway gateway, String token) {
        return gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                .header("authorization", "Bearer " + token)
                .build());
    }

    /** Calls of every kind: answered, refused, failed at its provider, without a key. */
    private static void callInEveryWay(RunningGateway gateway) {
        JsonObject priced = Chat.body("gpt-test", "Mr. John Miller (SSN 536-22-8726) asks what helps.");
        assertEquals(200, gateway.chat(priced.encode()).statusCode());
        assertEquals(200, gateway.chat(priced.put("stream", true).encode()).statusCode());
        assertEquals(404, gateway.chat(Chat.whole("Mr-John-Miller", "Hello")).statusCode());
        assertEquals(
                401, gateway.post("/v1/chat/completions", "sk-nobody", "{}").statusCode());
    }

    @Test
    void metrics_afterCallsOfEveryKind_countThemAndNameNothingOfThem() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest and drink enough."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            callInEveryWay(gateway);
            assertEquals(401, scrape(gateway, "not-the-token").statusCode());
            HttpResponse<String> scraped = scrape(gateway, gateway.adminToken());
            assertEquals(200, scraped.statusCode());
            String text = scraped.body();
            assertTrue(text.contains("anteroom_calls_total{verdict=\"unchecked\",workflow=\"demo\"} 2.0"), text);
            assertTrue(text.contains("anteroom_refusals_total{code=\"model_not_found\",workflow=\"demo\"} 1.0"), text);
            assertTrue(text.contains("anteroom_failed_logins_total{reason=\"unknown\"} 1.0"), text);
            assertTrue(text.contains("anteroom_replaced_total{category=\"SSN\"} 2.0"), text);
            assertFalse(text.contains("Miller"), text);
            // Whatever else apps send, no further series appear.
            Set<String> before = series(text);
            for (int i = 0; i < 20; i++) {
                gateway.chat(Chat.body("model-" + i, "Hello " + i)
                        .put("anteroom", new JsonObject().put("run", "run-" + i).put("actor", "actor-" + i))
                        .encode());
            }
            Set<String> after = series(scrape(gateway, gateway.adminToken()).body());
            after.removeAll(before);
            assertEquals(Set.of(), after);
        }
    }

    /** The series of the gateway's own metrics; those of the JVM come and go with its threads. */
    private static Set<String> series(String text) {
        return text.lines()
                .filter(line -> line.startsWith("anteroom_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void dashboard_everyMetricAndLabelInIt_isInAScrape(@TempDir Path directory) throws Exception {
        Path file = Path.of(System.getProperty("anteroom.root"), "config", "grafana", "anteroom.json");
        JsonObject dashboard = new JsonObject(Files.readString(file));
        try (PostgresServer database = PostgresServer.start();
                Providers providers = new Providers()) {
            Path secret = Files.writeString(directory.resolve("password"), database.password());
            Path config = TestConfig.clinician(providers.first.port(), providers.second.port())
                    .withExtra("""
                            store: {url: "%s", user: %s, credential: "file:%s"}
                            prices: [{model: gpt-test, target: provider-0, from: 2026-01-01, inputPerMillion: 1, outputPerMillion: 2}]
                            """.formatted(database.url(), database.user(), secret))
                    .write(directory);
            try (RunningGateway gateway = RunningGateway.start(directory, config)) {
                callInEveryWay(gateway);
                providers.endFirst();
                // The second one has no price.
                assertEquals(200, gateway.chat(Chat.whole("Hello")).statusCode());
                providers.endBoth();
                assertEquals(502, gateway.chat(Chat.whole("Hello")).statusCode());
                Map<String, Set<String>> scraped =
                        labels(scrape(gateway, gateway.adminToken()).body());
                int checked = 0;
                for (Object panel : dashboard.getJsonArray("panels")) {
                    for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
                        checked += check(((JsonObject) target), scraped);
                    }
                }
                assertTrue(checked > 25, "the dashboard must have been looked at, not " + checked + " metrics of it");
            }
        }
    }

    /** Two providers that can be ended before the test is over. */
    private static final class Providers implements AutoCloseable {
        private final ScriptedProvider first = ScriptedProvider.start(Script.text("Rest and drink enough."));
        private final ScriptedProvider second = ScriptedProvider.start(Script.text("Rest and drink enough."));
        private boolean firstEnded;
        private boolean ended;

        void endFirst() {
            if (!firstEnded) {
                firstEnded = true;
                first.close();
            }
        }

        @Override
        public void close() {
            endBoth();
        }

        void endBoth() {
            endFirst();
            if (!ended) {
                ended = true;
                second.close();
            }
        }
    }

    /** Checks an expression: its metrics are scraped, and have the labels that it groups by and its legend shows. */
    private static int check(JsonObject target, Map<String, Set<String>> scraped) {
        String expression = target.getString("expr");
        Set<String> wanted = new TreeSet<>();
        Matcher by = Pattern.compile("by \\(([^)]*)\\)").matcher(expression);
        while (by.find()) {
            wanted.addAll(Set.of(by.group(1).split(", ")));
        }
        Matcher shown = Pattern.compile("\\{\\{(\\w+)}}").matcher(target.getString("legendFormat"));
        while (shown.find()) {
            wanted.add(shown.group(1));
        }
        Matcher metric = METRIC.matcher(expression);
        int found = 0;
        while (metric.find()) {
            Set<String> labels = scraped.get(metric.group());
            assertTrue(labels != null, () -> metric.group() + " of '" + expression + "' is not in a scrape");
            assertTrue(labels.containsAll(wanted), () -> expression + ": " + wanted + " are not all among " + labels);
            found++;
        }
        assertTrue(found > 0, () -> "no metric in: " + expression);
        return found;
    }

    /** The labels of every metric of a scrape. */
    private static Map<String, Set<String>> labels(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String name = line.split("[{ ]", 2)[0];
            Set<String> of = labels.computeIfAbsent(name, n -> new TreeSet<>());
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                of.add(label.group(1));
            }
        });
        return labels;
    }

    @Test
    void securityEvents_ofADay_areAllTold(@TempDir Path directory, @TempDir Path events) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest and drink enough."))) {
            Path file = events.resolve("security.jsonl");
            Path config = TestConfig.clinician(provider.port())
                    .withExtra("telemetry: {securityEvents: {file: \"file:" + file + "\"}}")
                    .write(directory);
            String id;
            NewKey key;
            try (RunningGateway gateway = RunningGateway.start(directory, config)) {
                callInEveryWay(gateway);
                scrape(gateway, "not-the-token");
                id = gateway.chat(Chat.whole("Hello"))
                        .headers()
                        .firstValue("x-anteroom-trace-id")
                        .orElseThrow();
                assertEquals(200, gateway.get("/v1/anteroom/traces/" + id).statusCode());
                KeyStore keys = new KeyStore(gateway.data(), Clock.systemUTC(), new SecureRandom());
                key = keys.create("ward-7", "demo", Environment.SANDBOX, null, "");
                awaitEvent(file, "key_added");
                keys.revoke(key.key().keyId());
                awaitEvent(file, "key_revoked");
                assertEquals(
                        401,
                        gateway.post("/v1/chat/completions", key.secret(), "{}").statusCode());
            }
            List<JsonObject> told =
                    Files.readAllLines(file).stream().map(JsonObject::new).toList();
            assertEquals(
                    List.of(
                            "configuration_changed",
                            "gateway_started",
                            "key_first_used",
                            "call_refused",
                            "credential_invalid",
                            "admin_denied",
                            "record_read",
                            "key_added",
                            "key_revoked",
                            "revoked_key_used",
                            "gateway_stopped"),
                    told.stream().map(event -> event.getString("event")).toList());
            JsonObject read = told.get(6);
            assertEquals(id, read.getString("trace_id"));
            assertEquals("demo", read.getString("key_id"));
            assertEquals("model_not_found", told.get(3).getString("code"));
            assertEquals(key.key().keyId(), told.get(9).getString("key_id"));
            assertFalse(Files.readString(file).contains(key.secret()));
            assertFalse(Files.readString(file).contains("Miller"));
        }
    }

    private static void awaitEvent(Path file, String name) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.readString(file).contains("\"" + name + "\"")) {
            assertTrue(System.nanoTime() < until, () -> name + " was not told");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
