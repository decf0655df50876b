package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.acceptance.Canary.Kind;
import dev.anteroom.acceptance.PositionCases.Place;
import dev.anteroom.gateway.wire.Shape;
import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.TraceJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A value that identifies somebody is put at every position of a chat call, and at every place around it. It never reaches the provider, a
 * file, the database, a metric, a span, a security event or a log; where the call is refused instead, the error names the position and does not repeat the value.
 */
final class CanaryTest {
    /**
     * Every text-bearing leaf of CreateChatCompletionRequest in the OpenAI specification 2.3.0 (MIT licence), as a walk of it gives them;
     * {KEY} is a name of a map, {*} its value, {} any JSON.
     */
    private static final String SPECIFICATION = """
            .metadata.{KEY}
            .metadata.{*}
            .user
            .safety_identifier
            .prompt_cache_key
            .messages[].content
            .messages[].content[].text
            .messages[].name
            .messages[].content[].image_url.url
            .messages[].content[].input_audio.data
            .messages[].content[].file.filename
            .messages[].content[].file.file_data
            .messages[].content[].file.file_id
            .messages[].content[].refusal
            .messages[].refusal
            .messages[].audio.id
            .messages[].tool_calls[].id
            .messages[].tool_calls[].function.name
            .messages[].tool_calls[].function.arguments
            .messages[].tool_calls[].custom.name
            .messages[].tool_calls[].custom.input
            .messages[].function_call.arguments
            .messages[].function_call.name
            .messages[].tool_call_id
            .model
            .web_search_options.user_location.approximate.country
            .web_search_options.user_location.approximate.region
            .web_search_options.user_location.approximate.city
            .web_search_options.user_location.approximate.timezone
            .response_format.json_schema.description
            .response_format.json_schema.name
            .response_format.json_schema.schema.{}
            .audio.voice
            .audio.voice.id
            .moderation.model
            .stop
            .stop[]
            .logit_bias.{KEY}
            .prediction.content
            .prediction.content[].text
            .tools[].function.description
            .tools[].function.name
            .tools[].function.parameters.{}
            .tools[].custom.name
            .tools[].custom.description
            .tools[].custom.format.grammar.definition
            .tool_choice.allowed_tools.tools[].{}
            .tool_choice.function.name
            .tool_choice.custom.name
            .function_call.name
            .functions[].description
            .functions[].name
            .functions[].parameters.{}
            """;

    private static final List<Kind> KINDS = List.of(Kind.SSN, Kind.PHONE, Kind.EMAIL, Kind.MRN);
    private static final int LEAST_PIECE = 4;

    private static Listeners listeners;

    private record Probe(String name, String path, boolean accepted, String body, List<Canary> canaries) {}

    private final RandomGenerator random = TestSeed.of("CanaryTest");
    private final List<String> problems = new ArrayList<>();
    private final Needles all = new Needles();

    @BeforeAll
    static void listen() {
        listeners = Listeners.start();
    }

    @AfterAll
    static void stopListening() {
        listeners.close();
    }

    @Test
    void everyLeafOfTheSpecification_isDeclaredOrCoveredByADeclaredOne() throws IOException {
        List<String> leaves = SPECIFICATION.lines().toList();
        Optional<Path> list = SharedFiles.find("openai/request-text-leaves.txt");
        if (list.isPresent()) {
            assertEquals(leavesOf(list.get()), new TreeSet<>(leaves), "this test's copy of the list is not the list");
        }
        List<Place> places = new PositionCases().leaves();
        for (String leaf : leaves) {
            if (places.stream().noneMatch(place -> covers(place, leaf))) {
                problems.add(leaf);
            }
        }
        assertNoProblems("leaves of the specification that the table does not declare");
    }

    /** The guard of this guard: a search that finds nothing must not be a search that can find nothing. */
    @Test
    void needles_areFoundInEverySpelling() {
        for (Kind kind : Kind.values()) {
            String value = canary(kind).value();
            Needles needles = Needles.of(value);
            Base64.Encoder base64 = Base64.getEncoder();
            for (String text : List.of(
                    value,
                    "x" + value + "y",
                    value.toUpperCase(Locale.ROOT),
                    jsonEscaped(value),
                    URLEncoder.encode(value, StandardCharsets.UTF_8),
                    base64.encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                    base64.encodeToString(("x" + value).getBytes(StandardCharsets.UTF_8)),
                    base64.encodeToString(("xy" + value + "z").getBytes(StandardCharsets.UTF_8)))) {
                assertEquals(Set.of(value), needles.in("before " + text + " after"), text);
            }
            assertEquals(Set.of(), needles.in("[" + kind + "_1] and nothing else at all"));
        }
    }

    private static Set<String> leavesOf(Path file) throws IOException {
        Set<String> leaves = new TreeSet<>();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("## ")) {
                inside = line.startsWith("## /chat/completions ");
            } else if (inside && line.strip().startsWith("json:")) {
                String leaf = line.strip()
                        .substring("json:".length())
                        .split(" \\| ")[0]
                        .strip();
                leaves.add(line.contains("FREE-FORM") ? leaf + ".{}" : leaf);
            }
        }
        return leaves;
    }

    private static boolean covers(Place place, String leaf) {
        boolean whole = place.shape() instanceof Shape.Dropped
                || place.shape() instanceof Shape.Refused
                || place.shape() instanceof Shape.FreeJson;
        return leaf.equals(place.leaf()) || (whole && leaf.startsWith(place.leaf() + "."));
    }

    @Test
    void canaryAtEveryDeclaredPosition_neverReachesProviderFilesListenersOrLogs() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (Place place : new PositionCases().leaves()) {
            probesOf(place, probes);
        }
        System.out.println("CanaryTest: " + probes.size() + " requests");
        probe(probes);
        assertNoProblems("canaries at declared positions");
    }

    @Test
    void canaryAsAnUndeclaredName_isRefusedWithThePathOfItsObject() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (Place place : new PositionCases().objects()) {
            for (Kind kind : List.of(Kind.SSN, Kind.EMAIL)) {
                Canary name = canary(kind);
                Canary value = canary(kind);
                JsonObject undeclared = new JsonObject().put(name.value(), value.value());
                String path = place.path().isEmpty() ? "*" : place.path() + ".*";
                probes.add(new Probe(
                        "undeclared name in " + place.leaf(),
                        path,
                        false,
                        place.with().apply(undeclared).encode(),
                        List.of(name, value)));
            }
        }
        probe(probes);
        assertNoProblems("canaries as undeclared names");
    }

    @Test
    void knownNumberInAParameter_isRefused() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            for (String parameter : List.of("seed", "max_tokens", "max_completion_tokens")) {
                Canary mrn = canary(Kind.MRN);
                JsonObject body = Chat.body("gpt-test", "What was advised?")
                        .put("patient", new JsonObject().put("mrn", mrn.value()))
                        .put(parameter, mrn.number());
                HttpResponse<String> answer = gateway.chat(body.encode());
                assertEquals(400, answer.statusCode(), parameter);
                assertEquals("policy_blocked", Chat.code(answer), parameter);
                assertEquals(Set.of(), Needles.of(mrn.value()).in(answer.body()), parameter);
            }
            assertEquals(List.of(), provider.received());
        }
    }

    @Test
    void canaryAroundTheBody_neverReachesProviderFilesListenersOrLogs() throws Exception {
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = listeners.gateway(TestConfig.clinician(provider.port()))) {
            List<Canary> sent = new ArrayList<>();
            String body = Chat.whole("What was advised?");
            for (String header : List.of(
                    "OpenAI-Organization",
                    "OpenAI-Project",
                    "User-Agent",
                    "X-Request-Id",
                    "X-Client-Request-Id",
                    "Idempotency-Key",
                    "traceparent",
                    "tracestate",
                    "baggage",
                    "Cookie",
                    "Referer",
                    "X-Forwarded-For",
                    "X-Stainless-Helper-Method",
                    "api-key",
                    "X-Patient",
                    "Content-Disposition",
                    "Accept",
                    "Accept-Language")) {
                for (Kind kind : KINDS) {
                    Canary canary = canary(kind);
                    sent.add(canary);
                    String value = header.equals("Content-Disposition")
                            ? "form-data; filename=\"" + canary.value() + ".pdf\""
                            : header.equals("baggage") ? "patient=" + canary.value() : canary.value();
                    HttpResponse<String> answer = gateway.send(request(gateway, "/v1/chat/completions", body)
                            .header(header, value)
                            .build());
                    assertEquals(200, answer.statusCode(), header);
                }
            }
            for (Kind kind : KINDS) {
                Canary inQuery = canary(kind);
                Canary inKey = canary(kind);
                Canary inPath = canary(kind);
                Canary inTrace = canary(kind);
                Canary inOther = canary(kind);
                Canary inPart = canary(kind);
                Canary inName = canary(kind);
                Canary inType = canary(kind);
                Canary inSecret = canary(kind);
                sent.addAll(List.of(inQuery, inKey, inPath, inTrace, inOther, inPart, inName, inType, inSecret));
                String query =
                        "?user=" + encoded(inQuery) + "&metadata[" + encoded(inKey) + "]=1&after=" + encoded(inQuery);
                gateway.send(
                        request(gateway, "/v1/chat/completions" + query, body).build());
                refused(gateway, "/v1/models/" + encoded(inPath), inPath);
                refused(gateway, "/v1/anteroom/traces/" + encoded(inTrace), inTrace);
                refused(gateway, "/v1/" + encoded(inOther) + query, inOther);
                String parts = "--b\r\nContent-Disposition: form-data; name=\"" + inName.value() + "\"; filename=\""
                        + inName.value() + ".pdf\"\r\n\r\n" + inPart.value() + "\r\n--b--\r\n";
                refused(
                        gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                                .header("authorization", "Bearer " + RunningGateway.KEY)
                                .header("content-type", "multipart/form-data; boundary=b; note=" + inType.value())
                                .POST(HttpRequest.BodyPublishers.ofString(parts))
                                .build()),
                        inPart,
                        inName,
                        inType);
                refused(gateway.post("/v1/chat/completions", "sk-" + inSecret.value(), body), inSecret);
            }
            chunkTrailers(gateway, sent);
            provider.received().forEach(request -> leaked("the provider", Needles.received(request)));
            checkFilesAndOutput(gateway, output);
            System.out.println("CanaryTest: " + sent.size() + " canaries around the body");
        }
        assertNoProblems("canaries around the body");
    }

    private void chunkTrailers(RunningGateway gateway, List<Canary> sent) throws IOException {
        Canary inTrailer = canary(Kind.SSN);
        Canary inExtension = canary(Kind.PHONE);
        sent.addAll(List.of(inTrailer, inExtension));
        String body = Chat.whole("What was advised?");
        String message = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningGateway.KEY
                + "\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\ntrailer: x-note\r\n\r\n"
                + Integer.toHexString(body.length()) + ";note=" + inExtension.value() + "\r\n" + body
                + "\r\n0\r\nx-note: "
                + inTrailer.value() + "\r\n\r\n";
        try (RawConnection raw = RawConnection.open(gateway.port())) {
            raw.send(message);
            String answer = raw.readResponse(Duration.ofSeconds(20)).text();
            leaked("the answer to chunk trailers", answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static HttpRequest.Builder request(RunningGateway gateway, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port()
                        + path.replace("[", "%5B").replace("]", "%5D")))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + RunningGateway.KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String encoded(Canary canary) {
        return URLEncoder.encode(canary.value(), StandardCharsets.UTF_8);
    }

    private void refused(RunningGateway gateway, String path, Canary... canaries) {
        refused(
                gateway.send(request(gateway, path, "")
                        .method("GET", HttpRequest.BodyPublishers.noBody())
                        .build()),
                canaries);
    }

    private void refused(HttpResponse<String> answer, Canary... canaries) {
        if (answer.statusCode() < 400 || answer.statusCode() > 499) {
            problems.add(answer.request().uri().getPath().length() + " characters of path: " + answer.statusCode());
        }
        for (Canary canary : canaries) {
            echoed("an error", answer, canary);
        }
    }

    /** Everything that may be put at this position. */
    private void probesOf(Place place, List<Probe> probes) {
        switch (place.shape()) {
            case Shape.Text t -> KINDS.forEach(kind -> text(place, kind, probes));
            case Shape.PersonName p -> {
                Canary name = canary(Kind.NAME);
                add(place, true, name.value(), probes, name);
                Canary full = canary(Kind.NAME);
                add(place, true, full.value() + " Dr", probes, full);
            }
            case Shape.TextOrJson t -> {
                KINDS.forEach(kind -> text(place, kind, probes));
                freeJson(place, true, probes);
                Canary escaped = canary(Kind.SSN);
                // Not JSON, so it is text, but whoever reads it may undo the escapes.
                add(place, null, "{\"ssn\": \"" + jsonEscaped(escaped.value()) + "\",}", probes, escaped);
            }
            case Shape.FreeJson f -> freeJson(place, false, probes);
            case Shape.Identifier i -> {
                for (Kind kind : List.of(Kind.SSN, Kind.PHONE, Kind.MRN)) {
                    Canary canary = canary(kind);
                    add(place, false, canary.identifier(), probes, canary);
                }
                Canary sentence = canary(Kind.EMAIL);
                add(place, false, sentence.sentence(), probes, sentence);
            }
            case Shape.ExactText e ->
                KINDS.forEach(kind -> {
                    Canary canary = canary(kind);
                    add(place, false, canary.sentence(), probes, canary);
                });
            case Shape.Handle h ->
                KINDS.forEach(kind -> {
                    Canary canary = canary(kind);
                    add(place, true, "call_" + canary.value(), probes, canary);
                });
            case Shape.Unreadable u -> {
                Canary remote = canary(Kind.SSN);
                add(place, false, "https://images.example.org/scan.png?ssn=" + remote.value(), probes, remote);
                Canary inside = canary(Kind.EMAIL);
                String data =
                        Base64.getEncoder().encodeToString(inside.sentence().getBytes(StandardCharsets.UTF_8));
                add(place, false, "data:text/plain;base64," + data, probes, inside);
            }
            case Shape.Dropped d -> anything(place, true, probes);
            case Shape.Refused r -> anything(place, false, probes);
            case Shape.Own own -> own(place, own.field(), probes);
            case Shape.ModelName m -> wrong(place, probes);
            case Shape.Word w -> wrong(place, probes);
            case Shape.Bounded b -> wrong(place, probes);
            case Shape.Flag f -> wrong(place, probes);
            case Shape.OnlyFlag f -> wrong(place, probes);
            case Shape.Members m -> throw new IllegalStateException("not a leaf");
            case Shape.Tagged t -> throw new IllegalStateException("not a leaf");
            case Shape.Elements e -> throw new IllegalStateException("not a leaf");
            case Shape.ByType b -> throw new IllegalStateException("not a leaf");
        }
    }

    private void text(Place place, Kind kind, List<Probe> probes) {
        Canary canary = canary(kind);
        add(place, true, canary.sentence(), probes, canary);
    }

    private void wrong(Place place, List<Probe> probes) {
        Canary text = canary(Kind.SSN);
        add(place, false, text.value(), probes, text);
        Canary name = canary(Kind.EMAIL);
        add(place, false, new JsonObject().put(name.value(), 1), probes, name);
    }

    private void anything(Place place, boolean accepted, List<Probe> probes) {
        for (Kind kind : KINDS) {
            Canary text = canary(kind);
            add(place, accepted, text.sentence(), probes, text);
        }
        Canary name = canary(Kind.SSN);
        Canary value = canary(Kind.EMAIL);
        Canary deep = canary(Kind.PHONE);
        add(
                place,
                accepted,
                new JsonObject()
                        .put(name.value(), value.value())
                        .put("list", new JsonArray().add(new JsonObject().put("a", deep.value()))),
                probes,
                name,
                value,
                deep);
        for (String leaf : SPECIFICATION.lines().toList()) {
            if (leaf.startsWith(place.leaf() + ".")) {
                Canary below = canary(Kind.SSN);
                String rest = leaf.substring(place.leaf().length() + 1);
                add(place, accepted, below(rest, below), probes, below);
            }
        }
    }

    private static Object below(String rest, Canary canary) {
        if (rest.isEmpty()) {
            return canary.value();
        }
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        Object inner = below(dot < 0 ? "" : rest.substring(dot + 1), canary);
        return switch (name) {
            case "{KEY}" -> new JsonObject().put(canary.value(), "1");
            case "{*}" -> new JsonObject().put("note", inner);
            default -> new JsonObject().put(name, inner);
        };
    }

    private void freeJson(Place place, boolean asString, List<Probe> probes) {
        for (Kind kind : KINDS) {
            Canary value = canary(kind);
            Canary name = canary(kind);
            Canary deep = canary(kind);
            JsonObject json = new JsonObject()
                    .put(value.field(), value.value())
                    .put("note", new JsonArray().add(deep.sentence()))
                    .put(kind == Kind.MRN ? name.sentence() : name.value(), true);
            add(place, true, asString ? json.encode() : json, probes, value, name, deep);

            Canary embedded = canary(kind);
            JsonObject outer = new JsonObject()
                    .put(
                            "payload",
                            new JsonObject()
                                    .put(embedded.field(), embedded.value())
                                    .encode());
            add(place, true, asString ? outer.encode() : outer, probes, embedded);

            Canary escaped = canary(kind);
            if (asString) {
                String raw = "{\"" + escaped.field() + "\": \"" + jsonEscaped(escaped.value()) + "\"}";
                add(place, true, raw, probes, escaped);
                JsonArray array = new JsonArray().add(escaped.sentence());
                add(place, true, "  " + array.encode(), probes, escaped);
            }
            if (value.isNumeric()) {
                Canary number = canary(kind);
                JsonObject numeric = new JsonObject().put(number.field(), number.number());
                add(place, true, asString ? numeric.encode() : numeric, probes, number);
            }
        }
        for (String word : List.of("description", "title", "default", "const", "$comment", "pattern")) {
            Canary inSchema = canary(Kind.SSN);
            JsonObject schema = new JsonObject()
                    .put("type", "object")
                    .put("properties", new JsonObject().put("id", new JsonObject().put(word, inSchema.sentence())));
            add(place, true, asString ? schema.encode() : schema, probes, inSchema);
        }
        Canary listed = canary(Kind.PHONE);
        Canary property = canary(Kind.EMAIL);
        JsonObject schema = new JsonObject()
                .put("enum", new JsonArray().add(listed.value()))
                .put("examples", new JsonArray().add(listed.sentence()))
                .put("properties", new JsonObject().put(property.value(), new JsonObject().put("type", "string")))
                .put("required", new JsonArray().add(property.value()));
        add(place, true, asString ? schema.encode() : schema, probes, listed, property);
    }

    private static String jsonEscaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\u%04x", c)));
        return escaped.toString();
    }

    private void own(Place place, Shape.OwnField field, List<Probe> probes) {
        switch (field) {
            case DOCUMENTS -> {
                for (String member : List.of("id", "title", "text", "source", "version", "retrieved_at")) {
                    Canary canary = canary(Kind.SSN);
                    JsonObject document =
                            new JsonObject().put("text", "Rest was advised.").put(member, canary.sentence());
                    add(place, true, new JsonArray().add(document), probes, canary);
                    Canary name = canary(Kind.EMAIL);
                    JsonObject undeclared =
                            new JsonObject().put("text", "Rest was advised.").put(name.value(), 1);
                    add(place, false, new JsonArray().add(undeclared), probes, name);
                }
            }
            case PATIENT -> {
                for (Kind kind : List.of(Kind.SSN, Kind.PHONE, Kind.EMAIL, Kind.MRN, Kind.NAME)) {
                    Canary known = canary(kind);
                    Canary name = canary(Kind.EMAIL);
                    JsonObject body = Chat.body(
                                    "gpt-test", known.sentence() + " The value " + known.value() + " is known.")
                            .put(
                                    "patient",
                                    new JsonObject()
                                            .put(known.field(), known.value())
                                            .put(name.value(), "x y z"));
                    probes.add(new Probe("known " + kind, "patient", true, body.encode(), List.of(known, name)));
                }
            }
            case CALL -> {
                for (String member : List.of("actor", "purpose", "run", "step", "parent")) {
                    Canary canary = canary(Kind.EMAIL);
                    add(place, true, new JsonObject().put(member, canary.value()), probes, canary);
                }
            }
        }
    }

    /** {@code accepted}: whether the call must pass (true), must be refused (false), or may do either (null). */
    private void add(
            Place place,
            @org.jspecify.annotations.Nullable Boolean accepted,
            Object value,
            List<Probe> probes,
            Canary... canaries) {
        String name = place.leaf() + " (" + place.shape().getClass().getSimpleName() + ") with "
                + value.toString().replaceAll("[0-9]{2,}", "#");
        String path = Boolean.FALSE.equals(accepted) || accepted == null ? place.path() : "";
        boolean must = Boolean.TRUE.equals(accepted);
        probes.add(new Probe(name, path, must, place.with().apply(value).encode(), List.of(canaries)));
    }

    private void probe(List<Probe> probes) throws IOException {
        List<String> traceIds = new ArrayList<>();
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = listeners.gateway(TestConfig.clinician(provider.port()))) {
            for (Probe probe : probes) {
                provider.forget();
                HttpResponse<String> answer = gateway.chat(probe.body());
                check(probe, answer, provider.received());
                if (!probe.name().startsWith(".anteroom")) {
                    traceIds.add(
                            answer.headers().firstValue("x-anteroom-trace-id").orElse(""));
                }
            }
            for (String traceId : traceIds) {
                leaked("the record", TraceJson.text(gateway.trace(traceId)).getBytes(StandardCharsets.UTF_8));
            }
            checkFilesAndOutput(gateway, output);
        }
    }

    private void check(Probe probe, HttpResponse<String> answer, List<ReceivedRequest> received) {
        Needles needles = new Needles();
        probe.canaries().forEach(canary -> needles.add(canary.value()));
        for (ReceivedRequest request : received) {
            Set<String> found = needles.in(Needles.received(request));
            if (!found.isEmpty()) {
                problems.add("LEAK to the provider: " + probe.name() + "\n      as " + request.text());
            } else {
                pieces(probe, request);
            }
        }
        int status = answer.statusCode();
        if (status == 200) {
            if (!probe.accepted() && !probe.path().isEmpty() && isClosed(probe)) {
                problems.add("accepted: " + probe.name());
            }
            return;
        }
        if (status < 400 || status > 499) {
            problems.add("status " + status + ": " + probe.name() + " " + answer.body());
            return;
        }
        if (probe.accepted()) {
            problems.add("refused: " + probe.name() + " " + answer.body());
        }
        probe.canaries().forEach(canary -> echoed(probe.name(), answer, canary));
        String param = new JsonObject(answer.body()).getJsonObject("error").getString("param");
        if (!probe.accepted() && (param == null || !isPrefix(param, probe.path()))) {
            problems.add("names " + param + " instead of " + probe.path() + ": " + probe.name());
        }
    }

    /** A text that only looks like JSON may be refused or be read. */
    private static boolean isClosed(Probe probe) {
        return !probe.name().contains("(TextOrJson)");
    }

    private static boolean isPrefix(String param, String path) {
        return path.startsWith(param) || param.startsWith(path);
    }

    /** No part of a value may be left either: the last four digits, the host of an address. */
    private void pieces(Probe probe, ReceivedRequest request) {
        if (probe.body().contains("\":" + probe.canaries().getFirst().value().replace("-", ""))) {
            return; // a random number of equal length took its place
        }
        for (Canary canary : probe.canaries()) {
            for (String piece : canary.value().split("[^A-Za-z0-9]")) {
                if (piece.length() >= LEAST_PIECE && request.text().contains(piece)) {
                    problems.add("PART of a value left: " + probe.name() + "\n      as " + request.text());
                    return;
                }
            }
        }
    }

    private void echoed(String what, HttpResponse<String> answer, Canary canary) {
        Needles needles = Needles.of(canary.value());
        boolean inHeaders = answer.headers().map().values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> !needles.in(value).isEmpty());
        if (inHeaders || !needles.in(answer.body()).isEmpty()) {
            problems.add("ECHO by the error: " + what);
        }
    }

    private void checkFilesAndOutput(RunningGateway gateway, CapturedOutput output) {
        listeners.heard(gateway).forEach(bytes -> leaked("the database, spans or metrics", bytes));
        gateway.filesOnDisk().forEach(file -> leaked("a file", file));
        leaked("logs, stdout or stderr", output.all());
    }

    private void leaked(String where, byte[] bytes) {
        Set<String> found = all.in(bytes);
        if (!found.isEmpty()) {
            problems.add("LEAK to " + where + ": " + found);
        }
    }

    private Canary canary(Kind kind) {
        Canary canary = Canary.of(kind, random);
        all.add(canary.value());
        return canary;
    }

    private void assertNoProblems(String what) {
        assertTrue(
                problems.isEmpty(),
                () -> what + ": " + problems.size() + " problems\n  " + String.join("\n  ", problems));
    }
}
