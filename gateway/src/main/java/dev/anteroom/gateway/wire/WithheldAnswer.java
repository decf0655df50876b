package dev.anteroom.gateway.wire;

import java.util.List;

/** The answer in the place of one that may not be released: no content, and a finish reason that clients know. Stateless. */
public final class WithheldAnswer {
    private static final String REFUSAL = "This answer was withheld: it could not be matched with the given documents.";

    private WithheldAnswer() {}

    /** The completion in its place. */
    public static ReleasedJson whole(AnswerIdentity identity) {
        return ReleasedJson.of(out -> {
            out.writeStartObject();
            out.writeStringField("id", identity.id());
            out.writeStringField("object", "chat.completion");
            out.writeNumberField("created", identity.createdSeconds());
            out.writeStringField("model", identity.publicModel());
            out.writeArrayFieldStart("choices");
            out.writeStartObject();
            out.writeNumberField("index", 0);
            out.writeObjectFieldStart("message");
            out.writeStringField("role", "assistant");
            out.writeNullField("content");
            out.writeStringField("refusal", REFUSAL);
            out.writeEndObject();
            out.writeNullField("logprobs");
            out.writeStringField("finish_reason", "content_filter");
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** The chunks in its place. */
    public static List<ReleasedJson> stream(AnswerIdentity identity) {
        return List.of(chunk(identity, false), chunk(identity, true));
    }

    private static ReleasedJson chunk(AnswerIdentity identity, boolean last) {
        return ReleasedJson.of(out -> {
            out.writeStartObject();
            out.writeStringField("id", identity.id());
            out.writeStringField("object", "chat.completion.chunk");
            out.writeNumberField("created", identity.createdSeconds());
            out.writeStringField("model", identity.publicModel());
            out.writeArrayFieldStart("choices");
            out.writeStartObject();
            out.writeNumberField("index", 0);
            out.writeObjectFieldStart("delta");
            if (!last) {
                out.writeStringField("role", "assistant");
                out.writeStringField("refusal", REFUSAL);
            }
            out.writeEndObject();
            out.writeNullField("logprobs");
            out.writeStringField("finish_reason", last ? "content_filter" : null);
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
