package dev.anteroom.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.Json.JsonObject;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.ReceivedText;
import dev.anteroom.guardrails.ReleasedAnswer;
import dev.anteroom.phi.RestoreFinding;
import dev.anteroom.phi.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A whole chat completion, rewritten for the caller: declared positions only, placeholders restored. Confined to one call.
 *
 * <p>The position table of the answer is what this class reads (specification 2.3.0, CreateChatCompletionResponse): {@code content},
 * {@code refusal}, {@code reasoning_content}, tool and function calls, finish reasons, usage. Log-probabilities spell the text a second
 * time and are left out.
 */
public final class ChatAnswer implements ReceivedAnswer {
    private record ToolCall(String name, boolean custom, String restored) {}

    private record Choice(
            int index,
            @Nullable String content,
            @Nullable String refusal,
            @Nullable String reasoning,
            List<ToolCall> calls,
            @Nullable ToolCall functionCall,
            String finish) {}

    private final AnswerIdentity identity;
    private final AnswerChannels channels;
    private final ToolCallIds ids;
    private final List<Choice> choices = new ArrayList<>();
    private final String model;
    private final String fingerprint;
    private final @Nullable JsonObject usage;
    private final List<String> contentInPlaceholders = new ArrayList<>();

    private ChatAnswer(AnswerIdentity identity, AnswerChannels channels, ToolCallIds ids, JsonObject answer) {
        this.identity = identity;
        this.channels = channels;
        this.ids = ids;
        this.model = AnswerParts.identifier(AnswerParts.string(answer, "model"));
        this.fingerprint = AnswerParts.identifier(AnswerParts.string(answer, "system_fingerprint"));
        this.usage = AnswerParts.object(answer, "usage");
    }

    /**
     * Reads and restores a provider's answer.
     *
     * @throws MalformedAnswer where it has no choices or a choice has no message
     */
    public static ChatAnswer read(
            Json json,
            Vault vault,
            Predicate<String> restoresTool,
            boolean jsonContent,
            AnswerIdentity identity,
            RandomGenerator random)
            throws MalformedAnswer {
        if (!(json instanceof JsonObject answer)) {
            throw new MalformedAnswer("not an object");
        }
        ChatAnswer result = new ChatAnswer(
                identity, new AnswerChannels(vault, restoresTool, jsonContent), new ToolCallIds(random), answer);
        List<Json> choices = AnswerParts.array(answer, "choices");
        for (int i = 0; i < choices.size(); i++) {
            result.choices.add(result.choice(choices.get(i), i));
        }
        if (result.choices.isEmpty()) {
            throw new MalformedAnswer("no choices");
        }
        return result;
    }

    private Choice choice(Json json, int at) throws MalformedAnswer {
        JsonObject message = AnswerParts.object(json, "message");
        String finish = AnswerParts.string(json, "finish_reason");
        if (message == null || finish == null) {
            throw new MalformedAnswer("a choice without message or finish_reason");
        }
        int index = AnswerParts.integer(json, "index", at);
        List<ToolCall> calls = new ArrayList<>();
        for (Json call : AnswerParts.array(message, "tool_calls")) {
            calls.add(toolCall(call, index, calls.size()));
        }
        JsonObject function = AnswerParts.object(message, "function_call");
        String content = AnswerParts.string(message, "content");
        String refusal = AnswerParts.string(message, "refusal");
        if (content == null && refusal == null && calls.isEmpty() && function == null) {
            throw new MalformedAnswer("an empty message");
        }
        contentInPlaceholders.add(content == null ? "" : content);
        return new Choice(
                index,
                restored(index, "content", content),
                restored(index, "refusal", refusal),
                restored(index, "reasoning", AnswerParts.string(message, "reasoning_content")),
                calls,
                function == null ? null : arguments(function, "arguments", index, calls.size(), false),
                AnswerParts.finish(finish));
    }

    private ToolCall toolCall(Json call, int index, int at) throws MalformedAnswer {
        JsonObject custom = AnswerParts.object(call, "custom");
        if (custom != null) {
            return arguments(custom, "input", index, at, true);
        }
        JsonObject function = AnswerParts.object(call, "function");
        if (function == null) {
            throw new MalformedAnswer("a tool call of no known type");
        }
        return arguments(function, "arguments", index, at, false);
    }

    private ToolCall arguments(JsonObject call, String member, int index, int at, boolean custom)
            throws MalformedAnswer {
        String name = AnswerParts.identifier(AnswerParts.string(call, "name"));
        if (name.isEmpty()) {
            throw new MalformedAnswer("a tool call without a plain name");
        }
        String arguments = AnswerParts.string(call, member);
        AnswerChannels.Channel channel = channels.tool(index, at, name, !custom);
        return new ToolCall(name, custom, whole(channel, arguments == null ? "" : arguments));
    }

    private @Nullable String restored(int index, String kind, @Nullable String text) {
        return text == null ? null : whole(channels.text(index, kind), text);
    }

    private static String whole(AnswerChannels.Channel channel, String text) {
        String begin = channel.append(text).toString();
        StringBuilder rest = channel.finish();
        return rest.isEmpty() ? begin : begin + rest;
    }

    @Override
    public ReceivedText text() {
        boolean callsTools = choices.stream().anyMatch(c -> !c.calls.isEmpty() || c.functionCall != null);
        return channels.received(contentInPlaceholders, callsTools);
    }

    @Override
    public List<RestoreFinding> findings() {
        return channels.findings();
    }

    @Override
    public String recordText() {
        return channels.recordText();
    }

    @Override
    public AnswerFacts facts() {
        return new AnswerFacts(
                model,
                fingerprint,
                choices.getFirst().finish,
                AnswerParts.longInteger(usage, "prompt_tokens", 0),
                AnswerParts.longInteger(usage, "completion_tokens", 0),
                choices.size());
    }

    @Override
    public boolean isTruncated() {
        return channels.isTruncated();
    }

    @Override
    public int writtenChars() {
        return channels.writtenChars();
    }

    /** The completion for the caller. A patient gets the contents that were released and nothing else of it. */
    public ReleasedJson toJson(ReleasedAnswer released) {
        List<Choice> shown = released.audience() == Audience.PATIENT ? contentsOnly(released) : choices;
        return ReleasedJson.of(out -> {
            out.writeStartObject();
            out.writeStringField("id", identity.id());
            out.writeStringField("object", "chat.completion");
            out.writeNumberField("created", identity.createdSeconds());
            out.writeStringField("model", model.isEmpty() ? identity.publicModel() : model);
            out.writeArrayFieldStart("choices");
            for (Choice choice : shown) {
                write(out, choice);
            }
            out.writeEndArray();
            if (usage != null) {
                out.writeFieldName("usage");
                AnswerParts.writeUsage(out, usage);
            }
            if (!fingerprint.isEmpty()) {
                out.writeStringField("system_fingerprint", fingerprint);
            }
            out.writeEndObject();
        });
    }

    private List<Choice> contentsOnly(ReleasedAnswer released) {
        List<Choice> shown = new ArrayList<>(choices.size());
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            String content = channels.restoreContent(released.contents().get(i));
            shown.add(new Choice(choice.index, content, null, null, List.of(), null, choice.finish));
        }
        return shown;
    }

    private void write(JsonGenerator out, Choice choice) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", choice.index);
        out.writeObjectFieldStart("message");
        out.writeStringField("role", "assistant");
        out.writeStringField("content", choice.content);
        out.writeStringField("refusal", choice.refusal);
        if (choice.reasoning != null) {
            out.writeStringField("reasoning_content", choice.reasoning);
        }
        if (!choice.calls.isEmpty()) {
            out.writeArrayFieldStart("tool_calls");
            for (ToolCall call : choice.calls) {
                writeCall(out, call);
            }
            out.writeEndArray();
        }
        if (choice.functionCall != null) {
            out.writeObjectFieldStart("function_call");
            out.writeStringField("name", choice.functionCall.name);
            out.writeStringField("arguments", choice.functionCall.restored);
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeNullField("logprobs");
        out.writeStringField("finish_reason", choice.finish);
        out.writeEndObject();
    }

    private void writeCall(JsonGenerator out, ToolCall call) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", ids.next());
        out.writeStringField("type", call.custom ? "custom" : "function");
        out.writeObjectFieldStart(call.custom ? "custom" : "function");
        out.writeStringField("name", call.name);
        out.writeStringField(call.custom ? "input" : "arguments", call.restored);
        out.writeEndObject();
        out.writeEndObject();
    }
}
