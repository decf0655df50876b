package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of a position that are text in disguise: base64, hexadecimal, percent-encoding, character references.
 * Confined to one thread. Each char is decoded at most once per disguise.
 */
final class EncodedTexts {

    /** Letters and digits that may hide a text by themselves, with padding, and behind a label. */
    static final int SHORTEST = 10;

    private static final int SHORTEST_PADDED = 6;

    static final int SHORTEST_LABELLED = 8;
    private static final int LONGEST_LABEL = 24;
    private static final byte[] BASE64 = new byte[128];

    static {
        java.util.Arrays.fill(BASE64, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            BASE64[alphabet.charAt(i)] = (byte) i;
        }
        BASE64['-'] = 62;
        BASE64['_'] = 63;
    }

    /** Where a disguise stands, in folded chars, and what it hides. */
    record Encoded(int start, int end, String text) {
        @Override
        public String toString() {
            return "Encoded[" + (end - start) + "]";
        }
    }

    private final List<Encoded> found = new ArrayList<>(0);

    private EncodedTexts() {}

    static List<Encoded> of(Position position, FoldedText text, Tokens tokens) {
        if (!position.isText() || text.length() < 4) {
            return List.of();
        }
        EncodedTexts texts = new EncodedTexts();
        texts.look(tokens, text.array(), text.length());
        return texts.found;
    }

    private void look(Tokens t, char[] chars, int length) {
        for (int i = 0; i < t.suspectCount(); i++) {
            if (isEscape(chars, t.suspect(i), length)) {
                scan(chars, length);
                return;
            }
        }
        int seen = 0;
        for (int i = 0; i < t.suspectCount(); i++) {
            for (int at = Math.max(seen, t.suspect(i)); at < length && chars[at] > ' '; at = seen + 1) {
                seen = at;
                while (seen < length && isDense(chars[seen])) {
                    seen++;
                }
                run(chars, at, seen, length);
            }
        }
    }

    /** Returns whether a percent-encoded byte, a character reference or a backslash escape may begin; most percent signs begin none. */
    private static boolean isEscape(char[] chars, int at, int length) {
        return at + 2 < length
                && switch (chars[at]) {
                    case '%' -> hex(chars, at + 1, 2) >= 0;
                    case '&' -> chars[at + 1] == '#';
                    case '\\' -> chars[at + 1] == 'u' || chars[at + 1] == 'x';
                    default -> false;
                };
    }

    /** Returns whether a mark begins an escape or pads base64. */
    static boolean begins(char mark) {
        return mark == '%' || mark == '&' || mark == '\\' || mark == '=';
    }

    /** Returns whether a character is one of base64. */
    static boolean isDense(char c) {
        return c < 128 && BASE64[c] >= 0;
    }

    /** Decodes a whole run of characters of base64 where it is long enough, padded or labelled. */
    private void run(char[] chars, int start, int end, int length) {
        char c = end < length ? chars[end] : ' ';
        if ((end - start >= SHORTEST && !isWord(chars, start, end))
                || (c == '=' && isPadded(chars, start, end, length))
                || (end - start == SHORTEST_LABELLED && isLabelled(chars, start) && !isWord(chars, start, end))) {
            int padded = end;
            while (padded < length && padded - end < 2 && chars[padded] == '=') {
                padded++;
            }
            dense(chars, start, end, padded);
        }
    }

    private void scan(char[] chars, int length) {
        int run = 0;
        int chunk = 0;
        boolean escaped = false;
        for (int at = 0; at <= length; at++) {
            char c = at < length ? chars[at] : ' ';
            if (!isDense(c)) {
                if (at > run) {
                    run(chars, run, at, length);
                }
                run = at + 1;
                if (c == '%' || c == '&' || c == '\\') {
                    escaped = true;
                } else if (c <= ' ' || c == '"') {
                    if (escaped) {
                        escapes(chars, chunk, at);
                        escaped = false;
                    }
                    chunk = at + 1;
                }
            }
        }
    }

    /** Whether a run is letters alone that are written as words are; what hides a text all but never is. */
    private static boolean isWord(char[] chars, int start, int end) {
        boolean small = true;
        boolean large = true;
        for (int i = start + 1; i < end; i++) {
            small &= chars[i] >= 'a' && chars[i] <= 'z';
            large &= chars[i] >= 'A' && chars[i] <= 'Z';
        }
        return (small || large) && TextChars.isAsciiLetter(chars[start]);
    }

    /** Whether a short run has the padding that makes it base64, rather than the name before an equals sign. */
    private static boolean isPadded(char[] chars, int start, int end, int length) {
        int padding = end + 1 < length && chars[end + 1] == '=' ? 2 : 1;
        boolean ends = end + padding >= length || !Character.isLetterOrDigit(chars[end + padding]);
        return end - start >= SHORTEST_PADDED && (end - start + padding) % 4 == 0 && ends;
    }

    private static boolean isLabelled(char[] chars, int start) {
        return start > 1 && chars[start - 1] == ' ' && chars[start - 2] == ':';
    }

    private void dense(char[] chars, int start, int end, int paddedEnd) {
        String text = hexadecimal(chars, start, end);
        if (text == null) {
            text = base64(chars, start, end, paddedEnd > end);
        }
        if (text != null) {
            int label = labelStart(chars, start);
            found.add(new Encoded(start, paddedEnd, new String(chars, label, start - label) + text));
        }
    }

    /** Returns where the words before a disguise begin, which may say what it is. */
    private static int labelStart(char[] chars, int start) {
        int label = start;
        int at = start;
        while (at > 0 && start - at < LONGEST_LABEL && chars[at - 1] != '\n' && !Character.isDigit(chars[at - 1])) {
            at--;
            if (at == 0 || !Character.isLetterOrDigit(chars[at - 1])) {
                label = at;
            }
        }
        return label;
    }

    /** Without padding, what may as well be words and signs must be UTF-8; with it, Latin-1 will do. */
    private static @Nullable String base64(char[] chars, int start, int end, boolean padded) {
        if (!printable(chars, start, Math.min(end, start + SHORTEST), true, null)) {
            return null;
        }
        byte[] bytes = new byte[(end - start) * 3 / 4];
        return printable(chars, start, end, padded, bytes)
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : null;
    }

    /** Decodes, into {@code out} if there is one, and returns whether nearly all of it is text; {@code parts}: parts of a character of UTF-8 are. */
    private static boolean printable(char[] chars, int start, int end, boolean parts, byte @Nullable [] out) {
        int count = (end - start) * 3 / 4;
        int bits = 0;
        int held = 0;
        int odd = 0;
        int written = 0;
        int continuing = 0;
        for (int i = start; i < end && written < count; i++) {
            held = held << 6 | BASE64[chars[i]];
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                byte b = (byte) (held >> bits);
                if (out != null) {
                    out[written] = b;
                }
                written++;
                boolean continued = continuing > 0 && isContinuation(b);
                odd += !parts && !continued && continuing > 0 ? 1 : 0;
                continuing = continued ? continuing - 1 : continuations(b);
                odd += continued || isText(b) ? 0 : 1;
                if (odd * 20 > count) {
                    return false;
                }
            }
        }
        return parts || continuing == 0 || (odd + 1) * 20 <= count;
    }

    /** Whether a byte is a printable character or a line break, or begins a character of several bytes. */
    private static boolean isText(int b) {
        return b >= ' ' ? b != 127 : b == '\n' || b == '\r' || b == '\t' || continuations(b) > 0;
    }

    /** Returns how many bytes a character of UTF-8 has behind this first one. */
    private static int continuations(int b) {
        int value = b & 0xFF;
        return value < 0xC2 || value > 0xF4 ? 0 : value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    private static @Nullable String hexadecimal(char[] chars, int start, int end) {
        if ((end - start & 1) != 0) {
            return null;
        }
        byte[] bytes = null;
        for (int i = start; i < end; i += 2) {
            int high = Character.digit(chars[i], 16);
            int low = Character.digit(chars[i + 1], 16);
            int value = high << 4 | low;
            if (high < 0
                    || low < 0
                    || (value < ' ' && value != '\n' && value != '\t' && value != '\r')
                    || value >= 127) {
                return null;
            }
            if (bytes == null) {
                bytes = new byte[(end - start) / 2];
            }
            bytes[(i - start) / 2] = (byte) value;
        }
        return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Percent-encoded bytes, character references and backslash escapes within one run without white space. */
    private void escapes(char[] chars, int start, int end) {
        StringBuilder text = null;
        boolean percent = false;
        int at = start;
        int plain = start;
        while (at < end) {
            int width = 0;
            int value = 0;
            if (chars[at] == '%' && at + 2 < end + 0 && hex(chars, at + 1, 2) >= 0) {
                value = percentEncoded(chars, at, end);
                width = value < 0x80 ? 3 : 3 * percentBytes(chars, at, end);
                percent = true;
            } else if (chars[at] == '\\' && at + 5 < end && chars[at + 1] == 'u' && hex(chars, at + 2, 4) >= 0) {
                width = 6;
                value = hex(chars, at + 2, 4);
            } else if (chars[at] == '\\' && at + 3 < end && chars[at + 1] == 'x' && hex(chars, at + 2, 2) >= 0) {
                width = 4;
                value = hex(chars, at + 2, 2);
            } else if (chars[at] == '&' && at + 3 < end && chars[at + 1] == '#') {
                boolean hexadecimal = chars[at + 2] == 'x' || chars[at + 2] == 'X';
                int digit = hexadecimal ? at + 3 : at + 2;
                int radix = hexadecimal ? 16 : 10;
                while (digit < end && digit - at < 9 && Character.digit(chars[digit], radix) >= 0) {
                    value = value * radix + Character.digit(chars[digit], radix);
                    digit++;
                }
                if (digit < end && chars[digit] == ';' && value > 0 && value < 0x10000) {
                    width = digit + 1 - at;
                }
            }
            if (width == 0) {
                at++;
                continue;
            }
            if (text == null) {
                text = new StringBuilder(end - start);
            }
            plain(text, chars, plain, at, percent);
            text.appendCodePoint(value);
            at += width;
            plain = at;
        }
        if (text != null) {
            plain(text, chars, plain, end, percent);
            found.add(new Encoded(start, end, text.toString()));
        }
    }

    /** Returns of how many percent-encoded bytes the character here consists; 1 where they are not UTF-8. */
    private static int percentBytes(char[] chars, int at, int end) {
        int count = continuations(hex(chars, at + 1, 2));
        for (int i = at + 3; i <= at + 3 * count; i += 3) {
            if (i + 2 >= end || chars[i] != '%' || !isContinuation(hex(chars, i + 1, 2))) {
                return 1;
            }
        }
        return count + 1;
    }

    /** Returns the percent-encoded character here, in UTF-8 or else in Latin-1. */
    private static int percentEncoded(char[] chars, int at, int end) {
        int first = hex(chars, at + 1, 2);
        int bytes = percentBytes(chars, at, end);
        if (bytes == 1) {
            return first;
        }
        int value = first & 0x3F >> bytes - 1;
        for (int i = 1; i < bytes; i++) {
            value = value << 6 | hex(chars, at + 3 * i + 1, 2) & 0x3F;
        }
        return Character.isValidCodePoint(value) ? value : first;
    }

    /** Adds what is not encoded; beside percent-encoding a plus sign is a space. */
    private static void plain(StringBuilder text, char[] chars, int from, int to, boolean percent) {
        for (int i = from; i < to; i++) {
            text.append(percent && chars[i] == '+' ? ' ' : chars[i]);
        }
    }

    private static int hex(char[] chars, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = Character.digit(chars[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
