package dev.anteroom.guardrails;

/**
 * Something the gate found in an answer, without its text. Immutable.
 *
 * @param start UTF-16 offset in the content of its choice
 * @param end UTF-16 offset after what was found; equal to start where the whole answer is meant
 */
public record Finding(Kind kind, int start, int end) {

    /** What was found. */
    public enum Kind {
        /** The answer was let through without a check, because its audience judges for itself. */
        UNCHECKED,
        /** The sentence is word for word in the documents. */
        SENTENCE_IN_DOCUMENTS,
        /** The sentence is not, as a whole sentence and word for word, in the documents. */
        SENTENCE_NOT_IN_DOCUMENTS,
        /** The sentence is in the documents, but without what it leans on there. */
        SENTENCE_OUT_OF_CONTEXT,
        /** There are no documents to rest on. */
        NO_DOCUMENTS,
        /** There is no answer. */
        EMPTY_ANSWER,
        /** There is a part that the gate does not read: a tool call, a refusal, reasoning, or more text than it was shown. */
        UNREAD_PART
    }
}
