package dev.anteroom.guardrails;

/** The UTF-16 range {@code [start, end)} of a sentence in its text, white space at both ends left out. Immutable. */
public record Sentence(int start, int end) {

    public Sentence {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("range: [" + start + "," + end + ") (expected: 0 <= start < end)");
        }
    }

    /** The sentence's text. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
