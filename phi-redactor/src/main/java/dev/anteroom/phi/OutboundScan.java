package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Second look at the bytes that are about to be sent, which knows only those bytes and the originals of the call.
 * Immutable. Thread-safe. It shares no code with what found and replaced them, so that a position or a spelling that was overlooked there
 * is seen here.
 *
 * <p>An original with five or more letters and digits is found whatever stands between them and however they are spelled (case, width,
 * accents, invisible characters, JSON escapes to the third level, percent escapes), as long as it begins and ends with a word. A shorter
 * one of three characters or more is found only exactly as it was. What cannot be read as JSON is not clean.
 */
public final class OutboundScan {

    /** Letters and digits from which on an original is found in every spelling. */
    static final int LOOSE_LENGTH = 5;

    private static final int EXACT_LENGTH = 3;
    private static final int ROOM_FOR_VALUES = 64;
    private static final int LOOSE_KEY = 4;

    private static final OutboundScan NOTHING_TO_FIND =
            new OutboundScan(Table.of(List.of(), LOOSE_KEY), Table.of(List.of(), EXACT_LENGTH));

    private final Table loose;
    private final Table exact;

    private OutboundScan(Table loose, Table exact) {
        this.loose = loose;
        this.exact = exact;
    }

    /** Returns the scan for these originals; those with fewer than three characters, and placeholders, are left out. */
    static OutboundScan of(Collection<String> originals) {
        if (originals.isEmpty()) {
            return NOTHING_TO_FIND;
        }
        List<char[]> loose = new ArrayList<>(originals.size());
        List<char[]> exact = new ArrayList<>(0);
        ScanText text = new ScanText(ROOM_FOR_VALUES);
        for (String original : originals) {
            text.set(original);
            text.fold();
            if (text.wordCount > 0 && text.coreLength >= LOOSE_LENGTH) {
                loose.add(text.core());
            } else if (text.wordCount > 0) {
                char[] trimmed = text.trimmed();
                if (trimmed.length >= EXACT_LENGTH) {
                    exact.add(trimmed);
                }
            }
        }
        return new OutboundScan(Table.of(loose, LOOSE_KEY), Table.of(exact, EXACT_LENGTH));
    }

    /**
     * Returns whether no original occurs in the UTF-8 JSON document in {@code [offset, offset + length)}.
     *
     * @param isWireConstant says of the whole content of a string or number token that it is the wire format's own word, not text; asked
     *     only about tokens in which an original was found
     */
    public boolean clean(byte[] bytes, int offset, int length, Predicate<String> isWireConstant) {
        ScanLexer lexer = new ScanLexer(bytes, offset, length);
        ScanText text = new ScanText();
        while (true) {
            switch (lexer.next(text)) {
                case ScanLexer.END -> {
                    return true;
                }
                case ScanLexer.STRING -> {
                    if (occursInString(text, isWireConstant)) {
                        return false;
                    }
                }
                case ScanLexer.NUMBER -> {
                    if (isNumber(text) && !isWireConstant.test(text.toText())) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
    }

    @Override
    public String toString() {
        return "OutboundScan[" + (loose.size + exact.size) + "]";
    }

    private boolean occursInString(ScanText text, Predicate<String> isWireConstant) {
        if (loose.size + exact.size == 0) {
            return false;
        }
        if (occurs(text)) {
            return !isWireConstant.test(text.toText());
        }
        return (text.hasBackslash() || text.hasPercent()) && occursUnescaped(text, isWireConstant);
    }

    private boolean occursUnescaped(ScanText text, Predicate<String> isWireConstant) {
        String whole = text.toText();
        for (int level = 0; level < 3; level++) {
            if (text.hasPercent()) {
                ScanText decoded = text.percentDecoded();
                if (occurs(decoded)) {
                    return !isWireConstant.test(whole);
                }
            }
            if (!text.hasBackslash()) {
                return false;
            }
            text.unescape();
            if (occurs(text)) {
                return !isWireConstant.test(whole);
            }
        }
        return false;
    }

    private boolean occurs(ScanText text) {
        text.fold();
        char[] core = text.core;
        char[] chars = text.text;
        for (int i = 0; i < text.wordCount; i++) {
            if (loose.size > 0 && looseAt(text, core, text.wordCore[i])) {
                return true;
            }
            if (exact.size > 0 && exactAt(text, chars, text.wordText[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean looseAt(ScanText text, char[] core, int at) {
        int end = text.coreLength;
        if (end - at < LOOSE_LENGTH) {
            return false;
        }
        for (int entry = loose.find(loose.key(core, at)); entry >= 0; entry = loose.next[entry]) {
            char[] original = loose.originals[entry];
            int to = at + original.length;
            if (to <= end && text.wordEndsAt(to) && Arrays.equals(core, at, to, original, 0, original.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean exactAt(ScanText text, char[] chars, int at) {
        int end = text.length;
        if (end - at < EXACT_LENGTH) {
            return false;
        }
        for (int entry = exact.find(exact.key(chars, at)); entry >= 0; entry = exact.next[entry]) {
            char[] original = exact.originals[entry];
            int to = at + original.length;
            if (to <= end && !text.wordGoesOnAt(to) && Arrays.equals(chars, at, to, original, 0, original.length)) {
                return true;
            }
        }
        return false;
    }

    /** A number token is an original only as a whole, where sign and a fraction of zeros do not matter. */
    private boolean isNumber(ScanText text) {
        char[] digits = text.text;
        int from = digits[0] == '-' ? 1 : 0;
        int to = text.length;
        int point = to;
        for (int i = from; i < to; i++) {
            if (digits[i] == '.') {
                point = i;
            }
        }
        boolean whole = true;
        for (int i = point + 1; i < to; i++) {
            whole &= digits[i] == '0';
        }
        if (whole) {
            to = point;
        }
        return (to - from >= LOOSE_LENGTH ? loose : exact).holds(digits, from, to);
    }

    /** Originals by their first characters: a small hash, because one is built for every call. Immutable once built. */
    private static final class Table {

        private static final char[][] NONE = {};

        final int keyLength;
        final char[][] originals;
        final int[] next;
        final long[] keys;
        final int[] first;
        final int shift;
        int size;

        static Table of(List<char[]> originals, int keyLength) {
            Table table = new Table(originals.size(), keyLength);
            originals.forEach(table::add);
            return table;
        }

        private Table(int capacity, int keyLength) {
            this.keyLength = keyLength;
            int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, capacity * 4 - 1));
            originals = capacity == 0 ? NONE : new char[capacity][];
            next = new int[capacity];
            keys = new long[1 << bits];
            first = new int[1 << bits];
            shift = 64 - bits;
        }

        long key(char[] chars, int at) {
            long key = (long) chars[at] << 32 | chars[at + 1] << 16 | chars[at + 2];
            return keyLength == EXACT_LENGTH ? key : key << 16 | chars[at + 3];
        }

        private void add(char[] original) {
            long key = key(original, 0);
            int slot = slot(key);
            while (keys[slot] != 0 && keys[slot] != key) {
                slot = slot + 1 & keys.length - 1;
            }
            next[size] = keys[slot] == 0 ? -1 : first[slot];
            keys[slot] = key;
            first[slot] = size;
            originals[size++] = original;
        }

        /** Returns the first original with that key, or -1. */
        int find(long key) {
            for (int slot = slot(key); keys[slot] != 0; slot = slot + 1 & keys.length - 1) {
                if (keys[slot] == key) {
                    return first[slot];
                }
            }
            return -1;
        }

        boolean holds(char[] chars, int from, int to) {
            if (size == 0 || to - from < EXACT_LENGTH || to - from < keyLength) {
                return false;
            }
            for (int entry = find(key(chars, from)); entry >= 0; entry = next[entry]) {
                char[] original = originals[entry];
                if (Arrays.equals(original, 0, original.length, chars, from, to)) {
                    return true;
                }
            }
            return false;
        }

        private int slot(long key) {
            return (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
        }
    }
}
