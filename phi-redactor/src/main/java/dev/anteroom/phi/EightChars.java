package dev.anteroom.phi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What eight characters of a text are, in a byte each and the first lowest, told by arithmetic on all at once (SWAR): a loop over the letters of a
 * word ends where the processor does not foresee it.
 * Stateless.
 */
final class EightChars {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;

    /** Times this, the high bits of eight bytes stand side by side in the highest byte. */
    private static final long GATHER = 0x0002040810204081L;

    private EightChars() {}

    /** Returns the characters from an offset on, all of which there must be. */
    static long at(byte[] chars, int offset) {
        return (long) LONGS.get(chars, offset);
    }

    /** Returns the high bit of each byte that is a letter of ASCII. */
    static long letters(long chars) {
        // What is added to a byte below 128 reaches its high bit where the byte is at least 128 less that.
        long small = chars & ~HIGH | ONES * 0x20;
        return small + ONES * (128 - 'a') & ~(small + ONES * (128 - 'z' - 1)) & ~chars & HIGH;
    }

    /** Returns those of the high bits of letters under which there is a capital. */
    static long capitals(long chars, long letters) {
        return letters & ~(chars << 2);
    }

    /** Returns all bits of the bytes before the first of which the high bit is not set. */
    static long before(long set) {
        long rest = ~set & HIGH;
        return ((rest & -rest) >>> 7) - 1;
    }

    /** Returns how many bytes have all bits set, the others having none. */
    static int count(long bytes) {
        return Long.bitCount(bytes) / Byte.SIZE;
    }

    /** Returns the highest bit of each byte, side by side. */
    static long bits(long bytes) {
        return (bytes & HIGH) * GATHER >>> 56;
    }
}
