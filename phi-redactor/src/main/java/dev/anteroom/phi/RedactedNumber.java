package dev.anteroom.phi;

/**
 * A JSON number token that has passed every layer of a redactor; only a redactor can make one.
 * Immutable.
 */
public final class RedactedNumber {

    private final String value;

    RedactedNumber(String value) {
        this.value = value;
    }

    /** Returns the raw token: the number itself, or its stand-in where it identified somebody. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "RedactedNumber[" + value.length() + "]";
    }
}
