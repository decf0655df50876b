package dev.anteroom.acceptance;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A value that identifies somebody and occurs nowhere else: where it turns up, it leaked. Immutable.
 *
 * @param kind what it is
 * @param value at least eight characters
 */
record Canary(Kind kind, String value) {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";
    private static final int[] AREA_CODES = {212, 312, 415, 503, 617, 713, 808, 919};

    enum Kind {
        SSN,
        PHONE,
        EMAIL,
        MRN,
        NAME
    }

    static Canary of(Kind kind, RandomGenerator random) {
        return new Canary(kind, value(kind, random));
    }

    private static String value(Kind kind, RandomGenerator random) {
        return switch (kind) {
            case SSN ->
                String.format(
                        Locale.ROOT,
                        "%03d-%02d-%04d",
                        random.nextInt(101, 660),
                        random.nextInt(11, 99),
                        random.nextInt(1001, 9999));
            case PHONE ->
                AREA_CODES[random.nextInt(AREA_CODES.length)] + "-" + random.nextInt(220, 990) + "-"
                        + random.nextInt(1001, 9999);
            case EMAIL -> letters(random, 7) + random.nextInt(10, 99) + "@" + letters(random, 9) + ".org";
            case MRN -> Integer.toString(random.nextInt(20_000_000, 89_999_999));
            case NAME -> {
                String word = letters(random, 10);
                yield word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
            }
        };
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    /** A sentence around it. */
    String sentence() {
        return switch (kind) {
            case SSN -> "Her social security number is " + value + ", please check the form.";
            case PHONE -> "Please call " + value + " before the visit.";
            case EMAIL -> "Send the summary to " + value + " today.";
            case MRN -> "MRN: " + value;
            case NAME -> "Mrs. " + value + " was seen today.";
        };
    }

    /** The name of a field that holds such a value. */
    String field() {
        return switch (kind) {
            case SSN -> "ssn";
            case PHONE -> "phone";
            case EMAIL -> "email";
            case MRN -> "mrn";
            case NAME -> "patient_name";
        };
    }

    /** Its digits as a JSON number; only of an SSN, a phone number or a record number. */
    long number() {
        return Long.parseLong(value.replace("-", ""));
    }

    boolean isNumeric() {
        return kind == Kind.SSN || kind == Kind.PHONE || kind == Kind.MRN;
    }

    /** A name of a program or a tool with it inside: letters, digits and {@code _ - .} only. */
    String identifier() {
        return switch (kind) {
            case SSN -> "lookup_ssn_" + value;
            case PHONE -> "call_phone_" + value;
            case EMAIL -> "mail_" + value.replace("@", ".");
            case MRN -> "get_mrn_" + value;
            case NAME -> "patient_" + value;
        };
    }
}
