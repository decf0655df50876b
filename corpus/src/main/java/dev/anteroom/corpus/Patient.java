package dev.anteroom.corpus;

/**
 * The invented person a dialogue or note is about, as a health system's own register would know them. Immutable.
 *
 * @param given given name
 * @param middle middle initial, one letter
 * @param family family name
 * @param birthDate ISO date
 * @param mrn medical record number
 * @param phone ten digits with dashes
 * @param email e-mail address
 * @param street house number and street
 * @param city city
 * @param state two-letter state
 * @param zip five digits
 * @param memberId health-plan number
 */
public record Patient(
        String given,
        String middle,
        String family,
        String birthDate,
        String mrn,
        String phone,
        String email,
        String street,
        String city,
        String state,
        String zip,
        String memberId) {
    /** Given and family name with a space between. */
    public String fullName() {
        return given + ' ' + family;
    }
}
