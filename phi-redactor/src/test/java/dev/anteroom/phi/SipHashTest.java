package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    private static final long FIRST = 0x0706050403020100L;
    private static final long SECOND = 0x0f0e0d0c0b0a0908L;

    private static String hex(SipHash hash) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(hash.low()).putLong(hash.high());
        return HexFormat.of().formatHex(bytes.array());
    }

    /** The vectors of the authors' reference code for 128 bits: the key and the message are the bytes 0, 1, 2 and so on. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "16, 6ee2a4ca67b054bbfd3315bf85230577",
        "24, 2db479ae78bd50d8882a8a178a6132ad",
        "32, 7c3956ca5eeafc3e363e9d556546eb68",
        "40, df6a301e95c95dad97ae0cc8c6913bd8",
        "48, f7e5aef549f782cf379055a608269b16",
        "56, 1938f2cf72d54ee97e94166fa91d2a36"
    })
    void end_messageOfTheReference_isItsVector(int length, String expected) {
        SipHash hash = new SipHash(new SipHash.Key(FIRST, SECOND)).start();
        for (int at = 0; at < length; at += 8) {
            hash.absorb(0x0706050403020100L + at * 0x0101010101010101L);
        }
        assertEquals(expected, hex(hash.end()));
    }

    @Test
    void absorb_textsThatDifferInOneUnit_differ() {
        SipHash hash = new SipHash(new SipHash.Key(FIRST, SECOND));
        Set<String> texts = new HashSet<>();
        for (int length : new int[] {1, 3, 4, 7, 8, 9, 511, 512, 513, 1030}) {
            for (String filler : List.of("\0", "?", "\u00FF", "\u0430", "\uD800")) {
                String text = filler.repeat(length);
                texts.add(text);
                for (int at = 0; at < length; at += 1 + length / 64) {
                    for (String other : List.of("\0", "?", "\u00E9", "\u3F3F", "\uDC00")) {
                        texts.add(text.substring(0, at) + other + text.substring(at + 1));
                    }
                }
            }
        }
        Set<String> hashes = new HashSet<>();
        texts.forEach(text -> hashes.add(hex(hash.start().absorb(text).end())));
        assertEquals(texts.size(), hashes.size());
    }

    @Test
    void absorb_text_isItsLengthItsWidthAndItsUnits() {
        SipHash hash = new SipHash(new SipHash.Key(FIRST, SECOND));
        assertEquals(
                hex(hash.start()
                        .absorb(9)
                        .absorb(1)
                        .absorb(0x6867666564636261L)
                        .absorb(0x69)
                        .end()),
                hex(hash.start().absorb("abcdefghi").end()));
        assertEquals(
                hex(hash.start().absorb(2).absorb(0).absorb(0x04300061).end()),
                hex(hash.start().absorb("a\u0430").end()));
    }

    @Test
    void end_messagesCutOtherwise_differ() {
        SipHash hash = new SipHash(new SipHash.Key(FIRST, SECOND));
        String once = hex(hash.start().absorb("ab").absorb("c").end());
        assertNotEquals(once, hex(hash.start().absorb("a").absorb("bc").end()));
        assertEquals(once, hex(hash.start().absorb("ab").absorb("c").end()));
        assertNotEquals(
                once,
                hex(new SipHash(new SipHash.Key(FIRST, SECOND + 1))
                        .start()
                        .absorb("ab")
                        .absorb("c")
                        .end()));
    }
}
