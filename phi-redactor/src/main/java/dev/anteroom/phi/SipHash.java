package dev.anteroom.phi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * SipHash-2-4 with 128 bits of output: a keyed hash that cannot be told from a random function without its key.
 * Confined to one thread. Message words are 64 bits; a message is what was absorbed since {@link #start()}.
 *
 * <p>J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012, and the authors' reference code for 128 bits.
 */
final class SipHash {

    /** A key of 128 bits. Immutable. It never shows its bits. */
    record Key(long first, long second) {
        @Override
        public String toString() {
            return "Key";
        }
    }

    /** UTF-16 units that are taken at a time. */
    private static final int PIECE = 1024;

    private final Key key;
    private final CharsetEncoder latin = StandardCharsets.ISO_8859_1.newEncoder();
    private final CharBuffer chars = CharBuffer.allocate(PIECE);
    private final ByteBuffer bytes = ByteBuffer.allocate(2 * PIECE).order(ByteOrder.LITTLE_ENDIAN);
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;
    private long low;
    private long high;

    SipHash(Key key) {
        this.key = key;
    }

    /** Begins a message. */
    SipHash start() {
        v0 = key.first ^ 0x736f6d6570736575L;
        v1 = key.second ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key.first ^ 0x6c7967656e657261L;
        v3 = key.second ^ 0x7465646279746573L;
        words = 0;
        return this;
    }

    /** Absorbs 64 bits. */
    SipHash absorb(long word) {
        words++;
        v3 ^= word;
        rounds(2);
        v0 ^= word;
        return this;
    }

    /**
     * Absorbs a text: its length, then piece by piece whether all of the piece is Latin-1, and its characters, eight to a word if it is, else
     * four.
     */
    SipHash absorb(String text) {
        int length = text.length();
        absorb(length);
        for (int from = 0; from < length; from += PIECE) {
            int to = Math.min(length, from + PIECE);
            text.getChars(from, to, chars.array(), 0);
            chars.clear().limit(to - from);
            bytes.clear();
            boolean narrow = latin.reset().encode(chars, bytes, true).isUnderflow();
            if (!narrow) {
                chars.rewind();
                bytes.clear();
                while (chars.hasRemaining()) {
                    bytes.putChar(chars.get());
                }
            }
            absorb(narrow ? 1 : 0);
            absorbBytes();
        }
        return this;
    }

    /** Absorbs what is in the buffer, filled up with zeros to a whole word. */
    private void absorbBytes() {
        while ((bytes.position() & 7) != 0) {
            bytes.put((byte) 0);
        }
        int length = bytes.position();
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i < length; i += 8) {
            long word = bytes.getLong(i);
            d ^= word;
            for (int round = 0; round < 2; round++) {
                a += b;
                c += d;
                b = Long.rotateLeft(b, 13) ^ a;
                d = Long.rotateLeft(d, 16) ^ c;
                a = Long.rotateLeft(a, 32) + d;
                c += b;
                d = Long.rotateLeft(d, 21) ^ a;
                b = Long.rotateLeft(b, 17) ^ c;
                c = Long.rotateLeft(c, 32);
            }
            a ^= word;
        }
        words += length >> 3;
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }

    private void rounds(int count) {
        for (int round = 0; round < count; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }

    /** Ends the message, and returns the first half of its hash. */
    long endHalf() {
        absorb(words << 59);
        v2 ^= 0xee;
        rounds(4);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Ends the message; {@link #low()} and {@link #high()} are its hash until the next end. */
    SipHash end() {
        low = endHalf();
        v1 ^= 0xdd;
        rounds(4);
        high = v0 ^ v1 ^ v2 ^ v3;
        return this;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    @Override
    public String toString() {
        return "SipHash";
    }
}
