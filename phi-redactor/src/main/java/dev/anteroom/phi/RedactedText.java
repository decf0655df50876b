package dev.anteroom.phi;

/**
 * Text that has passed every layer of a redactor; only a redactor can make one.
 * Immutable.
 */
public final class RedactedText {

    private final String value;

    RedactedText(String value) {
        this.value = value;
    }

    /** Returns the text with placeholders where identifiers stood. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "RedactedText[" + value.length() + "]";
    }
}
