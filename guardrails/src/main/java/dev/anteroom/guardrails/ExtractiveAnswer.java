package dev.anteroom.guardrails;

import java.util.List;

/**
 * An answer made of nothing but sentences of the evidence. Immutable.
 *
 * @param text the sentences, one a line; empty when no sentence has to do with the question
 * @param sentences where they stand, in the order of the text
 */
public record ExtractiveAnswer(String text, List<Cited> sentences) {

    /** The answer when nothing has to do with the question. */
    public static final ExtractiveAnswer EMPTY = new ExtractiveAnswer("", List.of());

    public ExtractiveAnswer {
        sentences = List.copyOf(sentences);
    }

    public boolean isEmpty() {
        return sentences.isEmpty();
    }
}
