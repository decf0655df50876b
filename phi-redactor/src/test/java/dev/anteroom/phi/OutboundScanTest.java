package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundScanTest {

    private static final List<String> ORIGINALS = List.of(
            "Ada Quill",
            "José Öberg",
            "Łukasz",
            "QX-88-123",
            "(555) 010-7788",
            "ada@ward.example",
            "Ann",
            "Ng",
            "104",
            "48213377",
            "日本太郎丸",
            "NAME",
            "[NAME_1]",
            "user",
            "12 Main St, Apt 4");

    private final OutboundScan scan = OutboundScan.of(ORIGINALS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"Ada Quill\"}",
                "{\"a\":\"x ADA   quill.\"}",
                "{\"a\":\"ada_quill\"}",
                "{\"a\":\"ada-quill@x\"}",
                "{\"a\":\"AdaQuill\"}",
                "{\"a\":\"A d a.Q\\nu/ill\"}",
                "{\"Ada Quill\":1}",
                "{\"a\":\"\\u0041da\\u0020Qu\\u0069ll\"}",
                "{\"a\":\"{\\\"b\\\":\\\"\\\\u0041da Quill\\\"}\"}",
                "{\"a\":\"{\\\"b\\\":\\\"x\\\\nAda Quill\\\"}\"}",
                "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"c\\\\\\\":\\\\\\\"x\\\\\\\\nAda Quill\\\\\\\"}\\\"}\"}",
                "{\"a\":\"\uff21\uff24\uff21 \uff31uill\"}",
                "{\"a\":\"A\u200bda Qu\u00adill\"}",
                "{\"a\":\"\ud835\udc00da Quill\"}",
                "{\"a\":\"Ádà Quïll\"}",
                "{\"a\":\"A\u0301da Quill\"}",
                "{\"a\":\"x%20Ada%20Quill\"}",
                "{\"a\":\"%41da+Quill\"}",
                "{\"a\":\"Jos%C3%A9%20%C3%96berg\"}",
                "{\"a\":\"jose oberg\"}",
                "{\"a\":\"JOSE\u0301 O\u0308BERG\"}",
                "{\"a\":\"lukasz\"}",
                "{\"a\":\"qx88123\"}",
                "{\"a\":\"QX 88 123\"}",
                "{\"a\":\"5550107788\"}",
                "{\"a\":\"555.010.7788\"}",
                "{\"a\":\"mailto:ada@ward.example\"}",
                "{\"a\":\"Ann\"}",
                "{\"a\":\"(Ann)\"}",
                "{\"a\":\"Ann😀\"}",
                "{\"a\":\"😀Ann's\"}",
                "{\"a\":\"is 104.\"}",
                "{\"a\":104}",
                "{\"a\":48213377}",
                "[-48213377]",
                "[48213377.00]",
                "48213377",
                "{\"a\":\"日本太郎丸\"}",
                "{\"a\":\"日本 太郎丸 \"}",
                "{\"a\":\"the NAME is\"}",
                "{\"a\":\"12 main st apt 4\"}",
                "{\"a\":\"[NAME_1] Ada Quill [NAME_2]\"}",
                "\"Ada Quill",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":nul}",
                "{a:1}",
                "Ada Quill",
                "{\"a\":\"\\u00g0\"}",
            })
    void clean_originalInAnySpellingOrNoJson_isFalse(String json) {
        assertFalse(clean(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "{\"a\":\"Ada\",\"b\":\"Quill\"}",
                "{\"a\":\"Ada [NAME_2] Quill\"}",
                "{\"a\":\"Adada Quill\"}",
                "{\"a\":\"Ada Quills\"}",
                "{\"a\":\"xAda Quill\"}",
                "{\"a\":\"QX-88-1234\"}",
                "{\"a\":\"ann\"}",
                "{\"a\":\"Anna Annann\"}",
                "{\"a\":\"ANN\"}",
                "{\"a\":\"Ng\"}",
                "{\"a\":\"1045 2104 name\"}",
                "{\"a\":1045,\"b\":104.5,\"c\":true,\"d\":null,\"e\":false,\"f\":1e104}",
                "{\"a\":482133770,\"b\":48213377.5}",
                "{\"a\":\"[NAME_1] [NAME_104] [DATE_3]\"}",
                "{\"a\":\"NAME_1 Name 1\"}",
                "{\"role\":\"user\"}",
                "{\"a\":\"\\\\ \\\\u00 100% %zz \\u0000\"}",
                "{\"a\":\"%\"}",
                "{\"a\":\"\\\\\"}",
                "{\"a\":\"\\ud800\"}",
            })
    void clean_noOriginal_isTrue(String json) {
        boolean name = json.contains("NAME_1 Name");
        assertTrue(
                name
                        ? OutboundScan.of(List.of("[NAME_1]")).clean(utf8(json), 0, utf8(json).length, s -> false)
                        : clean(json));
    }

    @ParameterizedTest
    @CsvSource({"Ada Quill,false", "Bo,true", "'',true", "[NAME_1],true"})
    void clean_onlyTheRange_isRead(String value, boolean clean) {
        byte[] bytes = utf8("Ada Quill\"" + value + "\"Ada Quill");
        assertEquals(clean, scan.clean(bytes, 9, bytes.length - 18, s -> false));
    }

    @Test
    void clean_malformedUtf8_isFalse() {
        for (int[] bad : new int[][] {
            {0xFF}, {0xC0, 0x80}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0xE2, 0x82}, {0x80}
        }) {
            byte[] bytes = new byte[bad.length + 2];
            bytes[0] = '"';
            bytes[bytes.length - 1] = '"';
            for (int i = 0; i < bad.length; i++) {
                bytes[i + 1] = (byte) bad[i];
            }
            assertFalse(scan.clean(bytes, 0, bytes.length, s -> false));
        }
    }

    @Test
    void clean_wireConstant_isAskedForHitsOnly() {
        OutboundScan words = OutboundScan.of(List.of("assistant", "user"));
        List<String> asked = new ArrayList<>();
        byte[] json = utf8("{\"role\":\"assistant\",\"content\":\"hi\",\"n\":\"user\"}");
        assertTrue(words.clean(json, 0, json.length, s -> {
            asked.add(s);
            return Set.of("assistant", "user").contains(s);
        }));
        assertEquals(List.of("assistant", "user"), asked);
        byte[] text = utf8("{\"content\":\"an assistant\"}");
        assertFalse(words.clean(text, 0, text.length, "assistant"::equals));
    }

    @Test
    void of_nothingUsable_findsNothing() {
        byte[] json = utf8("{\"a\":\"-- Ng [NAME_1] NAME_1\"}");
        assertTrue(OutboundScan.of(List.of("", "--", "---", "Ng", "[NAME_1]", "😀😀😀"))
                .clean(json, 0, json.length, s -> false));
        assertTrue(OutboundScan.of(List.of()).clean(json, 0, json.length, s -> false));
        assertFalse(OutboundScan.of(List.of()).clean(utf8("{x}"), 0, 3, s -> false));
    }

    @Test
    void toString_scan_showsTheSizeOnly() {
        assertEquals("OutboundScan[13]", scan.toString());
    }

    @RepeatedTest(300)
    void clean_randomSpelling_isFound(RepetitionInfo repetition) {
        long seed = 11_000L + repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        RestorerTexts texts = new RestorerTexts(seed);
        StringBuilder core = new StringBuilder();
        for (int i = random.nextInt(5, 14); i > 0; i--) {
            core.append("abcdefghijklmnopqrstuvwxyzäñ日ж0123456789".charAt(random.nextInt(40)));
        }
        OutboundScan one = OutboundScan.of(List.of("zzzzz", spell(core, random), "yyyyy1"));
        String text = spell(core, random);
        String filler = "lorem [NAME_1] ipsum 12 \\ \"dolor\" ".repeat(random.nextInt(0, 60));
        String json = "{\"k\":[1.5,true]," + texts.jsonString(filler + text + ". x") + ":null}";
        if (random.nextBoolean()) {
            json = texts.jsonString(json);
        }
        byte[] bytes = utf8(json);
        assertFalse(one.clean(bytes, 0, bytes.length, s -> false), () -> "seed " + seed);
        byte[] other = utf8(texts.jsonString(filler + "x" + text + "x"));
        assertTrue(one.clean(other, 0, other.length, s -> false), () -> "seed " + seed);
    }

    private static String spell(CharSequence core, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < core.length(); i++) {
            if (i > 0 && random.nextInt(3) == 0) {
                text.append(" -./,_\n".charAt(random.nextInt(7)));
            }
            String c = core.toString().substring(i, i + 1);
            text.append(random.nextBoolean() ? c.toUpperCase(Locale.ROOT) : c);
        }
        return text.toString();
    }

    private boolean clean(String json) {
        byte[] bytes = utf8(json);
        return scan.clean(bytes, 0, bytes.length, Set.of("user", "role")::contains);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
