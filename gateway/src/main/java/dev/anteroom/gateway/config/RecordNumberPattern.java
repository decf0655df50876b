package dev.anteroom.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * The shapes of record numbers that a site may bring: {@code 9} is a digit, {@code A} a letter, anything else itself. Stateless.
 *
 * <p>Fixed shapes instead of regular expressions: they are matched in linear time, and a person can read them.
 */
final class RecordNumberPattern {
    static final String EXPECTED =
            "a shape such as EG-999999, where 9 is a digit and A a letter, at least four of them";

    private static final int LONGEST = 64;
    private static final int LEAST_VARIABLE = 4;

    private RecordNumberPattern() {}

    /** What is wrong with the pattern, or null where nothing is. */
    static @Nullable String problem(String pattern) {
        if (pattern.length() > LONGEST) {
            return "the pattern is longer than " + LONGEST + " characters";
        }
        int variable = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '9' || c == 'A') {
                variable++;
            } else if (c < ' ' || "[]{}()*+?\\|^$".indexOf(c) >= 0) {
                return "the pattern is a regular expression or holds a control character";
            }
        }
        return variable < LEAST_VARIABLE ? "the pattern has fewer than four digits or letters" : null;
    }
}
