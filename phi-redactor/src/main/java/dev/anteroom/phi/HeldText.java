package dev.anteroom.phi;

import java.util.Arrays;

/**
 * The decoded characters that a restorer holds back, each with the spelling in which it came.
 * Confined to one thread. Its room is fixed by the hold bound.
 */
final class HeldText {

    private static final int LONGEST_SPELLING = 6;
    private static final int FIRST_ROOM = 48;

    private final int bound;
    private char[] text = new char[FIRST_ROOM];
    private int length;

    /** Spellings one after the other, and where each ends; both empty while every character stands for itself. */
    private char[] raw = {};

    private int[] rawEnd = {};
    private boolean spelled;

    HeldText(int bound) {
        this.bound = bound;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isFull() {
        return length == bound;
    }

    int length() {
        return length;
    }

    int rawLength() {
        return spelled ? rawEnd[length - 1] : length;
    }

    char charAt(int index) {
        return text[index];
    }

    /** The decoded characters themselves, for lookups; valid to {@link #length()}. */
    char[] chars() {
        return text;
    }

    /** Adds a character that came as {@code spelling[0, spellingLength)}, or as itself where that length is 0. */
    void add(char c, char[] spelling, int spellingLength) {
        if (length == text.length) {
            text = Arrays.copyOf(text, Math.min(bound, length * 2));
        }
        if (spellingLength > 0 && !spelled) {
            startSpelling();
        }
        if (spelled) {
            int from = length == 0 ? 0 : rawEnd[length - 1];
            if (spellingLength == 0) {
                raw[from] = c;
                rawEnd[length] = from + 1;
            } else {
                System.arraycopy(spelling, 0, raw, from, spellingLength);
                rawEnd[length] = from + spellingLength;
            }
        }
        text[length++] = c;
    }

    /** Writes the character at an index as it came. */
    void write(int index, StringBuilder out) {
        if (spelled) {
            int from = index == 0 ? 0 : rawEnd[index - 1];
            out.append(raw, from, rawEnd[index] - from);
        } else {
            out.append(text[index]);
        }
    }

    /** Drops the first characters. */
    void drop(int count) {
        if (count == length) {
            length = 0;
            spelled = false;
            return;
        }
        if (spelled) {
            int dropped = count == 0 ? 0 : rawEnd[count - 1];
            System.arraycopy(raw, dropped, raw, 0, rawEnd[length - 1] - dropped);
            for (int i = count; i < length; i++) {
                rawEnd[i - count] = rawEnd[i] - dropped;
            }
        }
        System.arraycopy(text, count, text, 0, length - count);
        length -= count;
    }

    private void startSpelling() {
        if (raw.length == 0) {
            raw = new char[bound * LONGEST_SPELLING];
            rawEnd = new int[bound];
        }
        for (int i = 0; i < length; i++) {
            raw[i] = text[i];
            rawEnd[i] = i + 1;
        }
        spelled = true;
    }
}
