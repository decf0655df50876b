package dev.anteroom.phi;

/**
 * Kind of identifier that protected health information is sorted into, named as on the command line and in placeholders.
 * Immutable.
 */
public enum PhiCategory {
    /** Name of a person. */
    NAME,
    /** Age over 89, or any age where the profile demands it. */
    AGE,
    /** Date or part of a date finer than a year. */
    DATE,
    /** Geographic unit smaller than a state. */
    LOCATION,
    /** Hospital, clinic, ward, school, employer or other organisation. */
    FACILITY,
    /** Telephone number. */
    PHONE,
    /** Fax number. */
    FAX,
    /** E-mail address. */
    EMAIL,
    /** Social security number or other national identity number. */
    SSN,
    /** Medical record number. */
    MRN,
    /** Health plan beneficiary number. */
    PLAN,
    /** Account number. */
    ACCOUNT,
    /** Certificate or licence number. */
    LICENSE,
    /** Vehicle identifier or licence plate. */
    VEHICLE,
    /** Device identifier or serial number. */
    DEVICE,
    /** Web address. */
    URL,
    /** Internet protocol address. */
    IP,
    /** Biometric identifier. */
    BIOMETRIC,
    /** Any other unique identifying number, characteristic or code. */
    ID
}
