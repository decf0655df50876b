package dev.anteroom.phi;

/**
 * How a machine writes what a reader does not see, within a text: character references, backslash escapes, inline markup between digits, and the
 * line break after a hyphen that goes on in the next line.
 * Stateless. Every look ahead is bounded.
 */
final class Writing {

    /** The character stands for itself. */
    static final int PLAIN = 0;

    private static final int WIDTH_SHIFT = 16;
    private static final int NOTHING = 0;
    private static final int LONGEST_TAG = 64;
    private static final int LONGEST_REFERENCE = 9;
    private static final int MOST_MARKS = 4;
    private static final int DEEPEST_INDENT = 16;

    private static final boolean[] BEGINS = new boolean[128];
    private static final String INLINE =
            " b i u s em strong span sup sub small big font mark code tt ins del strike wbr br/ ";
    private static final String[] NAMES = {"nbsp", "ndash", "mdash", "shy", "quot", "apos", "lt", "gt", "amp", "hyphen"
    };
    private static final String CHARACTERS = " --\u00AD\"'<>&-";

    static {
        for (char c : "<&\\*_+\n\r".toCharArray()) {
            BEGINS[c] = true;
        }
    }

    private Writing() {}

    /** Returns whether a character can begin something that is read differently. */
    static boolean begins(char c) {
        return c < 128 && BEGINS[c];
    }

    /** Returns the offset of the next character that is not ASCII or {@link #begins} something, or the length. */
    static int plainEnd(char[] chars, int from, int length) {
        for (int i = from; i < length; i++) {
            if (chars[i] >= 128 || BEGINS[chars[i]]) {
                return i;
            }
        }
        return length;
    }

    /**
     * Returns how what stands at an offset is read, {@link #PLAIN} where it is read as it stands.
     *
     * @param chars the text
     * @param at offset of a character that {@link #begins}
     * @param before what has been read so far
     * @param read its length
     */
    static int at(char[] chars, int at, int length, char[] before, int read) {
        char previous = read > 0 ? before[read - 1] : ' ';
        return switch (chars[at]) {
            case '&' -> reference(chars, at, length);
            case '+' -> plus(chars, at, length, previous);
            case '\\' -> escape(chars, at, length);
            case '\n', '\r' ->
                (previous == '-' || previous == '@') && read > 1 && Character.isLetterOrDigit(before[read - 2])
                        ? lineBreak(chars, at, length, previous)
                        : PLAIN;
            default -> markup(chars, at, length, before, read);
        };
    }

    /** Returns how many characters of the text a reading covers. */
    static int width(int reading) {
        return reading >>> WIDTH_SHIFT;
    }

    /** Returns the character that is read, not yet folded, or -1 where none is. */
    static int character(int reading) {
        int c = reading & 0xFFFF;
        return c == NOTHING ? -1 : c;
    }

    private static int reading(int width, int c) {
        return width << WIDTH_SHIFT | c;
    }

    private static int folded(int width, int value) {
        if (value <= 0 || value > 0xFFFF || Character.isSurrogate((char) value)) {
            return PLAIN;
        }
        return reading(width, value >= 128 && Folding.basic((char) value) == Folding.DROP ? NOTHING : value);
    }

    private static int reference(char[] chars, int at, int length) {
        int end = at + 1;
        while (end < length && end - at < LONGEST_REFERENCE && chars[end] != ';') {
            end++;
        }
        if (end >= length || chars[end] != ';' || end - at < 3) {
            return PLAIN;
        }
        if (chars[at + 1] == '#') {
            boolean hexadecimal = chars[at + 2] == 'x' || chars[at + 2] == 'X';
            return folded(end + 1 - at, number(chars, hexadecimal ? at + 3 : at + 2, end, hexadecimal ? 16 : 10));
        }
        for (int i = 0; i < NAMES.length; i++) {
            if (same(NAMES[i], chars, at + 1, end)) {
                return folded(end + 1 - at, CHARACTERS.charAt(i));
            }
        }
        return PLAIN;
    }

    private static boolean same(String name, char[] chars, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Lexicon.lower(chars[from + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(char[] chars, int from, int to, int radix) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(chars[i], radix);
            if (digit < 0 || value > 0xFFFF) {
                return -1;
            }
            value = value * radix + digit;
        }
        return from == to ? -1 : value;
    }

    private static int escape(char[] chars, int at, int length) {
        if (at + 1 >= length) {
            return PLAIN;
        }
        return switch (chars[at + 1]) {
            case 'n', 'r' -> reading(2, '\n');
            case 't' -> reading(2, '\t');
            case '"', '/', '-', '\'' -> reading(2, chars[at + 1]);
            case 'u' -> at + 6 <= length ? folded(6, number(chars, at + 2, at + 6, 16)) : PLAIN;
            default -> PLAIN;
        };
    }

    private static int lineBreak(char[] chars, int at, int length, char joint) {
        int next = at;
        while (next < length && next - at < DEEPEST_INDENT && chars[next] <= ' ') {
            next++;
        }
        boolean more = next < length
                && (joint == '@'
                        ? Character.isLetterOrDigit(chars[next])
                        : isDigit(chars[next]) || isMailbox(chars, next, length));
        return more ? reading(next - at, NOTHING) : PLAIN;
    }

    /** Whether the run of characters at an offset goes on to the sign of an address. */
    private static boolean isMailbox(char[] chars, int from, int length) {
        int at = from;
        while (at < length
                && at - from < LONGEST_TAG
                && (Character.isLetterOrDigit(chars[at]) || chars[at] == '.' || chars[at] == '_' || chars[at] == '-')) {
            at++;
        }
        return at > from && at + 1 < length && chars[at] == '@' && Character.isLetterOrDigit(chars[at + 1]);
    }

    /** A plus sign between the parts of a number or date, which is how forms on the net write a space. */
    private static int plus(char[] chars, int at, int length, char previous) {
        if (at == 0 || at + 1 >= length) {
            return PLAIN;
        }
        char next = chars[at + 1];
        boolean digits = isDigit(next)
                && (previous == '.' || isDigit(previous))
                && (run(chars, at, -1) >= 3 || run(chars, at, 1) >= 3);
        boolean mixed = (isDigit(previous) && TextChars.isAsciiLetter(next))
                || (TextChars.isAsciiLetter(previous) && isDigit(next));
        return (digits || mixed) && !percentEncoded(chars, at, length) ? reading(1, ' ') : PLAIN;
    }

    /** Whether the run of characters around an offset has percent signs, and so is decoded as a whole elsewhere. */
    private static boolean percentEncoded(char[] chars, int at, int length) {
        for (int i = at; i >= 0 && at - i < LONGEST_TAG && chars[i] > ' '; i--) {
            if (chars[i] == '%') {
                return true;
            }
        }
        for (int i = at; i < length && i - at < LONGEST_TAG && chars[i] > ' '; i++) {
            if (chars[i] == '%') {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of digits beside an offset, up to three. */
    private static int run(char[] chars, int at, int step) {
        int digits = 0;
        for (int i = at + step; digits < 3 && i >= 0 && i < chars.length && isDigit(chars[i]); i += step) {
            digits++;
        }
        return digits;
    }

    private static int markup(char[] chars, int at, int length, char[] before, int read) {
        char previous = read > 0 ? before[read - 1] : ' ';
        int next = at;
        int marks = 0;
        for (; marks < MOST_MARKS && next < length; marks++) {
            int end = markEnd(chars, next, length);
            if (end == next) {
                break;
            }
            next = end;
        }
        if (next == at || next >= length) {
            return PLAIN;
        }
        boolean number =
                isNumberPart(previous) && isNumberPart(chars[next]) && (isDigit(previous) || isDigit(chars[next]));
        boolean address = (previous == '@' && Character.isLetterOrDigit(chars[next]))
                || (chars[next] == '@' && Character.isLetterOrDigit(previous));
        boolean spaced = chars[at] == '<'
                && ((previous == ' ' && isDigit(chars[next]))
                        || (previous == ' ' && Character.isLetter(chars[next]) && closesInside(chars, next, length))
                        || (marks == 1
                                && chars[at + 1] != '/'
                                && isCode(previous)
                                && (chars[next] == ' ' || chars[next] == ',')));
        boolean code = chars[at] == '<' && marks == 1 && goesOn(chars, next, length, before, read);
        return number || address || spaced || code ? reading(next - at, NOTHING) : PLAIN;
    }

    /** Whether a tag stands inside a word, a code or an address, so that a reader sees one run of characters. */
    private static boolean goesOn(char[] chars, int next, int length, char[] before, int read) {
        char previous = before[Math.max(read - 1, 0)];
        char c = chars[next];
        if (read == 0 || !(isCode(previous) || isJoint(previous))) {
            return false;
        }
        if (Character.isLetter(previous) && Character.isLetter(c)) {
            return Character.isUpperCase(previous) || !Character.isUpperCase(c) || insideCode(before, read);
        }
        if (previous == '.' && read > 1 && Character.isLetterOrDigit(before[read - 2]) && Character.isLowerCase(c)) {
            return true;
        }
        boolean joint = isJoint(c) && next + 1 < length && (isCode(chars[next + 1]) || chars[next + 1] == '/');
        return (isCode(c) || joint) && (insideCode(before, read) || closesInside(chars, next, length));
    }

    /** Whether the run of characters before an offset shows by a digit or a mark inside it that it is no word. */
    private static boolean insideCode(char[] before, int read) {
        for (int i = read - 1; i >= 0 && read - i < LONGEST_TAG && before[i] > ' ' && before[i] != '>'; i--) {
            if (isDigit(before[i])
                    || before[i] == '@'
                    || before[i] == '_'
                    || before[i] == '+'
                    || ((before[i] == '.' || before[i] == ':') && i < read - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the next tag after an offset has letters or digits on both sides too, so that the two cut a piece out of one run. */
    private static boolean closesInside(char[] chars, int from, int length) {
        for (int i = from; i < length && i - from < LONGEST_TAG && chars[i] > ' '; i++) {
            if (chars[i] == '<') {
                int end = markEnd(chars, i, length);
                return end > i && chars[i + 1] == '/' && end < length && isCode(chars[end]) && chars[end] != '.';
            }
        }
        return false;
    }

    private static boolean isJoint(char c) {
        return c == ':' || c == '/' || c == '?' || c == '#' || c == '=' || c == '&' || c == '+' || c == '_' || c == '-';
    }

    private static int markEnd(char[] chars, int at, int length) {
        char c = chars[at];
        if (c == '*' || c == '_') {
            return at + 1 < length && chars[at + 1] == c && !(at + 2 < length && chars[at + 2] == c) ? at + 2 : at;
        }
        if (c != '<') {
            return at;
        }
        int name = at + 1 < length && chars[at + 1] == '/' ? at + 2 : at + 1;
        int end = name;
        while (end < length && end - name < 8 && TextChars.isAsciiLetter(chars[end])) {
            end++;
        }
        if (end == name
                || !INLINE.contains(
                        " " + new String(chars, name, end - name).toLowerCase(java.util.Locale.ROOT) + " ")) {
            return at;
        }
        while (end < length && end - at < LONGEST_TAG && chars[end] != '>' && chars[end] != '<') {
            end++;
        }
        return end < length && chars[end] == '>' ? end + 1 : at;
    }

    private static boolean isCode(char c) {
        return c == '.' || Character.isLetterOrDigit(c);
    }

    private static boolean isNumberPart(char c) {
        return isDigit(c) || c == '-' || c == '/' || c == '.' || c == '(' || c == ')' || c == '+';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
