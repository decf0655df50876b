package dev.anteroom.phi;

/** How much is replaced beyond what is recognised. Immutable. */
public enum Profile {
    /** Keeps ages under 90, bare years, states and clinical numbers. */
    BALANCED,
    /** Also replaces every digit run that no clinical grammar explains, weekdays, holidays and dates without a year. */
    STRICT
}
