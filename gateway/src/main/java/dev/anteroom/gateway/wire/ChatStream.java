package dev.anteroom.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.Json.JsonObject;
import dev.anteroom.guardrails.ReceivedText;
import dev.anteroom.guardrails.ReleasedAnswer;
import dev.anteroom.guardrails.UncheckedRelease;
import dev.anteroom.phi.RestoreFinding;
import dev.anteroom.phi.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A streamed chat completion, rewritten chunk by chunk: declared positions only, placeholders restored. Confined to one call.
 *
 * <p>Text flows through as it comes, but for what could still become a placeholder. What ends the stream, from the first finish reason
 * on, is held until {@link #end}: a caller must not see an answer complete before its outcome is durable. Without leave of the release gate
 * to hand pieces on unread, nothing comes out before that end.
 */
public final class ChatStream implements ReceivedAnswer {
    private static final class Call {
        final AnswerChannels.Channel channel;
        final boolean custom;

        Call(AnswerChannels.Channel channel, boolean custom) {
            this.channel = channel;
            this.custom = custom;
        }
    }

    private static final class ChoiceState {
        final Map<Integer, Call> calls = new TreeMap<>();

        @Nullable
        Call functionCall;

        @Nullable
        String finish;

        boolean roleSent;
    }

    @FunctionalInterface
    private interface DeltaContent {
        void write(JsonGenerator out) throws IOException;
    }

    private final AnswerIdentity identity;
    private final AnswerChannels channels;
    private final ToolCallIds ids;
    private final boolean includeUsage;
    private final @Nullable UncheckedRelease unchecked;
    private final Map<Integer, ChoiceState> choices = new TreeMap<>();
    private final Map<Integer, String> finishes = new HashMap<>();
    private String model = "";
    private String fingerprint = "";
    private @Nullable JsonObject usage;

    /** A stream for one attempt; {@code unchecked} is the release gate's leave to hand on its pieces as they come, or null. */
    public ChatStream(
            Vault vault,
            Predicate<String> restoresTool,
            boolean jsonContent,
            AnswerIdentity identity,
            boolean includeUsage,
            @Nullable UncheckedRelease unchecked,
            RandomGenerator random) {
        this.identity = identity;
        this.channels = new AnswerChannels(vault, restoresTool, jsonContent);
        this.ids = new ToolCallIds(random);
        this.includeUsage = includeUsage;
        this.unchecked = unchecked;
    }

    /**
     * Takes one chunk of the provider and hands out what can be sent now; nothing where the release gate must see the whole first.
     *
     * @throws MalformedAnswer where the chunk is no chunk, or carries an error
     */
    public void chunk(Json json, Consumer<ReleasedJson> out) throws MalformedAnswer {
        if (!(json instanceof JsonObject chunk)
                || chunk.members().containsKey("error")
                || !chunk.members().containsKey("choices")) {
            throw new MalformedAnswer("not a chunk");
        }
        if (model.isEmpty()) {
            model = AnswerParts.identifier(AnswerParts.string(chunk, "model"));
            fingerprint = AnswerParts.identifier(AnswerParts.string(chunk, "system_fingerprint"));
        }
        JsonObject given = AnswerParts.object(chunk, "usage");
        if (given != null) {
            usage = given;
        }
        for (Json choice : AnswerParts.array(chunk, "choices")) {
            choice(choice, out);
        }
    }

    private void choice(Json json, Consumer<ReleasedJson> out) throws MalformedAnswer {
        int index = AnswerParts.integer(json, "index", 0);
        ChoiceState state = choices.computeIfAbsent(index, i -> new ChoiceState());
        if (state.finish != null) {
            return;
        }
        JsonObject delta = AnswerParts.object(json, "delta");
        if (delta != null) {
            if (!state.roleSent) {
                state.roleSent = true;
                emit(out, index, ChatStream::writeRole);
            }
            text(out, index, "content", "content", AnswerParts.string(delta, "content"));
            text(out, index, "refusal", "refusal", AnswerParts.string(delta, "refusal"));
            text(out, index, "reasoning", "reasoning_content", AnswerParts.string(delta, "reasoning_content"));
            for (Json call : AnswerParts.array(delta, "tool_calls")) {
                toolCall(out, index, state, call);
            }
            JsonObject function = AnswerParts.object(delta, "function_call");
            if (function != null) {
                functionCall(out, index, state, function);
            }
        }
        String finish = AnswerParts.string(json, "finish_reason");
        if (finish != null) {
            state.finish = AnswerParts.finish(finish);
            finishes.put(index, state.finish);
            flush(out, index, state);
        }
    }

    private void text(Consumer<ReleasedJson> out, int index, String kind, String field, @Nullable String piece) {
        if (piece == null || piece.isEmpty()) {
            return;
        }
        StringBuilder released = channels.text(index, kind).append(piece);
        if (!released.isEmpty()) {
            String now = released.toString();
            emit(out, index, d -> d.writeStringField(field, now));
        }
    }

    private void toolCall(Consumer<ReleasedJson> out, int index, ChoiceState state, Json json) throws MalformedAnswer {
        int at = AnswerParts.integer(json, "index", 0);
        JsonObject custom = AnswerParts.object(json, "custom");
        JsonObject detail = custom != null ? custom : AnswerParts.object(json, "function");
        if (detail == null) {
            return;
        }
        Call call = state.calls.get(at);
        if (call == null) {
            String name = AnswerParts.identifier(AnswerParts.string(detail, "name"));
            if (name.isEmpty()) {
                throw new MalformedAnswer("a tool call without a plain name");
            }
            boolean isCustom = custom != null;
            call = new Call(channels.tool(index, at, name, !isCustom), isCustom);
            state.calls.put(at, call);
            emit(out, index, d -> {
                d.writeArrayFieldStart("tool_calls");
                d.writeStartObject();
                d.writeNumberField("index", at);
                d.writeStringField("id", ids.next());
                d.writeStringField("type", isCustom ? "custom" : "function");
                d.writeObjectFieldStart(isCustom ? "custom" : "function");
                d.writeStringField("name", name);
                d.writeStringField(isCustom ? "input" : "arguments", "");
                d.writeEndObject();
                d.writeEndObject();
                d.writeEndArray();
            });
        }
        String piece = AnswerParts.string(detail, call.custom ? "input" : "arguments");
        if (piece != null && !piece.isEmpty()) {
            emitArguments(out, index, at, call, call.channel.append(piece));
        }
    }

    private void functionCall(Consumer<ReleasedJson> out, int index, ChoiceState state, JsonObject function)
            throws MalformedAnswer {
        Call call = state.functionCall;
        if (call == null) {
            String name = AnswerParts.identifier(AnswerParts.string(function, "name"));
            if (name.isEmpty()) {
                throw new MalformedAnswer("a function call without a plain name");
            }
            call = new Call(channels.tool(index, -1, name, true), false);
            state.functionCall = call;
            emit(out, index, d -> {
                d.writeObjectFieldStart("function_call");
                d.writeStringField("name", name);
                d.writeStringField("arguments", "");
                d.writeEndObject();
            });
        }
        String piece = AnswerParts.string(function, "arguments");
        if (piece != null && !piece.isEmpty()) {
            emitFunctionArguments(out, index, call.channel.append(piece));
        }
    }

    private void emitArguments(Consumer<ReleasedJson> out, int index, int at, Call call, StringBuilder released) {
        if (released.isEmpty()) {
            return;
        }
        String now = released.toString();
        emit(out, index, d -> {
            d.writeArrayFieldStart("tool_calls");
            d.writeStartObject();
            d.writeNumberField("index", at);
            d.writeObjectFieldStart(call.custom ? "custom" : "function");
            d.writeStringField(call.custom ? "input" : "arguments", now);
            d.writeEndObject();
            d.writeEndObject();
            d.writeEndArray();
        });
    }

    private void emitFunctionArguments(Consumer<ReleasedJson> out, int index, StringBuilder released) {
        if (released.isEmpty()) {
            return;
        }
        String now = released.toString();
        emit(out, index, d -> {
            d.writeObjectFieldStart("function_call");
            d.writeStringField("arguments", now);
            d.writeEndObject();
        });
    }

    /** A choice is over: what its channels still hold comes out. */
    private void flush(Consumer<ReleasedJson> out, int index, ChoiceState state) {
        flushText(out, index, "content", "content");
        flushText(out, index, "refusal", "refusal");
        flushText(out, index, "reasoning", "reasoning_content");
        for (Map.Entry<Integer, Call> entry : state.calls.entrySet()) {
            Call call = entry.getValue();
            emitArguments(out, index, entry.getKey(), call, call.channel.finish());
        }
        if (state.functionCall != null) {
            emitFunctionArguments(out, index, state.functionCall.channel.finish());
        }
    }

    private void flushText(Consumer<ReleasedJson> out, int index, String kind, String field) {
        if (!channels.hasText(index, kind)) {
            return;
        }
        StringBuilder rest = channels.text(index, kind).finish();
        if (!rest.isEmpty()) {
            String now = rest.toString();
            emit(out, index, d -> d.writeStringField(field, now));
        }
    }

    /** Whether every choice that began has ended, and at least one has. */
    public boolean isComplete() {
        return !choices.isEmpty() && finishes.size() == choices.size();
    }

    /**
     * The chunks that end the stream: what was held of it, finish reasons, usage where asked for. {@code extra} adds members to the last of
     * them.
     */
    public List<ReleasedJson> end(ReleasedAnswer released, JsonOutput.Content extra) {
        List<ReleasedJson> tail = new ArrayList<>();
        if (unchecked == null) {
            addContents(tail, released);
        }
        int left = finishes.size();
        for (Map.Entry<Integer, ChoiceState> entry : choices.entrySet()) {
            boolean last = --left == 0 && !includeUsage;
            tail.add(event(entry.getKey(), entry.getValue().finish, d -> {}, last ? extra : null));
        }
        if (includeUsage) {
            tail.add(ReleasedJson.of(out -> {
                out.writeStartObject();
                head(out);
                out.writeArrayFieldStart("choices");
                out.writeEndArray();
                out.writeFieldName("usage");
                if (usage != null) {
                    AnswerParts.writeUsage(out, usage);
                } else {
                    out.writeNull();
                }
                extra.write(out);
                out.writeEndObject();
            }));
        }
        return tail;
    }

    /** The contents of choices none of which was handed out on the way. */
    private void addContents(List<ReleasedJson> tail, ReleasedAnswer released) {
        int at = 0;
        for (Integer index : choices.keySet()) {
            String content = channels.restoreContent(released.contents().get(at++));
            tail.add(event(index, null, ChatStream::writeRole, null));
            tail.add(event(index, null, d -> d.writeStringField("content", content), null));
        }
    }

    private static void writeRole(JsonGenerator delta) throws IOException {
        delta.writeStringField("role", "assistant");
        delta.writeStringField("content", "");
        delta.writeNullField("refusal");
    }

    private void emit(Consumer<ReleasedJson> out, int index, DeltaContent delta) {
        if (unchecked != null) {
            out.accept(event(index, null, delta, null));
        }
    }

    private ReleasedJson event(
            int index, @Nullable String finish, DeltaContent delta, JsonOutput.@Nullable Content extra) {
        return ReleasedJson.of(out -> {
            out.writeStartObject();
            head(out);
            out.writeArrayFieldStart("choices");
            out.writeStartObject();
            out.writeNumberField("index", index);
            out.writeObjectFieldStart("delta");
            delta.write(out);
            out.writeEndObject();
            out.writeNullField("logprobs");
            out.writeStringField("finish_reason", finish);
            out.writeEndObject();
            out.writeEndArray();
            if (includeUsage) {
                out.writeNullField("usage");
            }
            if (extra != null) {
                extra.write(out);
            }
            out.writeEndObject();
        });
    }

    private void head(JsonGenerator out) throws IOException {
        out.writeStringField("id", identity.id());
        out.writeStringField("object", "chat.completion.chunk");
        out.writeNumberField("created", identity.createdSeconds());
        out.writeStringField("model", model.isEmpty() ? identity.publicModel() : model);
        if (!fingerprint.isEmpty()) {
            out.writeStringField("system_fingerprint", fingerprint);
        }
    }

    @Override
    public ReceivedText text() {
        boolean callsTools = choices.values().stream().anyMatch(c -> !c.calls.isEmpty() || c.functionCall != null);
        return channels.received(contents(), callsTools);
    }

    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        for (Integer index : choices.keySet()) {
            contents.add(
                    channels.hasText(index, "content")
                            ? channels.text(index, "content").written()
                            : "");
        }
        return contents;
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
    public boolean isTruncated() {
        return channels.isTruncated();
    }

    @Override
    public int writtenChars() {
        return channels.writtenChars();
    }

    @Override
    public AnswerFacts facts() {
        String finish = finishes.isEmpty() ? "" : finishes.values().iterator().next();
        return new AnswerFacts(
                model,
                fingerprint,
                finish,
                AnswerParts.longInteger(usage, "prompt_tokens", 0),
                AnswerParts.longInteger(usage, "completion_tokens", 0),
                choices.size());
    }
}
