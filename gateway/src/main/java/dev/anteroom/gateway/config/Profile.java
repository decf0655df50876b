package dev.anteroom.gateway.config;

/** How much is redacted, from least to most; strict where nothing is said. */
public enum Profile {
    BALANCED,
    STRICT;

    /** The stricter of the two. */
    public Profile strictest(Profile other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
