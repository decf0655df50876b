package dev.anteroom.evaluation;

import dev.anteroom.corpus.LabelledText;
import java.util.BitSet;

/**
 * One text to measure on. Immutable by convention: nobody changes {@code ignored} after construction.
 *
 * @param style how it is written, a row of the tables
 * @param labelled the text and its identifying values
 * @param ignored characters whose replacement is neither asked for nor held against the redactor
 */
record EvaluationText(String style, LabelledText labelled, BitSet ignored) {
    EvaluationText(String style, LabelledText labelled) {
        this(style, labelled, new BitSet());
    }

    /** Whether nothing is labelled, so that no change of it is right. */
    boolean identifiesNobody() {
        return labelled.values().isEmpty() && ignored.isEmpty();
    }
}
