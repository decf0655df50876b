package dev.anteroom.phi;

/** Addresses that name the words of a standard and nobody: those of FHIR, LOINC, SNOMED CT and their like. Stateless. */
final class Vocabularies {

    private static final String[] ADDRESSES = {
        "hl7.org/fhir/structuredefinition/",
        "hl7.org/fhir/codesystem/",
        "hl7.org/fhir/valueset/",
        "hl7.org/fhir/sid/",
        "hl7.org/fhir/us/",
        "terminology.hl7.org/codesystem/",
        "terminology.hl7.org/valueset/",
        "loinc.org",
        "snomed.info/sct",
        "unitsofmeasure.org",
        "www.nlm.nih.gov/research/umls/rxnorm",
        "www.ama-assn.org/go/cpt",
    };

    /** Versions and the numbers of tables are shorter than what identifies somebody. */
    private static final int MOST_DIGITS = 4;

    private Vocabularies() {}

    /** Returns whether the address in {@code [start, end)} is one of these, with nothing but words behind it. */
    static boolean isAddress(char[] chars, int start, int end) {
        int host = scheme(chars, start, end);
        for (String address : ADDRESSES) {
            int rest = host + address.length();
            if (rest <= end && matches(chars, host, address) && isWords(chars, rest, end)) {
                return address.endsWith("/") || rest == end;
            }
        }
        return false;
    }

    private static int scheme(char[] chars, int start, int end) {
        for (String scheme : new String[] {"http://", "https://"}) {
            if (start + scheme.length() <= end && matches(chars, start, scheme)) {
                return start + scheme.length();
            }
        }
        return start;
    }

    private static boolean matches(char[] chars, int at, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Lexicon.lower(chars[at + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWords(char[] chars, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            digits = TextChars.isDigit(c) ? digits + 1 : 0;
            if (digits > MOST_DIGITS
                    || !(TextChars.isDigit(c) || TextChars.isAsciiLetter(c) || c == '-' || c == '/' || c == '.')) {
                return false;
            }
        }
        return true;
    }
}
