package dev.anteroom.corpus;

/** What in the surrounding words tells that a value is an identifier. Immutable. */
public enum Cue {
    /** A form label stands in front: {@code Phone: ...}. */
    FORM,
    /** The sentence says it in words, or (for a name) a title stands in front: {@code Dr. ...}. */
    PROSE,
    /** Nothing but the value's own form, or nothing at all. */
    NONE
}
