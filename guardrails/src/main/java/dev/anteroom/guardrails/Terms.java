package dev.anteroom.guardrails;

/**
 * Reads the words of a text one after the other, as terms that can be compared. Confined to one call; allocates nothing a
 * word.
 *
 * <p>A term is a 64-bit hash of the word in small letters without its commonest endings; a number and the unit glued to it
 * are two, and a placeholder such as {@code [NAME_1]} is one.
 */
final class Terms {

    private static final int MAX_WORD_CHARS = 48;

    private final char[] word = new char[MAX_WORD_CHARS];
    private CharSequence text = "";
    private int position;
    private int end;

    private int wordLength;
    private int wordStart;
    private boolean number;
    private boolean capital;
    private long plain;
    private long stem;

    /** Starts over in a range of a text. */
    void reset(CharSequence source, int from, int to) {
        text = source;
        position = from;
        end = to;
    }

    /** Goes to the next word; false when there is none. */
    boolean next() {
        int i = position;
        while (i < end && !Character.isLetterOrDigit(text.charAt(i))) {
            i++;
        }
        if (i >= end) {
            position = i;
            return false;
        }
        wordStart = i;
        char first = text.charAt(i);
        number = isDigit(first);
        capital = Character.isUpperCase(first);
        i = number ? readNumber(i) : readWord(i);
        position = i;
        plain = hash(wordLength);
        stem = number ? plain : hash(stemLength());
        return true;
    }

    /** Hash of the word as it is, in small letters. */
    long plain() {
        return plain;
    }

    /** Hash of the word without its endings. */
    long stem() {
        return stem;
    }

    boolean isNumber() {
        return number;
    }

    boolean isCapitalised() {
        return capital;
    }

    int start() {
        return wordStart;
    }

    int end() {
        return position;
    }

    private int readNumber(int from) {
        int i = from;
        wordLength = 0;
        while (i < end) {
            char c = text.charAt(i);
            boolean inside = (c == '.' || c == ',') && i + 1 < end && isDigit(text.charAt(i + 1));
            if (!isDigit(c) && !inside) {
                break;
            }
            if (c != ',') {
                append(c);
            }
            i++;
        }
        return i;
    }

    private int readWord(int from) {
        int i = from;
        wordLength = 0;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                append(c);
            } else if (c >= 'A' && c <= 'Z') {
                append((char) (c + 32));
            } else if (isDigit(c) || c == '_') {
                append(c);
            } else if (c == '.' && i > from && isAbbreviated(i)) {
                i++;
                continue;
            } else if (c > 0x7f && Character.isLetterOrDigit(c)) {
                append(Character.toLowerCase(c));
            } else {
                break;
            }
            i++;
        }
        return i;
    }

    /** Whether the full stop stands between single letters, as in {@code b.i.d.}. */
    private boolean isAbbreviated(int at) {
        return at + 1 < end
                && Character.isLetter(text.charAt(at + 1))
                && (at + 2 >= end || !Character.isLetter(text.charAt(at + 2)));
    }

    private void append(char c) {
        if (wordLength < MAX_WORD_CHARS) {
            word[wordLength++] = c;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Length of the word without its commonest endings; it may rewrite the word's last letter. */
    private int stemLength() {
        int length = wordLength;
        for (int i = 0; i < length; i++) {
            if (isDigit(word[i])) {
                return length;
            }
        }
        if (length > 4 && ends(length, "ies")) {
            word[length - 3] = 'y';
            return length - 2;
        }
        if (length > 4
                && (ends(length, "ches") || ends(length, "shes") || ends(length, "xes") || ends(length, "sses"))) {
            length -= 2;
        } else if (length > 3 && word[length - 1] == 's' && "sui".indexOf(word[length - 2]) < 0) {
            length--;
        }
        if (length > 5 && ends(length, "ing")) {
            length = undouble(length - 3);
        } else if (length > 4 && ends(length, "ed")) {
            length = undouble(length - 2);
        }
        if (length > 3 && word[length - 1] == 'e') {
            length--;
        }
        return length;
    }

    private int undouble(int length) {
        boolean twice = length > 3 && word[length - 1] == word[length - 2] && "lsz".indexOf(word[length - 1]) < 0;
        return twice ? length - 1 : length;
    }

    private boolean ends(int length, String ending) {
        int from = length - ending.length();
        for (int i = 0; i < ending.length(); i++) {
            if (word[from + i] != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long hash(int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ word[i]) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }
}
