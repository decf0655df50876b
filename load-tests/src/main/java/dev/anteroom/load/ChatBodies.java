package dev.anteroom.load;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.Dialogue;
import dev.anteroom.corpus.Patient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A ring of chat requests written beforehand from invented clinical dialogues. Thread-safe. */
final class ChatBodies implements Supplier<Buffer> {
    private static final int POOL = 64;
    private static final int DOCUMENTS = 3;
    private static final int DOCUMENT_CHARS = 400;

    /**
     * What the requests look like.
     *
     * @param bytes size of one request, documents and patient not counted
     * @param documents whether grounding documents come along
     * @param patient whether the known patient comes along
     */
    record Shape(String model, int bytes, boolean stream, boolean documents, boolean patient) {}

    private final List<Buffer> pool;
    private final AtomicInteger next = new AtomicInteger();

    private ChatBodies(List<Buffer> pool) {
        this.pool = pool;
    }

    static ChatBodies of(long seed, Shape shape) {
        ClinicalDialogues source = ClinicalDialogues.seeded(seed);
        List<Buffer> pool = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            pool.add(body(source, shape));
        }
        return new ChatBodies(List.copyOf(pool));
    }

    @Override
    public Buffer get() {
        return pool.get((next.getAndIncrement() & Integer.MAX_VALUE) % pool.size());
    }

    private static Buffer body(ClinicalDialogues source, Shape shape) {
        Dialogue dialogue = source.next();
        StringBuilder text = new StringBuilder(dialogue.joined().text());
        while (text.length() < shape.bytes()) {
            text.append('\n').append(source.next().joined().text());
        }
        int empty = chat(shape, "").toBuffer().length();
        int chars = Math.max(1, shape.bytes() - empty);
        while (chars > 1) {
            int over = chat(shape, cut(text, chars)).toBuffer().length() - shape.bytes();
            if (over <= 0) {
                break;
            }
            chars = Math.max(1, chars - over);
        }
        JsonObject chat = chat(shape, cut(text, chars));
        if (shape.patient()) {
            chat.put("patient", patient(dialogue.patient()));
        }
        if (shape.documents()) {
            JsonArray documents = new JsonArray();
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.add(new JsonObject()
                        .put("id", "d" + i)
                        .put("title", "Note " + i)
                        .put("text", cut(new StringBuilder(source.nextNote().text()), DOCUMENT_CHARS)));
            }
            chat.put("documents", documents);
        }
        return chat.toBuffer();
    }

    private static JsonObject chat(Shape shape, String text) {
        JsonObject chat = new JsonObject()
                .put("model", shape.model())
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("role", "system")
                                        .put("content", "You summarise clinical conversations in two sentences."))
                                .add(new JsonObject().put("role", "user").put("content", text)));
        return shape.stream() ? chat.put("stream", true) : chat;
    }

    private static JsonObject patient(Patient patient) {
        return new JsonObject()
                .put("names", new JsonArray().add(patient.fullName()))
                .put(
                        "identifiers",
                        new JsonArray().add(patient.mrn()).add(patient.phone()).add(patient.email()))
                .put("dates", new JsonArray().add(patient.birthDate()));
    }

    private static String cut(StringBuilder text, int chars) {
        int end = Math.min(text.length(), chars);
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
