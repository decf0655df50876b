package dev.anteroom.gateway.extractive;

import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.guardrails.Evidence;
import dev.anteroom.guardrails.Sentence;
import dev.anteroom.guardrails.Sentences;
import dev.anteroom.phi.Redaction;
import java.util.ArrayList;
import java.util.List;

/**
 * What the extractive provider reads: the last question and the context around it, in placeholder space. Immutable.
 *
 * @param question the last sentences of the last user message
 * @param evidence documents, instructions, tool results, earlier user messages, and what stands before the question
 */
public record Conversation(String question, List<Evidence> evidence) {
    public Conversation {
        evidence = List.copyOf(evidence);
    }

    /**
     * Reads a request's conversation after its redaction.
     *
     * @param documentsOnly whether nothing but the documents may be quoted, as for patients
     */
    public static Conversation of(CompiledRequest request, Redaction redaction, boolean documentsOnly) {
        List<Evidence> evidence = new ArrayList<>(documents(request, redaction));
        List<CompiledRequest.MessageText> texts = request.messageTexts();
        int last = -1;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).role().equals("user")) {
                last = i;
            }
        }
        String question = "";
        for (int i = 0; i < texts.size(); i++) {
            String text = redaction.text(texts.get(i).position()).value();
            if (i == last) {
                int from = questionStart(text);
                question = text.substring(from);
                if (from > 0 && !documentsOnly) {
                    evidence.add(new Evidence("message-" + (i + 1), text.substring(0, from)));
                }
            } else if (!documentsOnly && !texts.get(i).role().equals("assistant")) {
                evidence.add(new Evidence("message-" + (i + 1), text));
            }
        }
        return new Conversation(question, evidence);
    }

    /** The documents of a request in placeholder space. */
    public static List<Evidence> documents(CompiledRequest request, Redaction redaction) {
        List<Evidence> documents = new ArrayList<>();
        for (CompiledRequest.Document document : request.documents()) {
            documents.add(new Evidence(
                    document.id(), redaction.text(document.textPosition()).value()));
        }
        return documents;
    }

    /** The question is the last sentence that ends with a question mark, or the last sentence. */
    private static int questionStart(String text) {
        List<Sentence> sentences = Sentences.split(text);
        for (int i = sentences.size() - 1; i >= 0; i--) {
            Sentence sentence = sentences.get(i);
            if (text.substring(sentence.start(), sentence.end()).stripTrailing().endsWith("?")) {
                return sentence.start();
            }
        }
        return sentences.isEmpty() ? 0 : sentences.getLast().start();
    }
}
