package dev.anteroom.phi;

/** A part of an identifier that Safe Harbor lets stand, and that a site may leave readable inside the placeholder. Immutable. */
public enum KeptPart {
    /** The year of a date that is not 90 years ago: {@code [DATE_1 2019]}. */
    YEAR,
    /** The first three digits of a ZIP code, where more than 20,000 people share them: {@code [LOCATION_1 441]}. */
    ZIP3
}
