package dev.anteroom.acceptance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an app has after reading a streamed answer: the text of each channel, put together. Immutable.
 *
 * @param channels by choice and channel, such as {@code 0 content} or {@code 1 tool 0 arguments}
 * @param done whether {@code [DONE]} came last
 * @param error the code of the error event, empty where there was none
 */
record StreamedAnswer(Map<String, String> channels, boolean done, String error) {
    StreamedAnswer {
        channels = Map.copyOf(channels);
    }

    static StreamedAnswer read(String stream) {
        Map<String, String> channels = new TreeMap<>();
        boolean done = false;
        String error = "";
        for (String event : Chat.events(stream)) {
            if (done) {
                throw new AssertionError("an event after [DONE]: " + event);
            }
            if (event.equals("[DONE]")) {
                done = true;
                continue;
            }
            JsonObject json = new JsonObject(event);
            if (json.containsKey("error")) {
                error = String.valueOf(json.getJsonObject("error").getString("code"));
                continue;
            }
            for (Object choice : json.getJsonArray("choices")) {
                choice((JsonObject) choice, channels);
            }
            if (json.getValue("usage") instanceof JsonObject usage) {
                add(channels, "usage", usage.encode());
            }
        }
        return new StreamedAnswer(channels, done, error);
    }

    private static void choice(JsonObject choice, Map<String, String> channels) {
        int index = choice.getInteger("index");
        JsonObject delta = choice.getJsonObject("delta");
        for (String name : new String[] {"role", "content", "refusal", "reasoning_content"}) {
            add(channels, index + " " + name, delta.getString(name));
        }
        for (Object entry : delta.getJsonArray("tool_calls", new JsonArray())) {
            JsonObject call = (JsonObject) entry;
            String at = index + " tool " + call.getInteger("index") + " ";
            add(channels, at + "ids", call.getString("id") == null ? null : "#");
            JsonObject function = call.getJsonObject("function", new JsonObject());
            add(channels, at + "name", function.getString("name"));
            add(channels, at + "arguments", function.getString("arguments"));
        }
        add(channels, index + " finish_reason", choice.getString("finish_reason"));
    }

    private static void add(
            Map<String, String> channels, String channel, @org.jspecify.annotations.Nullable String piece) {
        if (piece != null && !piece.isEmpty()) {
            channels.merge(channel, piece, String::concat);
        }
    }

    /** The text of a channel; fails where there is none. */
    String text(String channel) {
        String text = channels.get(channel);
        if (text == null) {
            throw new AssertionError("no " + channel + " in " + channels);
        }
        return text;
    }
}
