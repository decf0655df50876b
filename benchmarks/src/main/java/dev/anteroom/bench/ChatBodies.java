package dev.anteroom.bench;

import dev.anteroom.gateway.wire.JsonOutput;

/** Chat bodies of clinical text with identifiers in it, the same for the same seed. */
final class ChatBodies {
    private ChatBodies() {}

    /** A body of about this many bytes: a system prompt and a user turn. */
    static byte[] ofAbout(int bytes) {
        String text = ClinicalTexts.withIdentifiers(Math.max(1, bytes - 200));
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("model", "extractive");
            out.writeArrayFieldStart("messages");
            out.writeStartObject();
            out.writeStringField("role", "system");
            out.writeStringField("content", "You help a clinician. Answer in one sentence.");
            out.writeEndObject();
            out.writeStartObject();
            out.writeStringField("role", "user");
            out.writeStringField("content", text);
            out.writeEndObject();
            out.writeEndArray();
            out.writeNumberField("temperature", 0.2);
            out.writeEndObject();
        });
    }
}
