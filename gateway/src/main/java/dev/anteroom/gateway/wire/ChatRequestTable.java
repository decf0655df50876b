package dev.anteroom.gateway.wire;

import static dev.anteroom.gateway.wire.Shape.members;
import static dev.anteroom.gateway.wire.Shape.word;

import dev.anteroom.egress.Modality;
import dev.anteroom.gateway.wire.Shape.Bounded;
import dev.anteroom.gateway.wire.Shape.ByType;
import dev.anteroom.gateway.wire.Shape.Dropped;
import dev.anteroom.gateway.wire.Shape.Elements;
import dev.anteroom.gateway.wire.Shape.ExactText;
import dev.anteroom.gateway.wire.Shape.Flag;
import dev.anteroom.gateway.wire.Shape.FreeJson;
import dev.anteroom.gateway.wire.Shape.Handle;
import dev.anteroom.gateway.wire.Shape.Identifier;
import dev.anteroom.gateway.wire.Shape.Members;
import dev.anteroom.gateway.wire.Shape.ModelName;
import dev.anteroom.gateway.wire.Shape.OnlyFlag;
import dev.anteroom.gateway.wire.Shape.Own;
import dev.anteroom.gateway.wire.Shape.OwnField;
import dev.anteroom.gateway.wire.Shape.PersonName;
import dev.anteroom.gateway.wire.Shape.Refused;
import dev.anteroom.gateway.wire.Shape.Tagged;
import dev.anteroom.gateway.wire.Shape.Text;
import dev.anteroom.gateway.wire.Shape.TextOrJson;
import dev.anteroom.gateway.wire.Shape.Unreadable;
import java.util.Map;

/**
 * The position table of {@code POST /v1/chat/completions} (OpenAI specification 2.3.0, CreateChatCompletionRequest, and Anteroom's own
 * fields). Members stand in canonical order: tools before messages, so that placeholders of a conversation's prefix keep their numbers.
 */
public final class ChatRequestTable {
    private static final int MAX_MESSAGES = 4096;
    private static final int MAX_PARTS = 1024;
    private static final int MAX_TOOLS = 512;
    private static final int MAX_STOPS = 4;
    private static final long MAX_SAFE_SEED = Long.MAX_VALUE;

    private static final Text TEXT = new Text();
    private static final Identifier IDENTIFIER = new Identifier();
    private static final Dropped DROPPED = new Dropped();
    private static final Handle CALL_ID = new Handle("call_");
    private static final Refused PROVIDER_STATE = new Refused(
            ErrorCode.UNSCANNABLE_CONTENT, "state kept by a provider cannot be scanned; send the content itself");

    /** The table. */
    public static final Members TABLE = members()
            .required("model", new ModelName())
            .optional("tools", new Elements(tool(), MAX_TOOLS))
            .optional("functions", new Elements(functionDefinition(), MAX_TOOLS))
            .optional("response_format", responseFormat())
            .required("messages", new Elements(message(), MAX_MESSAGES))
            .optional(
                    "prediction",
                    members()
                            .required("type", word("content"))
                            .required("content", textOrParts())
                            .build())
            .optional("tool_choice", toolChoice())
            .optional(
                    "function_call",
                    new ByType(
                            word("none", "auto"),
                            null,
                            members().required("name", IDENTIFIER).build()))
            .optional("parallel_tool_calls", new Flag())
            .optional("stop", new ByType(new ExactText(), new Elements(new ExactText(), MAX_STOPS), null))
            .optional("stream", new Flag())
            .optional(
                    "stream_options",
                    members()
                            .optional("include_usage", new Flag())
                            .optional("include_obfuscation", new Flag())
                            .build())
            .optional("n", new Bounded(1, 128, true))
            .optional("max_tokens", new Bounded(0, Integer.MAX_VALUE, true))
            .optional("max_completion_tokens", new Bounded(0, Integer.MAX_VALUE, true))
            .optional("temperature", new Bounded(0, 2, false))
            .optional("top_p", new Bounded(0, 1, false))
            .optional("frequency_penalty", new Bounded(-2, 2, false))
            .optional("presence_penalty", new Bounded(-2, 2, false))
            .optional("seed", new Bounded(-MAX_SAFE_SEED, MAX_SAFE_SEED, true))
            .optional("logprobs", DROPPED)
            .optional("top_logprobs", DROPPED)
            .optional("reasoning_effort", word("none", "minimal", "low", "medium", "high", "xhigh"))
            .optional("verbosity", word("low", "medium", "high"))
            .optional("service_tier", word("auto", "default", "flex", "scale", "priority"))
            .optional("modalities", new Elements(word("text"), 1))
            .optional("store", new OnlyFlag(false, "leave store out: nothing is kept at a provider"))
            .optional("metadata", DROPPED)
            .optional("user", DROPPED)
            .optional("safety_identifier", DROPPED)
            .optional("prompt_cache_key", DROPPED)
            .optional("prompt_cache_retention", DROPPED)
            .optional("prompt_cache_options", DROPPED)
            .optional(
                    "logit_bias",
                    new Refused(
                            ErrorCode.UNSCANNABLE_CONTENT,
                            "token ids spell text that cannot be scanned; leave logit_bias out"))
            .optional(
                    "audio",
                    new Refused(ErrorCode.UNSUPPORTED_PARAMETER, "spoken answers are not supported; ask for text"))
            .optional(
                    "web_search_options",
                    new Refused(
                            ErrorCode.UNSUPPORTED_PARAMETER,
                            "a provider's web search sends text to third parties; leave it out"))
            .optional(
                    "moderation",
                    new Refused(ErrorCode.UNSUPPORTED_PARAMETER, "moderation within a chat call is not supported"))
            .optional("documents", new Own(OwnField.DOCUMENTS))
            .optional("patient", new Own(OwnField.PATIENT))
            .optional("anteroom", new Own(OwnField.CALL))
            .build();

    private ChatRequestTable() {}

    private static Shape message() {
        return new Tagged(
                "role",
                Map.of(
                        "developer", speaker(),
                        "system", speaker(),
                        "user", userMessage(),
                        "assistant", assistantMessage(),
                        "tool",
                                members()
                                        .required("role", word("tool"))
                                        .required("tool_call_id", CALL_ID)
                                        .required("content", toolResult())
                                        .optional("name", new Identifier())
                                        .build(),
                        "function",
                                members()
                                        .required("role", word("function"))
                                        .required("name", IDENTIFIER)
                                        .optional("content", new TextOrJson())
                                        .build()));
    }

    private static Members speaker() {
        return members()
                .required("role", word("developer", "system"))
                .required("content", textOrParts())
                .optional("name", new PersonName())
                .build();
    }

    private static Members userMessage() {
        return members()
                .required("role", word("user"))
                .required("content", new ByType(TEXT, new Elements(userPart(), MAX_PARTS), null))
                .optional("name", new PersonName())
                .build();
    }

    private static Members assistantMessage() {
        return members()
                .required("role", word("assistant"))
                .optional("content", new ByType(TEXT, new Elements(assistantPart(), MAX_PARTS), null))
                .optional("refusal", TEXT)
                .optional("name", new PersonName())
                .optional("tool_calls", new Elements(toolCall(), MAX_TOOLS))
                .optional(
                        "function_call",
                        members()
                                .required("name", IDENTIFIER)
                                .required("arguments", new TextOrJson())
                                .build())
                .optional("audio", PROVIDER_STATE)
                .optional("annotations", DROPPED)
                .optional("parsed", DROPPED)
                .build();
    }

    private static ByType textOrParts() {
        return new ByType(TEXT, new Elements(new Tagged("type", Map.of("text", textPart())), MAX_PARTS), null);
    }

    private static ByType toolResult() {
        Members part = members()
                .required("type", word("text"))
                .required("text", new TextOrJson())
                .build();
        return new ByType(new TextOrJson(), new Elements(new Tagged("type", Map.of("text", part)), MAX_PARTS), null);
    }

    private static Members textPart() {
        return members().required("type", word("text")).required("text", TEXT).build();
    }

    private static Shape assistantPart() {
        return new Tagged(
                "type",
                Map.of(
                        "text",
                        textPart(),
                        "refusal",
                        members()
                                .required("type", word("refusal"))
                                .required("refusal", TEXT)
                                .build()));
    }

    private static Shape userPart() {
        Members image = members()
                .required("url", new Unreadable(Modality.IMAGE, true))
                .optional("detail", word("auto", "low", "high"))
                .build();
        Members audio = members()
                .required("data", new Unreadable(Modality.AUDIO, false))
                .required("format", word("wav", "mp3"))
                .build();
        Members file = members()
                .optional("file_data", new Unreadable(Modality.FILE, true))
                .optional("filename", TEXT)
                .optional("file_id", PROVIDER_STATE)
                .build();
        return new Tagged(
                "type",
                Map.of(
                        "text", textPart(),
                        "image_url",
                                members()
                                        .required("type", word("image_url"))
                                        .required("image_url", image)
                                        .build(),
                        "input_audio",
                                members()
                                        .required("type", word("input_audio"))
                                        .required("input_audio", audio)
                                        .build(),
                        "file",
                                members()
                                        .required("type", word("file"))
                                        .required("file", file)
                                        .build()));
    }

    private static Shape toolCall() {
        return new Tagged(
                "type",
                Map.of(
                        "function",
                                members()
                                        .required("id", CALL_ID)
                                        .required("type", word("function"))
                                        .required(
                                                "function",
                                                members()
                                                        .required("name", IDENTIFIER)
                                                        .required("arguments", new TextOrJson())
                                                        .optional("parsed_arguments", DROPPED)
                                                        .build())
                                        .optional("index", DROPPED)
                                        .build(),
                        "custom",
                                members()
                                        .required("id", CALL_ID)
                                        .required("type", word("custom"))
                                        .required(
                                                "custom",
                                                members()
                                                        .required("name", IDENTIFIER)
                                                        .required("input", TEXT)
                                                        .build())
                                        .optional("index", DROPPED)
                                        .build()));
    }

    private static Members functionDefinition() {
        return members()
                .required("name", IDENTIFIER)
                .optional("description", TEXT)
                .optional("parameters", new FreeJson())
                .optional("strict", new Flag())
                .build();
    }

    private static Shape tool() {
        Members grammar = members()
                .required("type", word("grammar"))
                .required(
                        "grammar",
                        members()
                                .required("syntax", word("lark", "regex"))
                                .required("definition", TEXT)
                                .build())
                .build();
        Members plain = members().required("type", word("text")).build();
        Members custom = members()
                .required("name", IDENTIFIER)
                .optional("description", TEXT)
                .optional("format", new Tagged("type", Map.of("text", plain, "grammar", grammar)))
                .build();
        return new Tagged(
                "type",
                Map.of(
                        "function",
                                members()
                                        .required("type", word("function"))
                                        .required("function", functionDefinition())
                                        .build(),
                        "custom",
                                members()
                                        .required("type", word("custom"))
                                        .required("custom", custom)
                                        .build()));
    }

    private static Shape toolChoice() {
        Members name = members().required("name", IDENTIFIER).build();
        Members allowed = members()
                .required("mode", word("auto", "required"))
                .required("tools", new Elements(new FreeJson(), MAX_TOOLS))
                .build();
        return new ByType(
                word("none", "auto", "required"),
                null,
                new Tagged(
                        "type",
                        Map.of(
                                "function",
                                        members()
                                                .required("type", word("function"))
                                                .required("function", name)
                                                .build(),
                                "custom",
                                        members()
                                                .required("type", word("custom"))
                                                .required("custom", name)
                                                .build(),
                                "allowed_tools",
                                        members()
                                                .required("type", word("allowed_tools"))
                                                .required("allowed_tools", allowed)
                                                .build())));
    }

    private static Shape responseFormat() {
        Members schema = members()
                .required("name", IDENTIFIER)
                .optional("description", TEXT)
                .optional("schema", new FreeJson())
                .optional("strict", new Flag())
                .build();
        return new Tagged(
                "type",
                Map.of(
                        "text", members().required("type", word("text")).build(),
                        "json_object",
                                members().required("type", word("json_object")).build(),
                        "json_schema",
                                members()
                                        .required("type", word("json_schema"))
                                        .required("json_schema", schema)
                                        .build()));
    }
}
