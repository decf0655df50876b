package dev.anteroom.routing;

/** How strict a redaction profile is, from the least to the most. */
public enum Strictness {
    BALANCED,
    STRICT;

    /** The stricter of this and the other. */
    public Strictness strictest(Strictness other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
