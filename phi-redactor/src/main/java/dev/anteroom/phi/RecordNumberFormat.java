package dev.anteroom.phi;

import java.util.Objects;

/**
 * The shape of a site's own record numbers, found without a label.
 * Immutable.
 *
 * @param name what the site calls it, for configuration and records
 * @param pattern {@code 9} stands for a digit, {@code A} for a letter, anything else for itself; at least four of the first two kinds
 */
public record RecordNumberFormat(String name, String pattern) {

    public RecordNumberFormat {
        Objects.requireNonNull(name);
        int variable = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '9' || c == 'A') {
                variable++;
            }
        }
        if (variable < 4 || pattern.length() > 64) {
            throw new IllegalArgumentException("a record number pattern needs 4 to 64 characters, four of them 9 or A");
        }
    }
}
