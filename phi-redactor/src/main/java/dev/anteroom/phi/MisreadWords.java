package dev.anteroom.phi;

import dev.anteroom.models.TokenScorer;

/**
 * Words that a scanner misread: with digits for letters that look like them ("stil1", "5ince"), or with one letter, or two that look like
 * one, for another ("recommcnd", "bumed"). Confined to one thread; nothing is allocated.
 */
final class MisreadWords {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 24;

    /** How many letters there must be for each digit. */
    private static final int LETTERS_A_DIGIT = 2;

    /** What was read, and what may have been written. */
    private static final String[][] MISREAD = {
        {"c", "e"},
        {"e", "c"},
        {"m", "rn"},
        {"rn", "m"},
        {"b", "h"},
        {"h", "b"},
        {"q", "g"},
        {"v", "u"},
        {"d", "cl"},
        {"cl", "d"},
        {"w", "vv"},
        {"vv", "w"},
        {"i", "l"},
        {"l", "i"},
    };

    private final TokenScorer lists;
    private final char[] word = new char[LONGEST + 1];

    MisreadWords(TokenScorer lists) {
        this.lists = lists;
    }

    /** Returns the bins of the word that letters and digits without a sign between them stand for, 0 where they stand for none that is known. */
    int ofLettersAndDigits(char[] chars, int start, int end) {
        int length = end - start;
        if (length < SHORTEST || length > LONGEST) {
            return 0;
        }
        // A one may have been either.
        int bins = mend(chars, start, length, 'l') ? lists.bins(word, length) : 0;
        return bins == 0 && mend(chars, start, length, 'i') ? lists.bins(word, length) : bins;
    }

    private boolean mend(char[] chars, int start, int length, char one) {
        int digits = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[start + i];
            char letter = switch (c) {
                case '0' -> 'o';
                case '1' -> one;
                case '5' -> 's';
                case '8' -> 'b';
                default -> c;
            };
            if (letter >= '0' && letter <= '9') {
                return false;
            }
            digits += letter == c ? 0 : 1;
            word[i] = letter;
        }
        return length - digits >= LETTERS_A_DIGIT * digits;
    }

    /** Returns the bins of the first word that a word on no list may have been before one place of it was misread, 0 where there is none. */
    int ofLetters(char[] chars, int start, int end) {
        int length = end - start;
        if (length <= SHORTEST || length > LONGEST) {
            return 0;
        }
        for (String[] misread : MISREAD) {
            for (int at = 0; at < length; at++) {
                int bins = reads(chars, start + at, end, misread[0]) ? mended(chars, start, at, end, misread) : 0;
                if (bins != 0) {
                    return bins;
                }
            }
        }
        return 0;
    }

    private static boolean reads(char[] chars, int from, int end, String read) {
        if (end - from < read.length()) {
            return false;
        }
        for (int i = 0; i < read.length(); i++) {
            if (Lexicon.lower(chars[from + i]) != read.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int mended(char[] chars, int start, int at, int end, String[] misread) {
        String written = misread[1];
        int behind = start + at + misread[0].length();
        System.arraycopy(chars, start, word, 0, at);
        written.getChars(0, written.length(), word, at);
        System.arraycopy(chars, behind, word, at + written.length(), end - behind);
        return lists.bins(word, at + written.length() + end - behind);
    }

    @Override
    public String toString() {
        return "MisreadWords[" + lists + "]";
    }
}
