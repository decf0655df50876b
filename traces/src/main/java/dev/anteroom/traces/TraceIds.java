package dev.anteroom.traces;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes trace ids: UUIDs of version 7 (RFC 9562) in lower-case text, each greater than the one before. Thread-safe.
 *
 * <p>The 12 bits after the time are a counter that starts anew at a random place in each millisecond; where the clock
 * stands still or goes back, time and counter go on from the last id. Allocates the id only.
 */
public final class TraceIds {
    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** In place of an id where a frame is of no call. */
    static final String NONE = "00000000-0000-0000-0000-000000000000";

    private final Clock clock;
    private final RandomGenerator random;
    private final byte[] text = new byte[36];
    private long last;

    public TraceIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id. */
    public synchronized String next() {
        long bits = random.nextLong();
        long start = (clock.millis() << COUNTER_BITS) | ((bits >>> 52) & (COUNTER_MASK >>> 1));
        last = Math.max(start, last + 1);
        long most = ((last >>> COUNTER_BITS) << 16) | 0x7000 | (last & COUNTER_MASK);
        long least = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return text(most, least, text);
    }

    /** The milliseconds since the epoch that an id carries. */
    static long millis(long most) {
        return most >>> 16;
    }

    static String text(long most, long least) {
        return text(most, least, new byte[36]);
    }

    private static String text(long most, long least, byte[] out) {
        int at = 0;
        for (int nibble = 0; nibble < 32; nibble++) {
            if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) {
                out[at++] = '-';
            }
            long half = nibble < 16 ? most : least;
            out[at++] = HEX[(int) (half >>> (60 - 4 * (nibble & 15))) & 15];
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    /** Whether this is a UUID in lower-case text. */
    static boolean isId(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    /** The upper half of an id that {@link #isId}. */
    static long most(String id) {
        return (HexFormat.fromHexDigitsToLong(id, 0, 8) << 32)
                | (HexFormat.fromHexDigitsToLong(id, 9, 13) << 16)
                | HexFormat.fromHexDigitsToLong(id, 14, 18);
    }

    /** The lower half of an id that {@link #isId}. */
    static long least(String id) {
        return (HexFormat.fromHexDigitsToLong(id, 19, 23) << 48) | HexFormat.fromHexDigitsToLong(id, 24, 36);
    }
}
