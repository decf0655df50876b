package dev.anteroom.phi;

/**
 * The character classes that the restoring rules distinguish.
 * Stateless.
 */
final class TextChars {

    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte JOINER = 4;
    private static final byte SPACE = 8;

    private static final byte[] ASCII = ascii();

    private TextChars() {}

    private static byte[] ascii() {
        byte[] classes = new byte[128];
        for (char c = 'a'; c <= 'z'; c++) {
            classes[c] = LETTER;
            classes[c - 32] = LETTER;
        }
        for (char c = '0'; c <= '9'; c++) {
            classes[c] = DIGIT;
        }
        for (char c : ".-_+:;&~$%#\\".toCharArray()) {
            classes[c] = JOINER;
        }
        for (char c : " \t\n\r\f\u000b".toCharArray()) {
            classes[c] = SPACE;
        }
        return classes;
    }

    /**
     * White space as URL and markup parsers know it, which is ASCII only: a no-break space does not end the address before it for all of
     * them.
     */
    static boolean isSpace(char c) {
        return c < 128 && ASCII[c] == SPACE;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        return c < 128 && ASCII[c] == LETTER;
    }

    static boolean isLetterOrDigit(char c) {
        return c < 128 ? (ASCII[c] & (LETTER | DIGIT)) != 0 : isForeignPart(c);
    }

    /** A character of an identifier: a digit run beside it is not a number of its own. */
    static boolean isWord(char c) {
        return c == '_' || isLetterOrDigit(c);
    }

    /** A character through which a placeholder may hang together with a host name or an e-mail address on either side. */
    static boolean isConnector(char c) {
        return c < 128 ? (ASCII[c] & (LETTER | DIGIT | JOINER)) != 0 : isForeignPart(c);
    }

    /** Letters and digits of all scripts, the marks on them, both halves of a pair, and what does not show. */
    private static boolean isForeignPart(char c) {
        if (Character.isSurrogate(c) || Character.isLetterOrDigit(c)) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
