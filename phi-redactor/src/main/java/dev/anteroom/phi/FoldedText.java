package dev.anteroom.phi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as detectors see it: look-alikes made plain, marks that nobody sees dropped, and a way back to the original offsets.
 * Immutable.
 *
 * <p>Case is kept. Accents are dropped, full-width, mathematical and Cyrillic or Greek look-alikes become ASCII, every kind of space becomes a
 * space, every dash a hyphen, every digit an ASCII digit. Character references and backslash escapes become what they stand for; inline
 * markup inside a number, and the line break after its hyphen, are dropped.
 */
public final class FoldedText implements CharSequence {

    private final String original;
    private final char[] chars;
    private final int length;

    /** Offset in the original for every folded char, or null where the two are the same. */
    private final int @Nullable [] origins;

    private FoldedText(String original, char[] chars, int length, int @Nullable [] origins) {
        this.original = original;
        this.chars = chars;
        this.length = length;
        this.origins = origins;
    }

    static FoldedText of(String original) {
        int length = original.length();
        char[] chars = new char[length];
        original.getChars(0, length, chars, 0);
        int at = 0;
        while ((at = Writing.plainEnd(chars, at, length)) < length) {
            if (chars[at] >= 128 || Writing.at(chars, at, length, chars, at) != Writing.PLAIN) {
                return folded(original, chars, at);
            }
            at++;
        }
        return new FoldedText(original, chars, length, null);
    }

    private static FoldedText folded(String original, char[] source, int from) {
        char[] chars = Arrays.copyOf(source, source.length + 8);
        int[] origins = new int[chars.length];
        for (int i = 0; i < from; i++) {
            origins[i] = i;
        }
        int out = from;
        int in = from;
        while (in < source.length) {
            char c = source[in];
            int width = 1;
            int folded = c;
            if (Writing.begins(c)) {
                int reading = Writing.at(source, in, source.length, chars, out);
                if (reading != Writing.PLAIN) {
                    int read = Writing.character(reading);
                    folded = read >= 128 ? Folding.basic((char) read) : read;
                    width = Writing.width(reading);
                }
            } else if (c >= 128) {
                if (Character.isHighSurrogate(c)
                        && in + 1 < source.length
                        && Character.isLowSurrogate(source[in + 1])) {
                    int plain = Folding.supplementary(Character.toCodePoint(c, source[in + 1]));
                    if (plain != Folding.KEEP) {
                        folded = plain;
                        width = 2;
                    }
                } else {
                    folded = Folding.basic(c);
                }
            }
            if (out + 3 > chars.length) {
                int room = chars.length + (chars.length >> 1) + 8;
                chars = Arrays.copyOf(chars, room);
                origins = Arrays.copyOf(origins, room);
            }
            if (folded >= Folding.EXPANSION) {
                String expansion = Folding.expansion(folded);
                for (int i = 0; i < expansion.length(); i++) {
                    chars[out] = expansion.charAt(i);
                    origins[out++] = in;
                }
            } else if (folded != Folding.DROP) {
                chars[out] = (char) folded;
                origins[out++] = in;
            }
            in += width;
        }
        return new FoldedText(original, chars, out, origins);
    }

    /** Returns the folded characters; not to be written to, and longer than {@link #length()}. */
    char[] array() {
        return chars;
    }

    /**
     * Returns a copy of the folded characters in a byte each, with the high bit set where one is not ASCII, and zeros behind them.
     *
     * @param room the length of the copy, no less than that of the text
     */
    @SuppressWarnings("deprecation") // It drops the high half of a character, and what is read as it stands is ASCII.
    byte[] narrow(int room) {
        byte[] narrow = new byte[room];
        if (origins == null) {
            original.getBytes(0, length, narrow, 0);
        } else {
            for (int i = 0; i < length; i++) {
                narrow[i] = (byte) (chars[i] < 128 ? chars[i] : 128);
            }
        }
        return narrow;
    }

    /** Returns whether a stretch of the original is read as it stands, here and by itself. */
    boolean isPlain(int start, int end) {
        return origins == null && Writing.plainEnd(chars, start, end) == end;
    }

    /** Returns false only if no folded char is this one. */
    boolean mayHold(char c) {
        return origins != null || original.indexOf(c) >= 0;
    }

    /** Returns the offset in the original at which a folded char begins. */
    public int originalStart(int start) {
        int origin = origins == null ? start : start < length ? origins[start] : original.length();
        return insidePair(origin) ? origin - 1 : origin;
    }

    /** Returns the offset in the original after the folded char that precedes {@code end}, dropped marks after it included. */
    public int originalEnd(int end) {
        if (end == 0) {
            return 0;
        }
        int origin = end;
        if (origins != null) {
            int at = end;
            while (at < length && origins[at] == origins[end - 1]) {
                at++;
            }
            origin = at < length ? origins[at] : original.length();
        }
        return insidePair(origin) ? origin + 1 : origin;
    }

    private boolean insidePair(int offset) {
        return offset > 0
                && offset < original.length()
                && Character.isLowSurrogate(original.charAt(offset))
                && Character.isHighSurrogate(original.charAt(offset - 1));
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (index >= length) {
            throw new IndexOutOfBoundsException();
        }
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(chars, start, end - start);
    }

    /** Returns the kind and length only. */
    @Override
    public String toString() {
        return "FoldedText[" + length + "]";
    }
}
