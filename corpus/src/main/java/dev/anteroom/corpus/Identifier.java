package dev.anteroom.corpus;

/**
 * The kinds of identifying values that the corpus writes into its texts. Immutable.
 *
 * <p>{@link #structured()} tells values with a form or a label of their own, of which none may be missed, from names and places, for
 * which what is found is measured.
 */
public enum Identifier {
    NAME(false),
    /** A city, town or street; a street is written without its house number, so that nothing but the words tells it. */
    PLACE(false),
    FACILITY(false),
    PHONE(true),
    FAX(true),
    EMAIL(true),
    SSN(true),
    MRN(true),
    /** A health-plan beneficiary, member or group number. */
    PLAN(true),
    /** A bank account, routing number, IBAN or payment card. */
    ACCOUNT(true),
    /** A driver's or professional licence: driver licence, NPI, DEA, state medical licence. */
    LICENSE(true),
    /** A vehicle identification number or a licence plate. */
    VEHICLE(true),
    /** A device serial number, UDI, MAC address or IMEI. */
    DEVICE(true),
    URL(true),
    IP(true),
    ZIP(true),
    /** A date more precise than its year. */
    DATE(true),
    AGE_OVER_89(true),
    /** A number of one encounter, order, specimen, claim or study. */
    RECORD_NUMBER(true),
    /** A reference to a finger, voice, retina, face or palm print. */
    BIOMETRIC(true),
    /** Any other unique number: UUID, staff number, study subject, token. */
    OTHER_ID(true);

    private final boolean structured;

    Identifier(boolean structured) {
        this.structured = structured;
    }

    /** Whether values of this kind carry a form or a label of their own. */
    public boolean structured() {
        return structured;
    }
}
