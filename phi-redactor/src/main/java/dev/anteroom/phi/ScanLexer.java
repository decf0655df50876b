package dev.anteroom.phi;

/**
 * Reads the string and number tokens of a UTF-8 JSON document for the outbound scan.
 * Confined to one scan. It is strict about what may stand where text could hide, and does not care about the nesting.
 */
final class ScanLexer {

    static final int END = 0;
    static final int STRING = 1;
    static final int NUMBER = 2;

    /** The bytes are not JSON. */
    static final int BROKEN = 3;

    private final byte[] bytes;
    private final int end;
    private int at;

    ScanLexer(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Reads the next token into {@code text} and returns what it is. */
    int next(ScanText text) {
        while (at < end) {
            byte b = bytes[at++];
            switch (b) {
                case ' ', '\t', '\n', '\r', '{', '}', '[', ']', ',', ':' -> {}
                case '"' -> {
                    return string(text);
                }
                case 't' -> {
                    if (!word("rue")) {
                        return BROKEN;
                    }
                }
                case 'f' -> {
                    if (!word("alse")) {
                        return BROKEN;
                    }
                }
                case 'n' -> {
                    if (!word("ull")) {
                        return BROKEN;
                    }
                }
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                    number(text);
                    return NUMBER;
                }
                default -> {
                    return BROKEN;
                }
            }
        }
        return END;
    }

    private boolean word(String rest) {
        for (int i = 0; i < rest.length(); i++, at++) {
            if (at == end || bytes[at] != rest.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void number(ScanText text) {
        text.clear();
        at--;
        while (at < end && isNumberPart(bytes[at])) {
            text.add((char) bytes[at++]);
        }
    }

    private static boolean isNumberPart(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private int string(ScanText text) {
        text.clear();
        byte[] source = bytes;
        while (true) {
            char[] room = text.text;
            int length = text.length;
            int stop = at + Math.min(end - at, room.length - length);
            int from = at;
            byte b = 0;
            while (from < stop && (b = source[from]) >= ' ' && b != '"' && b != '\\') {
                room[length++] = (char) b;
                from++;
            }
            text.length = length;
            at = from;
            if (from == end) {
                return BROKEN;
            }
            if (from == stop) {
                text.room(length + 1);
                continue;
            }
            if (b == '"') {
                at++;
                return STRING;
            }
            if ((b >= 0 && b < ' ') || !(b == '\\' ? escape(text) : multibyte(text))) {
                return BROKEN;
            }
        }
    }

    private boolean escape(ScanText text) {
        if (end - at < 2) {
            return false;
        }
        byte b = bytes[at + 1];
        at += 2;
        switch (b) {
            case '"', '\\', '/' -> text.add((char) b);
            case 'b' -> text.add('\b');
            case 'f' -> text.add('\f');
            case 'n' -> text.add('\n');
            case 'r' -> text.add('\r');
            case 't' -> text.add('\t');
            case 'u' -> {
                if (end - at < 4) {
                    return false;
                }
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = ScanText.hex((char) (bytes[at++] & 0xFF));
                    if (digit < 0) {
                        return false;
                    }
                    code = code << 4 | digit;
                }
                text.add((char) code);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean multibyte(ScanText text) {
        int lead = bytes[at] & 0xFF;
        int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || end - at <= more) {
            return false;
        }
        int codePoint = lead & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            int next = bytes[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return false;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        if (more == 1) {
            text.add((char) codePoint);
        } else if (more == 2) {
            if (codePoint < 0x800 || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
                return false;
            }
            text.add((char) codePoint);
        } else {
            if (codePoint < 0x10000 || codePoint > 0x10FFFF) {
                return false;
            }
            text.add(Character.highSurrogate(codePoint));
            text.add(Character.lowSurrogate(codePoint));
        }
        at += more + 1;
        return true;
    }
}
