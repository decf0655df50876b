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

    private static final int KIND = 3;
    static final int WORD = 0;
    static final int NUMBER = 1;
    static final int MARK = 2;
    private static final int SPACE = 4;
    private static final int LINE = 8;
    private static final int UPPER_FIRST = 16;
    private static final int UPPER_ANY = 32;
    private static final int LOWER_ANY = 64;

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

    private Tokens(FoldedText text) {
        chars = text.array();
        // Clinical prose has a token for every four to five characters; what has more grows.
        int room = Math.min(text.length(), text.length() / 4 + 16);
        starts = new int[room];
        ends = new int[room];
        words = new char[room];
        marks = new char[room];
        flags = new byte[room];
    }

    static Tokens of(FoldedText text) {
        Tokens tokens = new Tokens(text);
        tokens.cut(text.length());
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

    private void cut(int length) {
        int at = 0;
        int between = LINE;
        while (at < length) {
            int kind = classOf(chars[at]);
            if ((kind & (WHITE | BREAK)) != 0) {
                between |= kind == BREAK ? SPACE | LINE : SPACE;
                at++;
                continue;
            }
            int start = at;
            int flag = between;
            between = 0;
            int word = 0;
            if ((kind & LETTER) != 0) {
                int seen = 0;
                long key = 0;
                do {
                    seen |= kind;
                    key = Lexicon.key(key, chars[at++]);
                } while (at < length && ((kind = classOf(chars[at])) & LETTER) != 0);
                flag |= WORD
                        | ((classOf(chars[start]) & UPPER) != 0 ? UPPER_FIRST : 0)
                        | ((seen & UPPER) != 0 ? UPPER_ANY : 0)
                        | ((seen & LOWER) != 0 ? LOWER_ANY : 0);
                word = at - start <= Lexicon.KEY_LETTERS && (seen & FOREIGN) == 0
                        ? Lexicon.find(key)
                        : Lexicon.findLong(chars, start, at);
                lowerCase |= (seen & LOWER) != 0;
            } else if (kind == DIGIT) {
                do {
                    at++;
                } while (at < length && chars[at] >= '0' && chars[at] <= '9');
                flag |= NUMBER;
            } else {
                at++;
                flag |= MARK;
            }
            add(start, at, word, (byte) flag);
            if ((flag & KIND) == MARK) {
                marks[count - 1] = chars[start];
            }
        }
    }

    private void add(int start, int end, int word, byte flag) {
        if (count == starts.length) {
            int room = count + (count >> 1) + 8;
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            words = Arrays.copyOf(words, room);
            marks = Arrays.copyOf(marks, room);
            flags = Arrays.copyOf(flags, room);
        }
        starts[count] = start;
        ends[count] = end;
        words[count] = (char) word;
        flags[count++] = flag;
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
