package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** A way of writing a value so that a reader still knows it and a pattern does not. Immutable. */
enum Attack {
    ZERO_WIDTH,
    HOMOGLYPHS,
    FULL_WIDTH,
    NO_BREAK,
    LINE_BREAK,
    MARKUP,
    SPACED_DIGITS,
    SPELLED_OUT,
    URL_ENCODED,
    BASE64;

    private static final String LATIN = "aeopcxAEOPCTHKMBX";
    private static final String CYRILLIC = "аеорсхАЕОРСТНКМВХ";

    /** The name of the style in the tables. */
    String style() {
        return "attack " + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value in its attacked form, or as it is where the attack does not apply to it. */
    String apply(Identifier kind, String value) {
        int middle = value.length() / 2;
        return switch (this) {
            case ZERO_WIDTH -> value.substring(0, middle) + '\u200b' + value.substring(middle);
            case HOMOGLYPHS -> mapped(value, LATIN, CYRILLIC);
            case FULL_WIDTH -> mapped(value, "0123456789", "０１２３４５６７８９");
            case NO_BREAK -> mapped(value, " -", "\u00a0\u2011");
            case LINE_BREAK -> broken(value);
            case MARKUP ->
                value.substring(0, middle) + "<b>" + value.substring(middle, value.length() - 1) + "</b>"
                        + value.substring(value.length() - 1);
            case SPACED_DIGITS -> spaced(value);
            case SPELLED_OUT ->
                kind == Identifier.EMAIL ? value.replace("@", " at ").replace(".", " dot ") : value;
            case URL_ENCODED -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case BASE64 -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String mapped(String value, String from, String to) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            int at = from.indexOf(value.charAt(i));
            text.append(at < 0 ? value.charAt(i) : to.charAt(at));
        }
        return text.toString();
    }

    /** Breaks at a space or after a hyphen, where lines break. */
    private static String broken(String value) {
        int space = value.indexOf(' ');
        if (space > 0) {
            return value.substring(0, space) + '\n' + value.substring(space + 1);
        }
        int hyphen = value.indexOf('-');
        return hyphen > 0 ? value.substring(0, hyphen + 1) + '\n' + value.substring(hyphen + 1) : value;
    }

    private static String spaced(String value) {
        StringBuilder text = new StringBuilder(2 * value.length());
        for (int i = 0; i < value.length(); i++) {
            if (i > 0 && Character.isDigit(value.charAt(i)) && Character.isDigit(value.charAt(i - 1))) {
                text.append(' ');
            }
            text.append(value.charAt(i));
        }
        return text.toString();
    }
}
