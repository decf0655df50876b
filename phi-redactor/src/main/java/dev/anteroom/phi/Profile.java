package dev.anteroom.phi;

/**
 * How much is replaced beyond what is recognised. Immutable.
 *
 * <p>In every profile only the value is replaced: the word that announces it ("MRN:", "phone") stays, so that a reader still knows what stood
 * there. Dates that are told from the day of writing ("last week", "three days ago", "tomorrow") stay too: without that day they name none.
 */
public enum Profile {
    /** Keeps ages under 90, bare years, states, weekdays, holidays and clinical numbers. */
    BALANCED,
    /** Also replaces every digit run that no clinical grammar explains, weekdays, holidays and dates without a year. */
    STRICT
}
