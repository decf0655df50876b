package dev.anteroom.phi;

import java.util.Arrays;

/**
 * A folded text cut into letter runs, digit runs and single other characters; white space is between tokens.
 * Immutable.
 */
public final class Tokens {

    /** What a token is made of. */
    public enum Kind {
        /** Letters. */
        WORD,
        /** ASCII digits. */
        NUMBER,
        /** One other character. */
        MARK
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int[] NONE = new int[0];

    private static final int KIND = 3;
    static final int WORD = 0;
    static final int NUMBER = 1;
    static final int MARK = 2;
    private static final int NUMBER_BIT = 0;
    private static final int MARK_BIT = 1;
    private static final int SPACE_BIT = 2;
    private static final int SPACE = 1 << SPACE_BIT;
    private static final int LINE_BIT = 3;
    private static final int LINE = 1 << LINE_BIT;
    private static final int UPPER_FIRST_BIT = 4;
    private static final int UPPER_FIRST = 1 << UPPER_FIRST_BIT;
    private static final int UPPER_ANY = 32;
    private static final int LOWER_ANY = 64;

    /** Of a mark: a full stop or a comma. */
    private static final int STOP_BIT = 5;

    private static final int STOP = 1 << STOP_BIT;

    private static final int QUIET_BIT = 7;

    /** Flags are looked at from two tokens behind one on, eight at once. */
    private static final int FLAGS_BEHIND = Long.BYTES + 2;

    /** A word, or a mark, with which no rule begins if it stands by itself. */
    private static final int QUIET = 1 << QUIET_BIT;

    /** Classes of characters, a bit each, so that a word can say which it has. */
    private static final int LOWER = 1;

    private static final int UPPER = 2;
    private static final int LETTER = LOWER | UPPER;
    private static final int DIGIT = 4;
    private static final int WHITE = 8;
    private static final int BREAK = 16;

    /** Besides: a letter that is not ASCII. */
    private static final int FOREIGN = 32;

    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            int kind = c >= 'a' && c <= 'z'
                    ? LOWER
                    : c >= 'A' && c <= 'Z'
                            ? UPPER
                            : c >= '0' && c <= '9'
                                    ? DIGIT
                                    : c == '\n' || c == '\r' || c == '\f' || c == 0x0B
                                            ? BREAK
                                            : c <= ' ' || c == 127 ? WHITE : 0;
            CLASSES[c] = (byte) kind;
        }
    }

    private final char[] chars;
    private int[] starts;
    private int[] ends;
    private char[] words;

    /** The character of a mark, 0 of other tokens and behind the last: what is asked most is answered by one look. */
    private char[] marks;

    private byte[] flags;
    private int count;
    private boolean lowerCase;

    /** A bit a token: a rule may begin with it, a line begins with it, it is no word. */
    private long[] loud = {};

    private long[] lines = {};
    private long[] signs = {};

    private int[] suspects = NONE;
    private int suspectCount;

    private Tokens(FoldedText text) {
        chars = text.array();
        // Clinical prose has a token for every four to five characters, a single value for two; what has more grows.
        int room = Math.min(text.length() / 2 + 1, text.length() / 4 + 16);
        starts = new int[room];
        ends = new int[room];
        words = new char[room];
        marks = new char[room];
        flags = new byte[room + FLAGS_BEHIND];
    }

    static Tokens of(FoldedText text) {
        Tokens tokens = new Tokens(text);
        tokens.cut(text.narrow(text.length() + 2 * Long.BYTES), text.length());
        tokens.setBits();
        return tokens;
    }

    private static int classOf(char c) {
        if (c < 128) {
            return CLASSES[c];
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? UPPER | FOREIGN : LOWER | FOREIGN;
        }
        return Character.isWhitespace(c) ? WHITE : 0;
    }

    private void cut(byte[] narrow, int length) {
        char[] text = chars;
        int at = 0;
        int between = LINE;
        int stretch = 0;
        while (at < length) {
            char c = text[at];
            int kind = classOf(c);
            if ((kind & (WHITE | BREAK)) != 0) {
                between |= kind == BREAK ? SPACE | LINE : SPACE;
                stretch = ++at;
                continue;
            }
            int start = at;
            int flag = between;
            between = 0;
            int word = 0;
            char mark = 0;
            boolean plain = false;
            if ((kind & LETTER) != 0) {
                // Sixteen letters of ASCII hold nearly every word.
                long first = EightChars.at(narrow, at);
                long letters = EightChars.letters(first);
                long inside = EightChars.before(letters);
                long capitals = EightChars.capitals(first, letters) & inside;
                long smalls = letters & ~capitals & inside;
                first &= inside;
                at += EightChars.count(inside);
                long last = 0;
                if (inside == -1L) {
                    last = EightChars.at(narrow, at);
                    letters = EightChars.letters(last);
                    inside = EightChars.before(letters);
                    long more = EightChars.capitals(last, letters) & inside;
                    smalls |= letters & ~more & inside;
                    capitals |= more;
                    last &= inside;
                    at += EightChars.count(inside);
                }
                int seen = capitals != 0 ? UPPER : 0;
                seen |= smalls != 0 ? LOWER : 0;
                boolean shortWord = true;
                while (at < length && ((kind = classOf(text[at])) & LETTER) != 0) {
                    seen |= kind;
                    at++;
                    shortWord = false;
                }
                word = shortWord ? Lexicon.find(first, last) : Lexicon.findLong(text, start, at);
                flag |= WORD | (seen & LOWER) * LOWER_ANY;
                boolean name = false;
                if ((seen & UPPER) != 0) {
                    boolean upperFirst = (classOf(c) & UPPER) != 0;
                    flag |= upperFirst ? UPPER_ANY | UPPER_FIRST : UPPER_ANY;
                    name = upperFirst && (seen & LOWER) != 0 && NameContextRecognizer.begins(word);
                }
                if (!name && !StructuralDetector.begins(word, c, at - start)) {
                    flag |= QUIET;
                }
                lowerCase |= (seen & LOWER) != 0;
                plain = stretch == start && seen == LOWER;
            } else if (kind == DIGIT) {
                do {
                    at++;
                } while (at < length && text[at] >= '0' && text[at] <= '9');
                flag |= NUMBER;
            } else {
                at++;
                flag |= StructuralDetector.begins(c) ? MARK : MARK | QUIET;
                flag |= c == '.' || c == ',' ? STOP : 0;
                mark = c;
                if (!EncodedTexts.isDense(c)) {
                    if (EncodedTexts.begins(c)) {
                        addSuspect(c == '=' ? stretch : start);
                    }
                    stretch = at;
                }
            }
            if (at - stretch >= EncodedTexts.SHORTEST
                    ? !plain
                    : at - stretch >= EncodedTexts.SHORTEST_LABELLED && stretch > 1 && text[stretch - 2] == ':') {
                addSuspect(stretch);
            }
            if (count == starts.length) {
                grow();
            }
            starts[count] = start;
            ends[count] = at;
            words[count] = (char) word;
            marks[count] = mark;
            flags[count++] = (byte) flag;
            // Nearly every word is followed by one space.
            if (at < length && text[at] == ' ') {
                between = SPACE;
                stretch = ++at;
            }
        }
    }

    /** Sets the bits that are asked of many tokens, of eight at once: which have them is hard to foresee. */
    private void setBits() {
        flags[count] = SPACE;
        int rows = count / Long.SIZE + 1;
        loud = new long[rows];
        lines = new long[rows];
        signs = new long[rows];
        for (int i = 0; i < count; i += Long.BYTES) {
            long here = EightChars.at(flags, i);
            long next = EightChars.at(flags, i + 1);
            long afterNext = EightChars.at(flags, i + 2);
            // Of each byte the highest bit is what is asked. A capital before a full stop may be an initial.
            long stopped = ~(here << QUIET_BIT - UPPER_FIRST_BIT)
                    & next << QUIET_BIT - MARK_BIT
                    & next << QUIET_BIT - STOP_BIT
                    & afterNext << QUIET_BIT - SPACE_BIT;
            long quiet = here & (next << QUIET_BIT - SPACE_BIT | stopped);
            long sign = here << QUIET_BIT - NUMBER_BIT | here << QUIET_BIT - MARK_BIT;
            loud[i / Long.SIZE] |= EightChars.bits(~quiet) << i;
            lines[i / Long.SIZE] |= EightChars.bits(here << QUIET_BIT - LINE_BIT) << i;
            signs[i / Long.SIZE] |= EightChars.bits(sign) << i;
        }
    }

    private void grow() {
        int room = count + (count >> 1) + 8;
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
        words = Arrays.copyOf(words, room);
        marks = Arrays.copyOf(marks, room);
        flags = Arrays.copyOf(flags, room + FLAGS_BEHIND);
    }

    private void addSuspect(int offset) {
        if (suspectCount == suspects.length) {
            suspects = Arrays.copyOf(suspects, 2 * suspectCount + 8);
        }
        suspects[suspectCount++] = offset;
    }

    /** Returns how many places there are where text in disguise may begin. */
    int suspectCount() {
        return suspectCount;
    }

    /**
     * Returns the offset of such a place: the sign that begins an escape, or the first letter, digit or sign of base64 in a row that is too long
     * for a word, or has padding or a label.
     */
    int suspect(int index) {
        return suspects[index];
    }

    /** Returns the number of tokens. */
    public int count() {
        return count;
    }

    /** Returns the first folded char of a token. */
    public int start(int token) {
        return starts[token];
    }

    /** Returns the folded char after a token. */
    public int end(int token) {
        return ends[token];
    }

    /** Returns what a token is made of. */
    public Kind kind(int token) {
        return KINDS[flags[token] & KIND];
    }

    /** Returns the same as a number. */
    int code(int token) {
        return flags[token] & KIND;
    }

    /** Returns whether white space, or the beginning of the text, stands before a token; true after the last one. */
    public boolean spaceBefore(int token) {
        return !has(token) || (flags[token] & (SPACE | LINE)) != 0;
    }

    /** Returns whether a line begins with a token; true after the last one. */
    public boolean lineBefore(int token) {
        return !has(token) || (flags[token] & LINE) != 0;
    }

    /**
     * Returns the first token, from one on, with which a rule may begin, or the number of tokens. None begins with a word that announces nothing
     * and is not written like a name, nor with a mark, where white space follows, or the full stop or comma before white space.
     */
    int nextLoud(int from) {
        return next(loud, from);
    }

    /** Returns the first token, from one on, with which a line begins, or the number of tokens. */
    int nextLine(int from) {
        return next(lines, from);
    }

    /** Returns the first token of {@code [from, to)} that is no word, or one that is not before {@code to}; looks no further. */
    int nextSign(int from, int to) {
        int at = from;
        while (at < to) {
            long rest = signs[at / Long.SIZE] >>> at;
            if (rest != 0) {
                return at + Long.numberOfTrailingZeros(rest);
            }
            at = (at / Long.SIZE + 1) * Long.SIZE;
        }
        return to;
    }

    private int next(long[] bits, int from) {
        int row = from / Long.SIZE;
        long rest = bits[row] & -1L << from;
        while (rest == 0 && ++row < bits.length) {
            rest = bits[row];
        }
        return rest == 0 ? count : Math.min(count, row * Long.SIZE + Long.numberOfTrailingZeros(rest));
    }

    boolean has(int token) {
        return token >= 0 && token < count;
    }

    boolean word(int token) {
        return has(token) && (flags[token] & KIND) == WORD;
    }

    boolean number(int token) {
        return has(token) && (flags[token] & KIND) == NUMBER;
    }

    boolean mark(int token) {
        return token >= 0 && token < marks.length && marks[token] != 0;
    }

    boolean mark(int token, char c) {
        return token >= 0 && token < marks.length && marks[token] == c;
    }

    /** Returns whether a token stands directly after the one before it. */
    boolean attached(int token) {
        return token > 0 && token < count && (flags[token] & (SPACE | LINE)) == 0;
    }

    boolean attachedMark(int token, char c) {
        return attached(token) && mark(token, c);
    }

    /** Returns whether a token stands directly after this mark. */
    boolean attachedTo(int token, char c) {
        return attached(token) && mark(token - 1, c);
    }

    /** Returns whether a token stands directly after a word. */
    boolean attachedToWord(int token) {
        return attached(token) && word(token - 1);
    }

    boolean attachedNumber(int token) {
        return attached(token) && number(token);
    }

    boolean attachedWord(int token) {
        return attached(token) && word(token);
    }

    int length(int token) {
        return ends[token] - starts[token];
    }

    char first(int token) {
        return chars[starts[token]];
    }

    /** Returns the folded text from a token to the last before another one. */
    String text(int from, int to) {
        return new String(chars, starts[from], ends[to - 1] - starts[from]);
    }

    /** Writes a token in lower case at an offset, and returns the offset after it. */
    int lower(int token, char[] into, int offset) {
        int at = offset;
        for (int i = starts[token]; i < ends[token]; i++) {
            into[at++] = Lexicon.lower(chars[i]);
        }
        return at;
    }

    /** Returns the token that begins at a char, from a token on, or -1 where none does. */
    int startingAt(int start, int from) {
        int token = from;
        while (token < count && starts[token] < start) {
            token++;
        }
        return token < count && starts[token] == start ? token : -1;
    }

    /** Returns the token after the one that ends before a char, from a token on, or -1 where none does. */
    int endingAt(int end, int from) {
        int token = from;
        while (token < count && ends[token] < end) {
            token++;
        }
        return token < count && ends[token] == end ? token + 1 : -1;
    }

    /** Returns whether a token is a word that begins with a capital and goes on in lower case, or is one capital. */
    boolean capitalised(int token) {
        return word(token)
                && (flags[token] & UPPER_FIRST) != 0
                && ((flags[token] & LOWER_ANY) != 0 || length(token) == 1);
    }

    boolean upperFirst(int token) {
        return word(token) && (flags[token] & UPPER_FIRST) != 0;
    }

    /** Returns whether a token is a word of capitals only. */
    boolean allCapitals(int token) {
        return word(token) && (flags[token] & LOWER_ANY) == 0;
    }

    /** Returns whether a token is a word with a capital after a small letter, as in the names of fields. */
    boolean camelCase(int token) {
        if (!word(token) || (flags[token] & (UPPER_ANY | LOWER_ANY)) != (UPPER_ANY | LOWER_ANY)) {
            return false;
        }
        for (int i = starts[token] + 1; i < ends[token]; i++) {
            if (Character.isUpperCase(chars[i]) && Character.isLowerCase(chars[i - 1])) {
                return true;
            }
        }
        return false;
    }

    boolean lowerCase(int token) {
        return word(token) && (flags[token] & UPPER_ANY) == 0;
    }

    /** Returns whether any word of the text has a lower-case letter. */
    boolean anyLowerCase() {
        return lowerCase;
    }

    /** Returns the word's number in the lexicon, or 0. */
    int wordId(int token) {
        return token >= 0 && token < count ? words[token] : 0;
    }

    /** Returns the classes of a word, none where it is not in the lexicon. */
    long classes(int token) {
        return Lexicon.classes(words[token]);
    }

    /** Returns whether a token is a word of any of these classes. */
    boolean is(int token, long classes) {
        return token >= 0 && token < count && (Lexicon.classes(words[token]) & classes) != 0;
    }

    /** Returns whether a token is this word, in any case. */
    boolean is(int token, String lowerCaseWord) {
        if (!word(token) || length(token) != lowerCaseWord.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseWord.length(); i++) {
            if (Lexicon.lower(chars[starts[token] + i]) != lowerCaseWord.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the value of a number of at most nine digits, or -1. */
    int value(int token) {
        if (!number(token) || length(token) > 9) {
            return -1;
        }
        int value = 0;
        for (int i = starts[token]; i < ends[token]; i++) {
            value = value * 10 + chars[i] - '0';
        }
        return value;
    }

    /** Returns the value of the digits {@code [from, to)} of a number. */
    int digits(int token, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + chars[starts[token] + i] - '0';
        }
        return value;
    }

    /** Returns whether a token is the first of a sentence, a line or a list item. */
    boolean sentenceStart(int token) {
        if (lineBefore(token)) {
            return true;
        }
        char before = chars[ends[token - 1] - 1];
        return before == '.'
                || before == '!'
                || before == '?'
                || before == ':'
                || before == '"'
                || (before == '-' && spaceBefore(token));
    }

    @Override
    public String toString() {
        return "Tokens[" + count + "]";
    }
}
