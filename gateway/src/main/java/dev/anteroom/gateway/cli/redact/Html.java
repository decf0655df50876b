package dev.anteroom.gateway.cli.redact;

import java.util.Locale;

/** Writes texts into a page so that they are text there and nothing else. Stateless. */
final class Html {

    private Html() {}

    /** Escapes {@code [start, end)}; characters that a browser would swallow or turn round are spelled out in an element {@code i}. */
    static void escape(String text, int start, int end, StringBuilder out) {
        int at = start;
        while (at < end) {
            char first = text.charAt(at);
            boolean pair =
                    Character.isHighSurrogate(first) && at + 1 < end && Character.isLowSurrogate(text.charAt(at + 1));
            int c = pair ? text.codePointAt(at) : first;
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (isPlain(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format(Locale.ROOT, "<i>U+%04X</i>", c));
                    }
                }
            }
            at += pair ? 2 : 1;
        }
    }

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        escape(text, 0, text.length(), out);
        return out.toString();
    }

    /** Whether a browser shows the character as it is: no control, no half of a pair, nothing that changes the direction. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> (c & 0xFFFE) != 0xFFFE;
        };
    }
}
