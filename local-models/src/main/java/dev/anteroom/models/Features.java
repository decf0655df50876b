package dev.anteroom.models;

import java.util.Arrays;

/**
 * Cuts a text into tokens and says the features of each, as models/phi-tagger/features.py does.
 * Stateless. Time is linear in the text; nothing is allocated beside the room of the result.
 */
final class Features {

    /** Hashed features and shape of a token, in the order in which {@link #of} writes them. */
    static final int WORD = 0;

    static final int PREFIX = 1;
    static final int SUFFIX_3 = 2;
    static final int SUFFIX_2 = 3;
    static final int SHAPE = 4;

    /** The first of the trigrams of a word, 0 where there are no more. */
    static final int TRIGRAM = 5;

    static final int MOST_TRIGRAMS = 8;
    static final int SLOTS = TRIGRAM + MOST_TRIGRAMS;

    static final int WORDS = 8192;
    static final int PREFIXES = 2048;
    static final int SUFFIXES_3 = 2048;
    static final int SUFFIXES_2 = 512;
    static final int SHAPES = 96;
    static final int TRIGRAMS = 4096;

    private static final int TRIGRAM_SALT = 4;
    private static final byte SPACE = 2;
    private static final int MOST_ZEROS = 12;

    /** More digits than this have the same features: their form has so many zeros at most, and their shape grows to one more. */
    private static final int MOST_DIGITS = MOST_ZEROS + 1;

    /** Units of the longest form. */
    static final int FORM = MOST_ZEROS + 1;

    private static final int FNV_BASIS = 0x811C9DC5;
    private static final int FNV_PRIME = 16_777_619;

    private static final byte[] KINDS = new byte[1 << 16];

    static {
        for (int unit = 0; unit < KINDS.length; unit++) {
            KINDS[unit] = kind(unit);
        }
    }

    private Features() {}

    private static byte kind(int unit) {
        if ((unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z')) {
            return TokenScores.LETTERS;
        }
        if (unit >= '0' && unit <= '9') {
            return TokenScores.DIGITS;
        }
        if ((unit >= 0x09 && unit <= 0x0D)
                || unit == 0x20
                || unit == 0x85
                || unit == 0xA0
                || (unit >= 0x2000 && unit <= 0x200A)
                || unit == 0x2028
                || unit == 0x2029
                || unit == 0x202F
                || unit == 0x205F
                || unit == 0x3000) {
            return SPACE;
        }
        boolean letter = (unit >= 0xC0 && unit <= 0x2AF && unit != 0xD7 && unit != 0xF7)
                || (unit >= 0x370 && unit <= 0x52F)
                || (unit >= 0x1E00 && unit <= 0x1EFF);
        return letter ? TokenScores.LETTERS : TokenScores.SIGN;
    }

    private static boolean isBreak(char unit) {
        return (unit >= 0x0A && unit <= 0x0D) || unit == 0x85 || unit == 0x2028 || unit == 0x2029;
    }

    /** Adds all tokens of {@code text[0, length)}. */
    static void cut(char[] text, int length, TokenScores out) {
        byte space = TokenScores.FIRST;
        int at = 0;
        while (at < length) {
            int start = at;
            byte kind = KINDS[text[at++]];
            if (kind != TokenScores.SIGN) {
                while (at < length && KINDS[text[at]] == kind) {
                    at++;
                }
            }
            if (kind != SPACE) {
                out.add(start, at, kind, space);
                space = TokenScores.NO_SPACE;
            } else if (space != TokenScores.FIRST) {
                space = TokenScores.SPACE;
                for (int i = start; i < at; i++) {
                    if (isBreak(text[i])) {
                        space = TokenScores.LINE_BREAK;
                    }
                }
            }
        }
    }

    /**
     * Writes the features of a token of {@code text}, zeros in place of trigrams that it does not have. They follow from its kind and its
     * units alone.
     *
     * @param slots gets {@value #SLOTS} of them
     * @param form room for {@value #FORM} units
     * @return what the lexicon says of it, as {@link TokenScores#bins}
     */
    static int of(
            char[] text, int start, int end, byte kind, WordBins lexicon, boolean trigrams, int[] slots, char[] form) {
        Arrays.fill(slots, TRIGRAM, SLOTS, 0);
        switch (kind) {
            case TokenScores.LETTERS -> {
                slots[SHAPE] = shapeOfLetters(text, start, end);
                if (trigrams) {
                    trigrams(text, start, end, slots);
                }
                return lexicon.of(letters(text, start, end, slots));
            }
            case TokenScores.DIGITS -> {
                hashes(form, formOfDigits(text, start, end, form), slots);
                slots[SHAPE] = shapeOfDigits(text, start, end);
            }
            default -> {
                form[0] = text[start];
                hashes(form, 1, slots);
                slots[SHAPE] = shapeOfSign(text[start]);
            }
        }
        return 0;
    }

    /**
     * Returns a number that stands for the features of digits: the same for runs of digits that have the same.
     * Digits of more than four are told apart by their number alone, up to {@value #MOST_DIGITS}.
     */
    static int classOfDigits(char[] text, int start, int end) {
        int n = Math.min(end - start, MOST_DIGITS);
        int value = 0;
        if (n <= 2) {
            for (int i = start; i < end; i++) {
                value = value * 10 + text[i] - '0';
            }
        } else if (n == 4) {
            value = century(text, start) ? text[start] : 0;
        } else if (n == 3) {
            value = shapeOfDigits(text, start, end);
        }
        return n << 8 | value;
    }

    /** Writes the hashed features of letters, and returns the hash of the word. */
    private static int letters(char[] text, int start, int end, int[] slots) {
        int h = lowerHash(WORD, text, start, end);
        slots[WORD] = slot(h, WORDS);
        slots[PREFIX] = slot(lowerHash(PREFIX, text, start, Math.min(end, start + 3)), PREFIXES);
        slots[SUFFIX_3] = slot(lowerHash(SUFFIX_3, text, Math.max(start, end - 3), end), SUFFIXES_3);
        slots[SUFFIX_2] = slot(lowerHash(SUFFIX_2, text, Math.max(start, end - 2), end), SUFFIXES_2);
        return h;
    }

    /** Returns the hash by which the lexicon knows the letters of {@code [0, length)}. */
    static int word(char[] letters, int length) {
        return lowerHash(WORD, letters, 0, length);
    }

    /** Writes the trigrams of a word between its borders: all, or the first four and the last four. */
    private static void trigrams(char[] text, int start, int end, int[] slots) {
        int count = end - start;
        for (int i = 0; i < Math.min(count, MOST_TRIGRAMS); i++) {
            int middle = start + (count > MOST_TRIGRAMS && i >= MOST_TRIGRAMS / 2 ? count - MOST_TRIGRAMS + i : i);
            int h = FNV_BASIS ^ TRIGRAM_SALT;
            h = (h ^ (middle == start ? '^' : lower(text[middle - 1]))) * FNV_PRIME;
            h = (h ^ lower(text[middle])) * FNV_PRIME;
            h = (h ^ (middle == end - 1 ? '$' : lower(text[middle + 1]))) * FNV_PRIME;
            slots[TRIGRAM + i] = slot(h, TRIGRAMS);
        }
    }

    /** Writes the hashed features of a form that is no word. */
    private static void hashes(char[] form, int length, int[] slots) {
        slots[WORD] = slot(hash(WORD, form, 0, length), WORDS);
        slots[PREFIX] = slot(hash(PREFIX, form, 0, Math.min(length, 3)), PREFIXES);
        slots[SUFFIX_3] = slot(hash(SUFFIX_3, form, Math.max(0, length - 3), length), SUFFIXES_3);
        slots[SUFFIX_2] = slot(hash(SUFFIX_2, form, Math.max(0, length - 2), length), SUFFIXES_2);
    }

    private static char lower(char c) {
        return c < 0x80 ? c >= 'A' && c <= 'Z' ? (char) (c + 32) : c : Character.toLowerCase(c);
    }

    /** FNV-1a over units. */
    private static int hash(int salt, char[] units, int from, int to) {
        int h = FNV_BASIS ^ salt;
        for (int i = from; i < to; i++) {
            h = (h ^ units[i]) * FNV_PRIME;
        }
        return h;
    }

    /** The same over letters in lower case. */
    private static int lowerHash(int salt, char[] units, int from, int to) {
        int h = FNV_BASIS ^ salt;
        for (int i = from; i < to; i++) {
            h = (h ^ lower(units[i])) * FNV_PRIME;
        }
        return h;
    }

    private static int slot(int hash, int size) {
        return 1 + Integer.remainderUnsigned(hash ^ hash >>> 16, size - 1);
    }

    private static int formOfDigits(char[] text, int start, int end, char[] form) {
        int n = end - start;
        form[0] = '#';
        if (n <= 2) {
            System.arraycopy(text, start, form, 1, n);
            return 1 + n;
        }
        if (n == 4 && century(text, start)) {
            form[1] = text[start];
            form[2] = text[start + 1];
            form[3] = 'y';
            form[4] = 'y';
            return 5;
        }
        int zeros = Math.min(n, MOST_ZEROS);
        for (int i = 1; i <= zeros; i++) {
            form[i] = '0';
        }
        return 1 + zeros;
    }

    /** Whether four digits are a year of the last century or this one. */
    private static boolean century(char[] text, int start) {
        return text[start] == '1' ? text[start + 1] == '9' : text[start] == '2' && text[start + 1] == '0';
    }

    private static int shapeOfLetters(char[] text, int start, int end) {
        int n = end - start;
        boolean first = lower(text[start]) != text[start];
        int rest = 0;
        for (int i = start + 1; i < end; i++) {
            rest += lower(text[i]) != text[i] ? 1 : 0;
        }
        int casing = first && n == 1 ? 3 : first && rest == n - 1 ? 2 : rest > 0 ? 4 : first ? 1 : 0;
        int length = n <= 4 ? n - 1 : n <= 6 ? 4 : n <= 9 ? 5 : n <= 13 ? 6 : 7;
        return 1 + casing * 8 + length;
    }

    private static int shapeOfDigits(char[] text, int start, int end) {
        int n = end - start;
        if (n > 4) {
            return 50 + Math.min(n - 4, 9);
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + text[i] - '0';
        }
        return switch (n) {
            case 1 -> 41;
            case 2 -> value <= 12 ? 42 : value <= 31 ? 43 : value <= 89 ? 44 : 45;
            case 3 -> value < 100 ? 46 : value < 120 ? 47 : 48;
            default -> value >= 1900 && value <= 2099 ? 49 : 50;
        };
    }

    private static int shapeOfSign(char unit) {
        if (unit >= 0x21 && unit <= 0x2F) {
            return 60 + unit - 0x21;
        }
        if (unit >= 0x3A && unit <= 0x40) {
            return 75 + unit - 0x3A;
        }
        if (unit >= 0x5B && unit <= 0x60) {
            return 82 + unit - 0x5B;
        }
        if (unit >= 0x7B && unit <= 0x7E) {
            return 88 + unit - 0x7B;
        }
        return unit < 0x2000 ? 92 : 93;
    }
}
