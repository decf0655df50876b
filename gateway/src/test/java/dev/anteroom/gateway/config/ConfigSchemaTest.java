package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Holds the loader and the JSON schemas, which editors use, in agreement. */
class ConfigSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every key that there is, with a right value; JSON is YAML. */
    private static final String FULL = """
            {"version": 1,
             "gateway": {"id": "g", "environmentNote": "a note"},
             "listener": {"host": "127.0.0.1", "port": 8080,
                          "tls": {"certificate": "file:a.pem", "key": "file:b.pem", "clientCa": "file:c.pem"}},
             "admin": {"host": "127.0.0.1", "port": 8081},
             "limits": {"maxBodyBytes": "8MiB", "maxDepth": 64, "maxHeaderBytes": "16KiB", "maxConcurrentCalls": 1024,
                        "maxBytesInFlight": "256MiB", "drain": "20s", "headersAfter": "15s", "keepAlive": "10s"},
             "journal": {"segmentBytes": "64MiB", "alarmFreeBytes": "2GiB", "reserveBytes": "256MiB", "originals": true,
                         "operatorKey": {"file": "o.key"}, "originalsKey": {"command": ["kms", "get", "-k", "get"]},
                         "retention": {"bodies": "90d", "decisions": "6y", "originals": "30d"},
                         "witness": {"directory": "witness", "key": "w.example+59bc1a80+BAEC"}},
             "contractsFile": "contracts.yaml",
             "targets": [
               {"id": "a", "kind": "openai", "environment": "sandbox", "contract": "outside", "baseUrl": "https://a.example.org/v1",
                "credential": "env:A", "models": ["m"], "ca": "file:ca.pem", "proxy": "http://proxy.example.org:3128",
                "timeouts": {"connect": "5s", "firstToken": "30s", "stall": "30s", "total": "600s"},
                "breaker": {"failureRate": 50, "window": 20, "openFor": "10s"}},
               {"id": "b", "kind": "azure", "environment": "sandbox", "contract": "outside", "baseUrl": "https://a.example.org",
                "credential": "file:key", "apiVersion": "2024-10-21", "models": {"m": "deployment"}},
               {"id": "c", "kind": "extractive", "environment": "sandbox", "contract": "built-in", "models": ["m"]}],
             "routes": [{"id": "r", "models": ["m"], "targets": ["a", "b", "c"]}],
             "retry": {"maxAttempts": 3},
             "workflows": [{"id": "demo", "audience": "system", "profile": "strict", "routes": ["r"], "restoreTools": ["t"],
                            "limits": {"requestsPerMinute": 60, "concurrentCalls": 4}}],
             "site": {"facilities": ["F"], "staff": ["S"], "recordNumbers": [{"name": "n", "pattern": "999999"}],
                      "exceptionsFile": "exceptions.yaml", "keep": {"balanced": ["year", "zip3"], "strict": ["year"]}},
             "classifier": {"folder": "file:model", "labels": {"PATIENT": "name", "B-ORG": "none"}, "threshold": 40, "threads": 3,
                             "deadline": "2s"},
             "store": {"url": "postgresql://db.example.org:5432/anteroom", "user": "anteroom", "credential": "env:P", "ca": "file:ca.pem"},
             "prices": [{"model": "m", "target": "a", "from": "2026-01-01", "inputPerMillion": 1.25, "outputPerMillion": 10}],
             "telemetry": {"spans": {"endpoint": "https://otel.example.org/v1/traces", "credential": "env:T", "ca": "file:ca.pem"},
                           "securityEvents": {"file": "file:security.jsonl", "syslog": "tls://siem.example.org:6514",
                                              "ca": "file:ca.pem"},
                           "currency": "EUR"},
             "demo": true}
            """;

    private static final String FULL_CONTRACTS = """
            {"version": 1,
             "contracts": [
               {"id": "outside", "party": "P", "endpoints": ["https://a.example.org"], "modalities": ["text", "image"], "regions": ["us"],
                "retention": "30d", "leastProfile": "strict", "expires": "2027-12-31", "insideBoundary": false},
               {"id": "built-in", "party": "P", "endpoints": ["built-in"], "modalities": ["text"], "regions": ["local"],
                "retention": "none"}]}
            """;

    private static final String FULL_EXCEPTIONS = """
            {"version": 1,
             "exceptions": [
               {"term": "Baker cyst", "context": ["knee"], "category": "name", "reason": "an eponym", "reviewer": "R",
                "expires": "2027-12-31"}]}
            """;

    /** A file of the configuration, with its schema and the document of all its keys. */
    private record Part(String file, JsonNode schema, Schema validator, JsonNode full) {
        static Part of(String file, String schemaFile, String full) {
            JsonNode schema = read(schemaFile);
            return new Part(file, schema, ConfigSchemaTest.validator(schema), parse(full));
        }
    }

    private final Part config = Part.of("anteroom.yaml", "anteroom.schema.json", FULL);
    private final Part contracts = Part.of("contracts.yaml", "contracts.schema.json", FULL_CONTRACTS);
    private final Part exceptions = Part.of("exceptions.yaml", "exceptions.schema.json", FULL_EXCEPTIONS);
    private final List<Part> parts = List.of(config, contracts, exceptions);

    @TempDir
    Path folder;

    @Test
    void shippedFiles_schema_isSatisfied() throws IOException {
        try (Stream<Path> files = Files.walk(ConfigFixture.repositoryConfig().toRealPath())) {
            List<Path> yaml =
                    files.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
            assertEquals(7, yaml.size(), yaml.toString());
            for (Path file : yaml) {
                assertEquals(List.of(), partOf(file).validator.validate(yaml(file)), file.toString());
            }
        }
    }

    private Part partOf(Path file) {
        return parts.stream()
                .filter(part -> file.endsWith(part.file))
                .findFirst()
                .orElse(config);
    }

    @Test
    void fullDocuments_bothAgree_areRight() throws IOException {
        for (Part part : parts) {
            assertEquals(List.of(), part.validator.validate(part.full), part.file);
            ConfigFixture.loaded(load(part.full, part));
        }
    }

    @Test
    void unknownKey_atEveryObject_bothNameTheSameKeys() throws IOException {
        assertEquals(27, checkKeys(config), "objects of the configuration");
        assertEquals(2, checkKeys(contracts), "objects of the contracts");
        assertEquals(2, checkKeys(exceptions), "objects of the exceptions");
    }

    private int checkKeys(Part checked) throws IOException {
        JsonNode document = checked.full;
        Set<String> places = new LinkedHashSet<>();
        objects(document, "", places);
        Set<JsonNode> schemas = new LinkedHashSet<>();
        for (String place : places) {
            JsonNode part = schemaAt(checked.schema, document, place);
            if (!part.has("additionalProperties")
                    || !part.get("additionalProperties").isBoolean()) {
                continue;
            }
            schemas.add(part);
            Set<String> ofSchema = new TreeSet<>();
            part.get("properties").fieldNames().forEachRemaining(ofSchema::add);
            JsonNode changed = document.deepCopy();
            ((ObjectNode) changed.at(place)).put("zzzzzz", 1);
            assertFalse(checked.validator.validate(changed).isEmpty(), place);
            List<ConfigError> errors = ConfigFixture.errors(load(changed, checked));
            assertEquals(1, errors.size(), errors.toString());
            assertEquals("unknown key 'zzzzzz'", errors.getFirst().problem());
            String list = errors.getFirst().expected().replaceFirst("^one of ", "");
            assertEquals(ofSchema, new TreeSet<>(List.of(list.split(", "))), place);
        }
        return schemas.size();
    }

    @Test
    void everyKeyOfTheSchemas_fullDocuments_haveIt() {
        Set<String> missing = new TreeSet<>();
        for (Part part : parts) {
            missing(part.schema, part.full, "", missing);
        }

        // Each excludes one that the document has: tls, file, command.
        assertEquals(
                Set.of("/listener/tlsTerminator", "/journal/operatorKey/command", "/journal/originalsKey/file"),
                missing);
    }

    @Test
    void removedKey_everywhere_bothAgree() throws IOException {
        for (Part part : parts) {
            for (String place : leaves(part.full, true)) {
                assertAgreement(without(part.full, place), part, "without " + place);
            }
        }
    }

    @Test
    void otherValue_everywhere_bothAgree() throws IOException {
        List<JsonNode> values = List.of(
                parse("true"),
                parse("12"),
                parse("-1"),
                parse("1.5"),
                parse("null"),
                parse("[]"),
                parse("{}"),
                parse("[12]"),
                parse("[{}]"),
                parse("{\"a\":12}"),
                parse("\"\""),
                parse("\" x\""),
                parse("\"word\""),
                parse("\"two words\""),
                parse("[\"x\",\"x\"]"),
                parse("\"5s\""),
                parse("\"5\""),
                parse("\"http://u@h/\""),
                parse("\"env:1\""),
                parse("\"file:\""));
        for (JsonNode value : values) {
            for (Part part : parts) {
                for (String place : leaves(part.full, true)) {
                    assertAgreement(replaced(part.full, place, value), part, place + " = " + value);
                }
            }
        }
    }

    @Test
    void tlsTerminator_besideTls_bothRefuse() throws IOException {
        JsonNode changed = config.full.deepCopy();
        ((ObjectNode) changed.at("/listener")).put("tlsTerminator", "proxy");
        assertFalse(config.validator.validate(changed).isEmpty());
        ConfigFixture.errors(load(changed, config));

        ((ObjectNode) changed.at("/listener")).remove("tls");
        assertEquals(List.of(), config.validator.validate(changed));
        ConfigFixture.loaded(load(changed, config));
    }

    /** What the schema refuses, the loader refuses; what the loader finds wrong in the form, the schema refuses. */
    private void assertAgreement(JsonNode document, Part part, String what) throws IOException {
        boolean schemaAccepts = part.validator.validate(document).isEmpty();
        ConfigResult result = load(document, part);
        switch (result) {
            case ConfigResult.Loaded _ ->
                assertTrue(schemaAccepts, what + ": the loader accepts it, the schema does not");
            case ConfigResult.Rejected(var errors) -> {
                boolean form = errors.stream()
                        .filter(e -> e.file().endsWith(part.file))
                        .map(ConfigError::problem)
                        .anyMatch(p -> p.startsWith("unknown key")
                                || p.endsWith("is missing")
                                || p.endsWith(" stands here")
                                || p.endsWith("is empty")
                                || p.startsWith("unknown value")
                                || p.startsWith("this is not a reference"));
                assertFalse(form && schemaAccepts, what + ": the schema accepts it, the loader says " + errors);
            }
        }
    }

    private ConfigResult load(JsonNode document, Part changed) throws IOException {
        for (Part part : parts) {
            Files.writeString(folder.resolve(part.file), (part.equals(changed) ? document : part.full).toString());
        }
        return new ConfigLoader(ConfigFixture.CLOCK).load(folder.resolve(config.file));
    }

    private static JsonNode without(JsonNode document, String place) {
        JsonNode copy = document.deepCopy();
        int slash = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, slash));
        String name = place.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.remove(name);
        } else if (parent instanceof ArrayNode array) {
            array.remove(Integer.parseInt(name));
        }
        return copy;
    }

    private static JsonNode replaced(JsonNode document, String place, JsonNode value) {
        JsonNode copy = document.deepCopy();
        int slash = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, slash));
        String name = place.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        }
        return copy;
    }

    private static void objects(JsonNode node, String place, Set<String> places) {
        if (node.isObject()) {
            places.add(place);
        }
        forEachChild(node, place, (child, at) -> objects(child, at, places));
    }

    /** The places of all values, with those of objects and lists where asked. */
    private static List<String> leaves(JsonNode node, boolean containers) {
        List<String> places = new ArrayList<>();
        collect(node, "", containers, places);
        return places;
    }

    private static void collect(JsonNode node, String place, boolean containers, List<String> places) {
        if (!place.isEmpty() && (containers || node.isValueNode())) {
            places.add(place);
        }
        forEachChild(node, place, (child, at) -> collect(child, at, containers, places));
    }

    private interface Visitor {
        void visit(JsonNode child, String place);
    }

    private static void forEachChild(JsonNode node, String place, Visitor visitor) {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> it = node.properties().iterator(); it.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = it.next();
                visitor.visit(entry.getValue(), place + "/" + entry.getKey());
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visitor.visit(node.get(i), place + "/" + i);
            }
        }
    }

    /** The part of the schema that describes the place in the document. */
    private static JsonNode schemaAt(JsonNode schema, JsonNode document, String place) {
        JsonNode part = schema;
        JsonNode at = document;
        for (String step : place.isEmpty() ? new String[0] : place.substring(1).split("/")) {
            boolean inArray = at.isArray();
            at = inArray ? at.get(Integer.parseInt(step)) : at.get(step);
            JsonNode properties = part.path("properties");
            part = inArray ? part.path("items") : properties.path(step);
        }
        return part;
    }

    private static void missing(JsonNode schema, JsonNode document, String place, Set<String> missing) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = document.path(property.getKey());
            JsonNode list = property.getValue().path("items").path("properties");
            if (value.isMissingNode()) {
                missing.add(place + "/" + property.getKey());
            } else if (!list.isMissingNode()) {
                list.properties().forEach(inner -> {
                    boolean anywhere = false;
                    for (JsonNode element : value) {
                        anywhere |= element.has(inner.getKey());
                    }
                    if (!anywhere) {
                        missing.add(place + "/" + property.getKey() + "/" + inner.getKey());
                    }
                });
            } else {
                missing(property.getValue(), value, place + "/" + property.getKey(), missing);
            }
        });
    }

    private static JsonNode yaml(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new JsonSchema()).build();
        return JSON.valueToTree(new Load(settings).loadFromString(Files.readString(file)));
    }

    private static JsonNode read(String name) {
        try {
            return JSON.readTree(
                    Files.readString(ConfigFixture.repositoryConfig().resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema validator(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }
}
