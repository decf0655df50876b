package dev.anteroom.guardrails;

/** Who reads an answer. */
public enum Audience {
    /** A patient or a relative: nothing that was not checked may reach them. */
    PATIENT,
    /** A professional, who judges for themselves. */
    CLINICIAN,
    /** A program. */
    SYSTEM
}
