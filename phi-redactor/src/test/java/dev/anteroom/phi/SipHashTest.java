package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
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
    void absorb_text_isItsLengthAndItsUnits() {
        for (int length : new int[] {0, 1, 3, 4, 5, 511, 512, 513, 516, 1030}) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (i * 131 + 7));
            }
            SipHash words = new SipHash(new SipHash.Key(FIRST, SECOND)).start().absorb(length);
            for (int at = 0; at < length; at += 4) {
                long word = 0;
                for (int i = Math.min(length, at + 4) - 1; i >= at; i--) {
                    word = word << 16 | text.charAt(i);
                }
                words.absorb(word);
            }
            SipHash whole = new SipHash(new SipHash.Key(FIRST, SECOND)).start().absorb(text.toString());
            assertEquals(hex(words.end()), hex(whole.end()));
        }
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
