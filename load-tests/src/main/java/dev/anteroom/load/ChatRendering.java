package dev.anteroom.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes chat completions as a provider does, whole or as events. Confined to one request. */
final class ChatRendering {
    static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");

    private static final long CREATED = 1_790_000_000L;

    /**
     * What the answer takes over from the request.
     *
     * @param choices how many choices are asked for
     * @param usage whether a stream ends with a usage chunk
     * @param promptBytes size of the request, from which the token count is guessed
     * @param serial makes the id
     */
    record Facts(String model, int choices, boolean usage, int promptBytes, String serial) {}

    private final Facts facts;
    private final int deltaChars;

    ChatRendering(Facts facts, int deltaChars) {
        this.facts = facts;
        this.deltaChars = deltaChars;
    }

    /** The text of the last user message, of {@code prompt} or of {@code input}; empty where there is none. */
    static String lastUserText(JsonObject request) {
        if (request.getValue("messages") instanceof JsonArray messages) {
            for (int i = messages.size() - 1; i >= 0; i--) {
                if (messages.getValue(i) instanceof JsonObject message && "user".equals(message.getValue("role"))) {
                    return textOf(message.getValue("content"));
                }
            }
            return "";
        }
        return textOf(request.containsKey("input") ? request.getValue("input") : request.getValue("prompt"));
    }

    private static String textOf(@Nullable Object content) {
        return switch (content) {
            case String text -> text;
            case JsonArray parts -> {
                StringBuilder text = new StringBuilder();
                for (Object part : parts) {
                    if (part instanceof JsonObject object) {
                        text.append(textOf(
                                object.containsKey("text") ? object.getValue("text") : object.getValue("content")));
                    } else if (part instanceof String string) {
                        text.append(string);
                    }
                }
                yield text.toString();
            }
            case null -> "";
            case Object other -> other.toString();
        };
    }

    Buffer whole(Content content, boolean finishes) {
        JsonArray choices = new JsonArray();
        for (int i = 0; i < facts.choices(); i++) {
            choices.add(new JsonObject()
                    .put("index", i)
                    .put("message", message(content))
                    .put("logprobs", null)
                    .put("finish_reason", finishes ? finishReason(content) : null));
        }
        return new JsonObject()
                .put("id", "chatcmpl-" + facts.serial())
                .put("object", "chat.completion")
                .put("created", CREATED)
                .put("model", facts.model())
                .put("choices", choices)
                .put("usage", usage(content))
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_scripted")
                .toBuffer();
    }

    /** The events up to {@code [DONE]}; without finish, only the deltas. */
    List<Buffer> events(Content content, boolean finishes) {
        List<Buffer> events = new ArrayList<>();
        List<JsonObject> deltas = deltas(content);
        for (JsonObject delta : deltas) {
            for (int i = 0; i < facts.choices(); i++) {
                events.add(event(chunk(i, delta, null)));
            }
        }
        if (finishes) {
            for (int i = 0; i < facts.choices(); i++) {
                events.add(event(chunk(i, new JsonObject(), finishReason(content))));
            }
            if (facts.usage()) {
                events.add(event(head().put("choices", new JsonArray()).put("usage", usage(content))));
            }
            events.add(DONE);
        }
        return events;
    }

    static Buffer error() {
        return event(errorObject());
    }

    static JsonObject errorObject() {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", "The server had an error while processing your request.")
                                .put("type", "server_error")
                                .put("param", null)
                                .put("code", null));
    }

    private static Buffer event(JsonObject payload) {
        return Buffer.buffer("data: " + payload.encode() + "\n\n");
    }

    private JsonObject head() {
        return new JsonObject()
                .put("id", "chatcmpl-" + facts.serial())
                .put("object", "chat.completion.chunk")
                .put("created", CREATED)
                .put("model", facts.model())
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_scripted");
    }

    private JsonObject chunk(int choice, JsonObject delta, @Nullable String finishReason) {
        JsonObject chunk = head().put(
                        "choices",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("index", choice)
                                        .put("delta", delta)
                                        .put("logprobs", null)
                                        .put("finish_reason", finishReason)));
        return facts.usage() ? chunk.put("usage", null) : chunk;
    }

    private List<JsonObject> deltas(Content content) {
        List<JsonObject> deltas = new ArrayList<>();
        switch (content) {
            case Content.Text(String text) -> {
                deltas.add(first().put("content", ""));
                for (String piece : pieces(text)) {
                    deltas.add(new JsonObject().put("content", piece));
                }
            }
            case Content.Refusal(String text) -> {
                deltas.add(first().put("content", null).put("refusal", ""));
                for (String piece : pieces(text)) {
                    deltas.add(new JsonObject().put("refusal", piece));
                }
            }
            case Content.ToolCall call -> {
                deltas.add(first().put("content", null).put("tool_calls", new JsonArray().add(callHead(call))));
                for (String piece : pieces(call.argumentsJson())) {
                    JsonObject fragment =
                            new JsonObject().put("index", 0).put("function", new JsonObject().put("arguments", piece));
                    deltas.add(new JsonObject().put("tool_calls", new JsonArray().add(fragment)));
                }
            }
            case Content.Echo _, Content.Raw _, Content.Never _, Content.Close _, Content.Fixed _ ->
                throw new IllegalArgumentException("content: not text (expected: resolved before rendering)");
        }
        return deltas;
    }

    private static JsonObject first() {
        return new JsonObject().put("role", "assistant").put("refusal", null);
    }

    private JsonObject callHead(Content.ToolCall call) {
        return new JsonObject()
                .put("index", 0)
                .put("id", "call_" + facts.serial())
                .put("type", "function")
                .put("function", new JsonObject().put("name", call.name()).put("arguments", ""));
    }

    private JsonObject message(Content content) {
        JsonObject message = new JsonObject().put("role", "assistant");
        switch (content) {
            case Content.Text(String text) -> message.put("content", text).put("refusal", null);
            case Content.Refusal(String text) -> message.put("content", null).put("refusal", text);
            case Content.ToolCall call -> {
                JsonObject entry = callHead(call);
                entry.remove("index");
                entry.getJsonObject("function").put("arguments", call.argumentsJson());
                message.put("content", null).put("refusal", null).put("tool_calls", new JsonArray().add(entry));
            }
            case Content.Echo _, Content.Raw _, Content.Never _, Content.Close _, Content.Fixed _ ->
                throw new IllegalArgumentException("content: not text (expected: resolved before rendering)");
        }
        return message.put("annotations", new JsonArray());
    }

    private static String finishReason(Content content) {
        return content instanceof Content.ToolCall ? "tool_calls" : "stop";
    }

    private JsonObject usage(Content content) {
        int prompt = Math.max(1, facts.promptBytes() / 4);
        int completion = Math.max(
                1,
                switch (content) {
                    case Content.Text(String text) -> text.length() / 4;
                    case Content.Refusal(String text) -> text.length() / 4;
                    case Content.ToolCall call -> call.argumentsJson().length() / 4;
                    case Content.Echo _, Content.Raw _, Content.Never _, Content.Close _, Content.Fixed _ -> 1;
                });
        return new JsonObject()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion)
                .put(
                        "prompt_tokens_details",
                        new JsonObject().put("cached_tokens", 0).put("audio_tokens", 0))
                .put("completion_tokens_details", new JsonObject().put("reasoning_tokens", 0));
    }

    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + deltaChars);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }
}
