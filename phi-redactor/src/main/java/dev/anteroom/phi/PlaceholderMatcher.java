package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;

/**
 * Recognises one placeholder character by character, without creating a String: {@code [CATEGORY_n]}, with up to four digits that
 * were kept readable behind the number ({@code [DATE_1 2019]}); also in other letter case, with up to two spaces inside the brackets, or with
 * the Markdown escapes {@code \[}, {@code \_} and {@code \]}.
 * Confined to one thread.
 */
final class PlaceholderMatcher {

    /** Result of a step: the text so far may become a placeholder. */
    static final int MORE = 0;

    /** Result of a step: the character completed a placeholder. */
    static final int MATCH = 1;

    /** Result of a step: the character is not part of a placeholder, nor is what came before. */
    static final int FAIL = 2;

    private static final int ESCAPE = 0;
    private static final int OPEN = 1;
    private static final int NAME = 2;
    private static final int ESCAPED_SEPARATOR = 3;
    private static final int FIRST_DIGIT = 4;
    private static final int DIGITS = 5;
    private static final int CLOSING_SPACE = 6;
    private static final int KEPT = 7;
    private static final int LAST_SPACE = 8;
    private static final int ESCAPED_CLOSE = 9;

    private static final int MOST_SPACES = 2;
    private static final int MOST_DIGITS = 9;
    private static final int MOST_KEPT = 4;

    private static final Trie TRIE = Trie.of(PhiCategory.values());

    private int state;
    private int node;
    private int spaces;
    private int digits;
    private int number;
    private int keptDigits;
    private int kept;
    private boolean escapedOpen;
    private boolean upperCase;

    /** Starts at an opening bracket or at the backslash before one. */
    void begin(char c) {
        state = c == '[' ? OPEN : ESCAPE;
        escapedOpen = c != '[';
        node = 0;
        spaces = 0;
        digits = 0;
        number = 0;
        keptDigits = 0;
        kept = 0;
        upperCase = true;
    }

    /** Takes the next character. */
    int step(char c) {
        return switch (state) {
            case ESCAPE -> {
                state = OPEN;
                yield c == '[' ? MORE : FAIL;
            }
            case OPEN -> {
                if (c == ' ') {
                    yield space();
                }
                state = NAME;
                yield letter(c);
            }
            case NAME -> {
                if (c != '_' && c != '\\') {
                    yield letter(c);
                }
                state = c == '_' ? FIRST_DIGIT : ESCAPED_SEPARATOR;
                yield TRIE.category[node] >= 0 ? MORE : FAIL;
            }
            case ESCAPED_SEPARATOR -> {
                state = FIRST_DIGIT;
                yield c == '_' ? MORE : FAIL;
            }
            case FIRST_DIGIT -> {
                state = DIGITS;
                yield digit(c);
            }
            case DIGITS -> {
                if (c != ' ') {
                    yield TextChars.isDigit(c) ? digit(c) : close(c);
                }
                state = CLOSING_SPACE;
                spaces = 1;
                yield MORE;
            }
            case CLOSING_SPACE -> {
                if (TextChars.isDigit(c)) {
                    state = KEPT;
                    yield kept(c);
                }
                yield c == ' ' ? space() : close(c);
            }
            case KEPT -> {
                if (c != ' ') {
                    yield TextChars.isDigit(c) ? kept(c) : close(c);
                }
                state = LAST_SPACE;
                spaces = 1;
                yield MORE;
            }
            case LAST_SPACE -> c == ' ' ? space() : close(c);
            default -> c == ']' ? MATCH : FAIL;
        };
    }

    /** Returns whether the letters and digits of a stretch all belong to placeholders as they are written. */
    static boolean isAllPlaceholders(String text, int start, int end) {
        PlaceholderMatcher matcher = new PlaceholderMatcher();
        int at = start;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '[') {
                matcher.begin(c);
                int next = at + 1;
                int result = MORE;
                while (next < end && result == MORE) {
                    result = matcher.step(text.charAt(next++));
                }
                if (result == MATCH) {
                    at = next;
                    continue;
                }
            }
            if (Character.isLetterOrDigit(text.codePointAt(at))) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** Returns the position in {@link PhiCategory#values()} of the category that was matched. */
    int category() {
        return TRIE.category[node];
    }

    /** Returns the number that was matched, 0 where it has a leading zero and so is nobody's. */
    int number() {
        return number;
    }

    /** Returns whether the digits behind the number, if there were any, are these. */
    boolean keeps(String digits) {
        return keptDigits == 0 || (keptDigits == digits.length() && kept == Integer.parseInt(digits));
    }

    /** Returns whether the category was written in capitals, as placeholders are. */
    boolean upperCase() {
        return upperCase;
    }

    private int letter(char c) {
        if (!TextChars.isAsciiLetter(c)) {
            return FAIL;
        }
        if (c >= 'a') {
            upperCase = false;
        }
        node = TRIE.next[node * 32 + (c & 31)];
        return node == 0 ? FAIL : MORE;
    }

    private int digit(char c) {
        if (!TextChars.isDigit(c) || ++digits > MOST_DIGITS) {
            return FAIL;
        }
        number = digits > 1 && number == 0 ? 0 : number * 10 + (c - '0');
        return MORE;
    }

    private int kept(char c) {
        kept = kept * 10 + (c - '0');
        return ++keptDigits > MOST_KEPT ? FAIL : MORE;
    }

    private int space() {
        return ++spaces > MOST_SPACES ? FAIL : MORE;
    }

    private int close(char c) {
        if (c == ']') {
            return MATCH;
        }
        state = ESCAPED_CLOSE;
        return c == '\\' && escapedOpen ? MORE : FAIL;
    }

    /** Category names as a letter tree; node 0 is the root, and no edge leads back to it. */
    private static final class Trie {

        final char[] next;
        final byte[] category;

        private Trie(char[] next, byte[] category) {
            this.next = next;
            this.category = category;
        }

        static Trie of(PhiCategory[] categories) {
            List<char[]> nodes = new ArrayList<>();
            List<Byte> category = new ArrayList<>();
            nodes.add(new char[32]);
            category.add((byte) -1);
            for (int i = 0; i < categories.length; i++) {
                int node = 0;
                for (char c : categories[i].name().toCharArray()) {
                    int edge = c & 31;
                    if (nodes.get(node)[edge] == 0) {
                        nodes.get(node)[edge] = (char) nodes.size();
                        nodes.add(new char[32]);
                        category.add((byte) -1);
                    }
                    node = nodes.get(node)[edge];
                }
                category.set(node, (byte) i);
            }
            char[] next = new char[nodes.size() * 32];
            byte[] ends = new byte[nodes.size()];
            for (int i = 0; i < ends.length; i++) {
                System.arraycopy(nodes.get(i), 0, next, i * 32, 32);
                ends[i] = category.get(i);
            }
            return new Trie(next, ends);
        }
    }
}
