package dev.anteroom.acceptance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Bodies and answers of chat calls. Stateless. */
final class Chat {
    private Chat() {}

    static String whole(String text) {
        return whole("gpt-test", text);
    }

    static String whole(String model, String text) {
        return body(model, text).encode();
    }

    static String stream(String text) {
        return body("gpt-test", text).put("stream", true).encode();
    }

    static JsonObject body(String model, String text) {
        return new JsonObject().put("model", model).put("messages", new JsonArray().add(user(text)));
    }

    static JsonObject user(Object content) {
        return new JsonObject().put("role", "user").put("content", content);
    }

    /** The text of the first choice of a whole answer. */
    static String content(HttpResponse<String> answer) {
        JsonObject choice =
                new JsonObject(answer.body()).getJsonArray("choices").getJsonObject(0);
        return String.valueOf(choice.getJsonObject("message").getString("content"));
    }

    /** {@code error.code} of a refusal. */
    static String code(HttpResponse<String> answer) {
        return String.valueOf(
                new JsonObject(answer.body()).getJsonObject("error").getString("code"));
    }

    /** The payloads of the events in an answer, {@code [DONE]} included. */
    static List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        for (String line : stream.lines().toList()) {
            if (line.startsWith("data: ")) {
                events.add(line.substring("data: ".length()).strip());
            }
        }
        return events;
    }

    /** The text of the first choice in the events of an answer. */
    static String streamedContent(String stream) {
        StringBuilder text = new StringBuilder();
        for (String event : events(stream)) {
            if (event.equals("[DONE]")) {
                continue;
            }
            JsonArray choices = new JsonObject(event).getJsonArray("choices", new JsonArray());
            if (!choices.isEmpty()) {
                JsonObject delta = choices.getJsonObject(0).getJsonObject("delta", new JsonObject());
                String content = delta.getString("content");
                text.append(content == null ? "" : content);
            }
        }
        return text.toString();
    }

    /** {@code error.code} of the error event of a stream, or empty. */
    static String streamedError(String stream) {
        for (String event : events(stream)) {
            if (event.contains("\"error\"") && !event.equals("[DONE]")) {
                return String.valueOf(
                        new JsonObject(event).getJsonObject("error").getString("code"));
            }
        }
        return "";
    }
}
