package dev.anteroom.traces;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A legal hold: nothing of the calls that it means is shredded, by whomever, until it is released. Immutable.
 *
 * @param name letters, digits, {@code . _ -}, at most 64; stands in clear on disk
 * @param since when it was set
 */
public record Hold(String name, Instant since, Selection selection) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Hold {
        if (!isName(name)) {
            throw new IllegalArgumentException("name: not one (expected: " + NAME + ")");
        }
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
