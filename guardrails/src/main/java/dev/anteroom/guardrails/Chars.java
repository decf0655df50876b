package dev.anteroom.guardrails;

import java.util.HashSet;
import java.util.Set;

/** The classes of characters that this package agrees on. */
final class Chars {

    private Chars() {}

    /** White space of every kind; zero-width characters are none. */
    static boolean isSpace(char c) {
        return c <= ' ' ? c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f) : c >= 0x80 && isFarSpace(c);
    }

    private static boolean isFarSpace(char c) {
        return c == 0x85 || Character.isSpaceChar(c);
    }

    /** The end of a line. */
    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** What ends a sentence, abbreviations and decimals apart. */
    static boolean isTerminal(char c) {
        return switch (c) {
            case '.', '!', '?', '\u2026', '\u3002', '\uff01', '\uff1f' -> true;
            default -> false;
        };
    }

    /** What may stand between a sentence's last terminal and its end. */
    static boolean isCloser(char c) {
        return switch (c) {
            case ')', ']', '}', '"', '\'', '\u201d', '\u2019', '\u00bb', '*', '_' -> true;
            default -> false;
        };
    }

    /** What words consist of here: letters, digits, apostrophes, and the underscore of placeholders. */
    static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '\'' || c == '\u2019' || c == '_';
    }

    /** The words of a list that is parted by white space. */
    static Set<String> words(String list) {
        Set<String> words = new HashSet<>();
        int start = skipSpace(list, 0);
        while (start < list.length()) {
            int end = start;
            while (end < list.length() && !isSpace(list.charAt(end))) {
                end++;
            }
            words.add(list.substring(start, end));
            start = skipSpace(list, end);
        }
        return Set.copyOf(words);
    }

    /** The first index at or after {@code from} that holds no white space, or the length. */
    static int skipSpace(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Whether a text that ends at {@code end} ends with a terminal, closers after it allowed. */
    static boolean endsTerminated(String text, int start, int end) {
        int i = end;
        while (i > start && isCloser(text.charAt(i - 1))) {
            i--;
        }
        return i > start && isTerminal(text.charAt(i - 1));
    }
}
