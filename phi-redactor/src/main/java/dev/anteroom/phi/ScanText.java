package dev.anteroom.phi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One decoded token of the outbound scan, and its folded core: the letters and digits alone, with the places where words start.
 * Confined to one scan. Fields are read by the scan directly.
 */
final class ScanText {

    private static final int FIRST_ROOM = 512;

    /** Digits that may stand behind the number of a placeholder. */
    private static final int MOST_KEPT = 4;

    /** Stands in the core for a placeholder, so that nothing is found across one. */
    private static final char BARRIER = 2;

    char[] text;
    int length;

    char[] core;
    int coreLength;

    /** Word starts, in order: where in the core, and where in the text. */
    int[] wordCore;

    int[] wordText;
    int wordCount;

    /** By core position: whether a word starts there, so that the one before ends. */
    private boolean[] starts;

    private boolean backslash;
    private boolean percent;

    ScanText() {
        this(FIRST_ROOM);
    }

    /** A text with room for so many characters at first. */
    ScanText(int room) {
        text = new char[room];
        core = new char[room];
        wordCore = new int[room / 4];
        wordText = new int[room / 4];
        starts = new boolean[room + 1];
    }

    void clear() {
        length = 0;
    }

    void set(String value) {
        room(value.length());
        value.getChars(0, value.length(), text, 0);
        length = value.length();
    }

    void add(char c) {
        if (length == text.length) {
            room(length + 1);
        }
        text[length++] = c;
    }

    /** Makes room for so many characters in all. */
    void room(int wanted) {
        if (wanted > text.length) {
            text = Arrays.copyOf(text, Math.max(wanted, text.length * 2));
        }
    }

    String toText() {
        return new String(text, 0, length);
    }

    boolean hasBackslash() {
        return backslash;
    }

    boolean hasPercent() {
        return percent;
    }

    char[] core() {
        return Arrays.copyOf(core, coreLength);
    }

    boolean wordEndsAt(int corePosition) {
        return corePosition == coreLength || starts[corePosition];
    }

    /** Returns whether the character at a text position belongs to the word before it. */
    boolean wordGoesOnAt(int at) {
        if (at == length) {
            return false;
        }
        if (Character.isHighSurrogate(text[at]) && at + 1 < length && Character.isLowSurrogate(text[at + 1])) {
            return ScanFold.foldPair(text[at], text[at + 1]) != ScanFold.SEPARATOR;
        }
        return !Character.isSurrogate(text[at]) && ScanFold.fold(text[at]) != ScanFold.SEPARATOR;
    }

    /** Returns the text from its first word to the end of its last, once it is folded. */
    char[] trimmed() {
        int to = wordText[wordCount - 1];
        while (wordGoesOnAt(to)) {
            to += Character.isSurrogate(text[to]) ? 2 : 1;
        }
        return Arrays.copyOfRange(text, wordText[0], to);
    }

    /** Makes the core of the text as it is now. */
    void fold() {
        int n = length;
        if (core.length < n) {
            core = new char[text.length];
            starts = new boolean[text.length + 1];
            wordCore = new int[text.length / 2 + 1];
            wordText = new int[text.length / 2 + 1];
        } else if (wordCore.length < n / 2 + 1) {
            wordCore = new int[n / 2 + 1];
            wordText = new int[n / 2 + 1];
        }
        char[] chars = text;
        char[] folded = core;
        boolean[] begins = starts;
        int count = 0;
        int words = 0;
        boolean inWord = false;
        boolean sawBackslash = false;
        boolean sawPercent = false;
        for (int i = 0; i < n; i++) {
            char c = chars[i];
            char plain = ScanFold.fold(c);
            if (plain > ScanFold.NOTHING) {
                int start = i;
                char second = 0;
                if (Character.isSurrogate(c)) {
                    if (!Character.isHighSurrogate(c) || i + 1 == n || !Character.isLowSurrogate(chars[i + 1])) {
                        inWord = false;
                        continue;
                    }
                    plain = ScanFold.foldPair(c, chars[++i]);
                    if (plain == ScanFold.SEPARATOR) {
                        inWord = false;
                        continue;
                    }
                    if (plain == ScanFold.NOTHING) {
                        plain = c;
                        second = chars[i];
                    }
                }
                begins[count] = !inWord;
                if (!inWord) {
                    wordCore[words] = count;
                    wordText[words++] = start;
                    inWord = true;
                }
                folded[count++] = plain;
                if (second != 0) {
                    begins[count] = false;
                    folded[count++] = second;
                }
            } else if (plain == ScanFold.SEPARATOR) {
                inWord = false;
                if (c == '\\') {
                    sawBackslash = true;
                } else if (c == '%') {
                    sawPercent |= i + 2 < n && hex(chars[i + 1]) >= 0 && hex(chars[i + 2]) >= 0;
                } else if (c == '[') {
                    int end = placeholderEnd(i);
                    if (end > 0) {
                        begins[count] = true;
                        folded[count++] = BARRIER;
                        i = end - 1;
                    }
                }
            }
        }
        coreLength = count;
        wordCount = words;
        backslash = sawBackslash;
        percent = sawPercent;
    }

    /** Returns where the placeholder that opens here ends, or 0 where there is none. */
    private int placeholderEnd(int open) {
        int at = open + 1;
        while (at < length && text[at] >= 'A' && text[at] <= 'Z') {
            at++;
        }
        if (at == open + 1 || at == length || text[at] != '_') {
            return 0;
        }
        int digits = ++at;
        while (at < length && TextChars.isDigit(text[at])) {
            at++;
        }
        if (at == digits) {
            return 0;
        }
        if (at < length && text[at] == ' ') {
            int kept = at + 1;
            while (at + 1 < length && at + 1 - kept < MOST_KEPT && TextChars.isDigit(text[at + 1])) {
                at++;
            }
            at++;
        }
        return at < length && text[at] == ']' ? at + 1 : 0;
    }

    /** Undoes one level of JSON escapes in place; what is no escape loses only its backslash. */
    void unescape() {
        int to = 0;
        for (int from = 0; from < length; from++) {
            char c = text[from];
            if (c == '\\' && from + 1 < length) {
                c = text[++from];
                switch (c) {
                    case 'b', 'f', 'n', 'r', 't' -> c = ' ';
                    case 'u' -> {
                        int code = from + 4 < length ? hex4(from + 1) : -1;
                        if (code >= 0) {
                            c = (char) code;
                            from += 4;
                        }
                    }
                    default -> {}
                }
            }
            text[to++] = c;
        }
        length = to;
    }

    /** Returns a text of its own with the percent escapes undone, read as UTF-8. */
    ScanText percentDecoded() {
        byte[] source = toText().getBytes(StandardCharsets.UTF_8);
        int to = 0;
        for (int from = 0; from < source.length; from++) {
            byte b = source[from];
            if (b == '%' && from + 2 < source.length) {
                int high = hex((char) source[from + 1]);
                int low = hex((char) source[from + 2]);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    from += 2;
                }
            }
            source[to++] = b;
        }
        ScanText decoded = new ScanText();
        decoded.set(new String(source, 0, to, StandardCharsets.UTF_8));
        return decoded;
    }

    private int hex4(int at) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hex(text[at + i]);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
