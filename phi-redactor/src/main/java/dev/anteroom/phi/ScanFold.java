package dev.anteroom.phi;

import java.text.Normalizer;

/**
 * What the outbound scan makes of a character: its plain form, a separator, or nothing.
 * Stateless. It is made apart from the folding that the recognisers use, so that a mistake in one is not a mistake in both.
 */
final class ScanFold {

    /** The character separates words. */
    static final char SEPARATOR = 0;

    /** The character is not seen: a mark on the letter before it, or of no width. */
    static final char NOTHING = 1;

    private static final int TABLE = 0x2000;
    private static final char[] FOLDED = table();

    private ScanFold() {}

    /** Returns the plain form of one UTF-16 unit; halves of pairs stand for themselves. */
    static char fold(char c) {
        return c < TABLE ? FOLDED[c] : foldRare(c);
    }

    /** Returns the plain form of a pair if it has one of a single unit, {@link #NOTHING} if it keeps both, {@link #SEPARATOR} if it is no letter. */
    static char foldPair(char high, char low) {
        int codePoint = Character.toCodePoint(high, low);
        if (!Character.isLetterOrDigit(codePoint)) {
            return SEPARATOR;
        }
        String plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return plain.length() == 1 ? fold(plain.charAt(0)) : NOTHING;
    }

    private static char[] table() {
        char[] folded = new char[TABLE];
        for (char c = 0; c < TABLE; c++) {
            folded[c] = c < 128 ? foldAscii(c) : foldSlowly(c);
        }
        return folded;
    }

    private static char foldAscii(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c + 32);
        }
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : SEPARATOR;
    }

    private static char foldSlowly(char c) {
        String decomposed = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
        char base = decomposed.charAt(0);
        for (int i = 1; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) {
                base = c; // a ligature or the like: it stays itself
                break;
            }
        }
        return base < 128 ? foldAscii(base) : foldLetter(base);
    }

    private static char foldRare(char c) {
        if (c >= '\uFF01' && c <= '\uFF5E') {
            return foldAscii((char) (c - 0xFEE0));
        }
        return switch (Character.getType(c)) {
            case Character.OTHER_NUMBER, Character.OTHER_SYMBOL -> foldSlowly(c);
            default -> foldLetter(c);
        };
    }

    private static char foldLetter(char c) {
        int digit = Character.digit(c, 10);
        if (digit >= 0) {
            return (char) ('0' + digit);
        }
        return switch (c) {
            case 'ø', 'Ø' -> 'o';
            case 'ł', 'Ł' -> 'l';
            case 'đ', 'Đ', 'ð', 'Ð' -> 'd';
            case 'ı' -> 'i';
            default ->
                switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> NOTHING;
                    case Character.COMBINING_SPACING_MARK, Character.SURROGATE -> c;
                    default ->
                        Character.isLetterOrDigit(c) ? Character.toLowerCase(Character.toUpperCase(c)) : SEPARATOR;
                };
        };
    }
}
