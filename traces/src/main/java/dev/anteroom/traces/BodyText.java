package dev.anteroom.traces;

/** The text of a call that a record carries, or that it is gone. Immutable. */
public sealed interface BodyText {
    /** The text as it was written; {@code ""} where the call had none. */
    record Kept(String text) implements BodyText {
        /** Its length only: content must not get into a log by accident. */
        @Override
        public String toString() {
            return "Kept[" + text.length() + " characters]";
        }
    }

    /** The text was there and its key was destroyed: nobody can read it any more. The record's decision still stands. */
    record Shredded(Shredding when) implements BodyText {}

    /** Length of the text in UTF-16 units; 0 where it is gone. */
    default int chars() {
        return switch (this) {
            case Kept kept -> kept.text.length();
            case Shredded _ -> 0;
        };
    }

    static BodyText of(String text) {
        return new Kept(text);
    }
}
