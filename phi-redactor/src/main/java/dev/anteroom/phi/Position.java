package dev.anteroom.phi;

import java.util.Objects;

/**
 * One text-bearing place of a call, decoded.
 * Immutable. Offsets into it are UTF-16 units of {@link #text()}.
 *
 * @param path where it stands in the call, for records; never text of the call
 * @param text the decoded text, or the raw token of a JSON number
 * @param form what the place holds
 * @param label the nearest field label, such as the JSON key of the value, or empty; a strong hint
 */
public record Position(String path, String text, Form form, String label) {

    /** What a position holds, which says how it is replaced. */
    public enum Form {
        /** Text; what is found in it becomes placeholders. */
        TEXT,
        /** A word that programs have agreed on, such as the name of a tool: text that a trained model would only guess about. */
        SYMBOL,
        /** A number token; where it is an identifier the whole token becomes another number. */
        NUMBER,
        /** The name of a person by definition; all of it becomes one placeholder. */
        PERSON
    }

    public Position {
        Objects.requireNonNull(path);
        Objects.requireNonNull(text);
        Objects.requireNonNull(form);
        Objects.requireNonNull(label);
    }

    /** Returns a position of text without a label. */
    public static Position text(String path, String text) {
        return new Position(path, text, Form.TEXT, "");
    }

    /** Returns a position of text under a field label. */
    public static Position text(String path, String text, String label) {
        return new Position(path, text, Form.TEXT, label);
    }

    /** Returns a position that is a word of a program. */
    public static Position symbol(String path, String text) {
        return new Position(path, text, Form.SYMBOL, "");
    }

    /** Returns a position that is a number token under a field label. */
    public static Position number(String path, String token, String label) {
        return new Position(path, token, Form.NUMBER, label);
    }

    /** Returns a position that is a person's name by definition. */
    public static Position person(String path, String text) {
        return new Position(path, text, Form.PERSON, "");
    }

    /** Returns whether rules read it as text. */
    boolean isText() {
        return form == Form.TEXT || form == Form.SYMBOL;
    }

    @Override
    public String toString() {
        return "Position[" + form + ", " + text.length() + "]";
    }
}
