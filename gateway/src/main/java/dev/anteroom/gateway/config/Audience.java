package dev.anteroom.gateway.config;

/** Who reads the answers of a workflow; a patient where nothing is said. */
public enum Audience {
    PATIENT,
    CLINICIAN,
    SYSTEM
}
