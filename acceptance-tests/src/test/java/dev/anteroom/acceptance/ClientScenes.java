package dev.anteroom.acceptance;

import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the official clients meet: a gateway in front of a provider that does what the words of a message ask for, and a second gateway
 * with a low rate. Used by one test at a time; ends with {@link #close()}.
 */
final class ClientScenes implements AutoCloseable {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]+_\\d+]");

    private final ScriptedProvider provider = ScriptedProvider.start(ClientScenes::script);
    private final RunningGateway gateway = RunningGateway.before(provider.port());
    private final RunningGateway limited = new GatewayFiles()
            .workflow("demo", "audience: clinician, profile: balanced, limits: {requestsPerMinute: 3}")
            .start();
    private final JsonObject phi = new JsonObject(read(folder().resolve("phi.json")));

    /** The folder of the client programs and their data. */
    static Path folder() {
        return root().resolve("acceptance-tests/clients");
    }

    /** The folder that has the launcher. */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("anteroom"))) {
            Path above = at.getParent();
            if (above == null) {
                throw new IllegalStateException("the launcher is in no folder above the tests");
            }
            at = above;
        }
        return at;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base URL of the gateway before the provider. */
    String baseUrl() {
        return gateway.uri("/v1").toString();
    }

    /** Base URL of the gateway with a low rate, which serves {@code extractive} only. */
    String limitedUrl() {
        return limited.uri("/v1").toString();
    }

    ScriptedProvider provider() {
        return provider;
    }

    /** A sentence full of PHI. */
    String note() {
        return phi.getString("note");
    }

    /** The {@code patient} field: it alone knows the last name of the note. */
    JsonObject patient() {
        return phi.getJsonObject("patient");
    }

    /** What stands in the note and must come back. */
    List<String> originals() {
        return strings(phi.getJsonArray("originals"));
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    /** Fails where the provider was sent any of the PHI in any common spelling; returns how many requests were looked at. */
    int assertNothingLeft() {
        List<ReceivedRequest> requests = provider.received();
        List<String> spellings = new ArrayList<>();
        for (String trace : strings(phi.getJsonArray("traces"))) {
            spellings.add(trace);
            spellings.add(java.net.URLEncoder.encode(trace, StandardCharsets.UTF_8));
            spellings.add(Base64.getEncoder().withoutPadding().encodeToString(trace.getBytes(StandardCharsets.UTF_8)));
        }
        for (ReceivedRequest request : requests) {
            for (String spelling : spellings) {
                if (request.contains(spelling)) {
                    throw new AssertionError("the provider was sent " + spelling + " in " + request.text());
                }
            }
        }
        return requests.size();
    }

    /** Fails where a tool result does not answer a call of the same request. */
    void assertToolIdsPair() {
        for (ReceivedRequest request : provider.received()) {
            Set<String> calls = new LinkedHashSet<>();
            eachMessage(request, message -> {
                JsonArray made = message.getJsonArray("tool_calls", new JsonArray());
                for (int i = 0; i < made.size(); i++) {
                    calls.add(made.getJsonObject(i).getString("id"));
                }
                if ("tool".equals(message.getString("role")) && !calls.contains(message.getString("tool_call_id"))) {
                    throw new AssertionError("a tool result answers no call in " + request.text());
                }
            });
        }
    }

    private static void eachMessage(ReceivedRequest request, Consumer<JsonObject> action) {
        JsonArray messages = new JsonObject(request.text()).getJsonArray("messages");
        for (int i = 0; i < messages.size(); i++) {
            action.accept(messages.getJsonObject(i));
        }
    }

    private static Script script(ReceivedRequest request) {
        JsonObject[] last = {new JsonObject()};
        eachMessage(request, message -> last[0] = message);
        if ("tool".equals(last[0].getString("role"))) {
            return Script.text("The chart says: " + text(last[0].getValue("content")));
        }
        String wish = text(last[0].getValue("content"));
        if (wish.contains("call the tool")) {
            return Script.toolCall("find_chart", identifiers(request));
        }
        if (wish.contains("list the identifiers")) {
            return Script.text(identifiers(request));
        }
        if (wish.contains("refuse")) {
            return Script.refusal("I cannot say more about " + wish);
        }
        if (wish.contains("fail halfway")) {
            return Script.echo().errorMidStream(4);
        }
        if (wish.contains("end early")) {
            return Script.echo().endWithoutFinish();
        }
        if (wish.contains("hang up")) {
            return Script.echo().cutAfterBytes(1500);
        }
        if (wish.contains("break down")) {
            return Script.status(500, "{\"error\":{\"message\":\"" + wish.replaceAll("[\"\\\\]", " ") + "\"}}");
        }
        if (wish.contains("talk slowly")) {
            return Script.text("word ".repeat(400)).slow(Duration.ofMillis(20));
        }
        return Script.echo();
    }

    private static String identifiers(ReceivedRequest request) {
        JsonArray found = new JsonArray();
        PLACEHOLDER
                .matcher(request.text())
                .results()
                .map(r -> r.group())
                .distinct()
                .forEach(found::add);
        return new JsonObject().put("identifiers", found).encode();
    }

    private static String text(Object content) {
        if (content instanceof JsonArray parts) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                text.append(parts.getJsonObject(i).getString("text"));
            }
            return text.toString();
        }
        return String.valueOf(content);
    }

    @Override
    public void close() {
        limited.close();
        gateway.close();
        provider.close();
    }
}
