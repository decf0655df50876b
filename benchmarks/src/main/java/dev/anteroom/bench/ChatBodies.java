package dev.anteroom.bench;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.gateway.wire.JsonOutput;

/** Chat bodies of clinical text with identifiers in it, the same for the same seed. */
final class ChatBodies {
    private static final long SEED = 20_261_101L;

    private ChatBodies() {}

    /** A body of about this many bytes: a system prompt and a user turn. */
    static byte[] ofAbout(int bytes) {
        ClinicalDialogues dialogues = ClinicalDialogues.seeded(SEED);
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            for (LabelledText turn : dialogues.next().turns()) {
                text.append(turn.text()).append('\n');
            }
        }
        String cut = text.substring(0, Math.max(1, bytes - 200));
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
            out.writeStringField("content", cut);
            out.writeEndObject();
            out.writeEndArray();
            out.writeNumberField("temperature", 0.2);
            out.writeEndObject();
        });
    }
}
