package dev.anteroom.phi;

/**
 * Finds the strings of a JSON document that arrives in pieces, and decodes their characters one by one.
 * Confined to one thread. It forgives: what is no JSON passes through, and never gets lost.
 */
final class JsonStrings {

    /** The character stands outside strings. */
    static final int OUTSIDE = 0;

    /** The character opened a string. */
    static final int STRING_START = 1;

    /** The character closed a string. */
    static final int STRING_END = 2;

    /** The character stands for itself in a string. */
    static final int PLAIN = 3;

    /** The character completed an escape: {@link #decoded()} is meant, and {@link #escape()} is how it was spelled. */
    static final int ESCAPED = 4;

    /** The character is part of an escape that is not complete yet. */
    static final int PARTIAL = 5;

    /** The character breaks the escape before it, which is to pass as it is; then take the character again. */
    static final int BROKEN = 6;

    private static final char REPLACEMENT = '\uFFFD';

    private final char[] escape = new char[6];
    private int escapeLength;
    private int code;
    private boolean inString;
    private char decoded;

    /** Takes the next character. */
    int step(char c) {
        if (!inString) {
            inString = c == '"';
            return inString ? STRING_START : OUTSIDE;
        }
        if (escapeLength == 0) {
            if (c == '"') {
                inString = false;
                return STRING_END;
            }
            if (c != '\\') {
                return PLAIN;
            }
            escape[escapeLength++] = c;
            return PARTIAL;
        }
        if (escapeLength == 1) {
            escape[escapeLength++] = c;
            code = 0;
            if (c == 'u') {
                return PARTIAL;
            }
            decoded = switch (c) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> c;
            };
            return ESCAPED;
        }
        int digit = Character.digit(c, 16);
        if (digit < 0 || c >= 128) {
            decoded = REPLACEMENT;
            return BROKEN;
        }
        escape[escapeLength++] = c;
        code = code << 4 | digit;
        if (escapeLength < 6) {
            return PARTIAL;
        }
        decoded = (char) code;
        return ESCAPED;
    }

    boolean inString() {
        return inString;
    }

    /** Returns whether an escape is under way. */
    boolean inEscape() {
        return escapeLength > 0;
    }

    char decoded() {
        return decoded;
    }

    /** Returns the spelling of the last escape, or of the part of it that has come; its length is {@link #escapeLength()}. */
    char[] escape() {
        return escape;
    }

    int escapeLength() {
        return escapeLength;
    }

    /** Forgets the escape once it was passed on. */
    void endEscape() {
        escapeLength = 0;
    }

    /** Appends a text as it is written inside a JSON string. */
    static void appendEscaped(String text, StringBuilder out) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !isLoneSurrogate(text, i)) {
                continue;
            }
            out.append(text, from, i);
            from = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(Character.forDigit(c >> shift & 15, 16));
                    }
                }
            }
        }
        out.append(text, from, text.length());
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
