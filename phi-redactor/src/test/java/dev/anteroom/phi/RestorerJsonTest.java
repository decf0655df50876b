package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.phi.RestoreFinding.Kind;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The restoring rules for JSON documents. */
class RestorerJsonTest {

    private final Vault vault = Restored.vault();

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"[NAME_1]\"}¦{\"a\":\"Ada Quill\"}",
                "{\"[NAME_1]\":1}¦{\"Ada Quill\":1}",
                "{\"a\":\"\\u005bNAME\\u005f1]\"}¦{\"a\":\"Ada Quill\"}",
                "{\"a\":\"\\u005B\\u004eAME_1\\u005d.\"}¦{\"a\":\"Ada Quill.\"}",
                "{\"a\":\"\\\\[NAME\\\\_1\\\\]\"}¦{\"a\":\"Ada Quill\"}",
                "{\"a\":\"x\\n[NAME_1]\\n\\/\\u00e9\"}¦{\"a\":\"x\\nAda Quill\\n\\/\\u00e9\"}",
                "{\"a\":\"\\\"[NAME_1]\\\"\"}¦{\"a\":\"\\\"Ada Quill\\\"\"}",
                "{\"a\":\"[NAME_1]\\u002c x\"}¦{\"a\":\"Ada Quill\\u002c x\"}",
                "{\"u\":\"https://a.example/\",\"n\":\"[NAME_1]\"}¦{\"u\":\"https://a.example/\",\"n\":\"Ada Quill\"}",
                "{\"u\":\"[URL_1]\",\"m\":\"[NAME_1] <[EMAIL_1]>\"}¦{\"u\":\"https://ward.example/a?b=c\",\"m\":\"Ada Quill <ada@ward.example>\"}",
                "{\"a\":\"[ID_4]\"}¦{\"a\":\"a \\\"b\\\" \\\\ c\\n\\u0001😀\"}",
                "{\"id\":48213377,\"b\":[482, 482]}¦{\"id\":10020030,\"b\":[117, 117]}",
                "{\"id\":\"48213377\"}¦{\"id\":\"10020030\"}",
                "482¦117",
                "[\"[NAME_1]-\",\".h.example\"]¦[\"Ada Quill-\",\".h.example\"]",
            })
    void append_safePlace_restoresEscaped(String input, String expected) {
        Restored restored = Restored.json(vault, input);
        assertEquals(expected, restored.text());
        assertEquals(List.of(), restored.findings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{\"u\":\"https://h.example/?q=[NAME_1]\"}¦IN_URL",
                "{\"u\":\"https:\\/\\/h.example\\/?q=[NAME_1]\"}¦IN_URL",
                "{\"u\":\"[NAME_1]\\u0040h.example\"}¦IN_HOST_OR_EMAIL",
                "{\"u\":\"[NAME_1]\\u002eh.example\"}¦IN_HOST_OR_EMAIL",
                "{\"u\":\"\\u003cimg alt=[NAME_1]>\"}¦IN_MARKUP_ATTRIBUTE",
                "{\"u\":\"[x](\\u005bNAME_1\\u005d)\"}¦IN_LINK_TARGET",
                "{\"u\":\"[NAME_9]\"}¦UNKNOWN_PLACEHOLDER",
                "{\"u\":[NAME_1]}¦OUTSIDE_JSON_STRING",
                "[[NAME_1]]¦OUTSIDE_JSON_STRING",
                "[NAME_1]¦OUTSIDE_JSON_STRING",
                "[NAME_7]¦UNKNOWN_PLACEHOLDER",
            })
    void append_unsafePlace_keepsTheSpelling(String input, Kind kind) {
        Restored restored = Restored.json(vault, input);
        assertEquals(input, restored.text());
        assertEquals(List.of(kind), restored.kinds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-482",
                "482.5",
                "4820",
                "482e1",
                "0.482",
                "x482",
                "\"x\\u00",
                "\"\\",
                "\"\\u00zz\"",
                "\"\\u00\"",
                "{\"a\":tru",
                "\"a\\q\"",
                "\"[NAME_1\"",
                "\"\\u005bNAME_1",
                "",
                "\"a\"482",
            })
    void append_otherNumbersAndBrokenJson_passUnchanged(String input) {
        Restored restored = Restored.json(vault, input);
        assertEquals(input, restored.text());
        assertEquals(List.of(), restored.findings());
    }

    @Test
    void append_withheldDocument_passesAndReports() {
        Restorer restorer = vault.jsonRestorer(RestorePolicy.withholding("tool"));
        String input = "{\"a\":\"\\u005bNAME_1] \\u00\",\"b\":482,\"c\":[AGE_1]}";
        Restored restored = Restored.run(restorer, input, Restored.everyPosition(input));
        assertEquals(input, restored.text());
        assertEquals(List.of(Kind.UNLISTED_TOOL, Kind.UNLISTED_TOOL, Kind.UNLISTED_TOOL), restored.kinds());
    }

    @Test
    void append_plainString_leavesInTheSameCall() {
        Restorer restorer = vault.jsonRestorer(RestorePolicy.restoring("tool"));
        for (String token : List.of(
                "{\"", "note", "\":", "\"The ", "patient", "\\n", "is", "\",\"", "n\": ", "7", "7", ",", "true", "}")) {
            StringBuilder out = new StringBuilder();
            restorer.append(token, out);
            assertEquals(token, out.toString());
        }
    }

    @RepeatedTest(300)
    void append_randomOriginals_parsesBackToThem(RepetitionInfo repetition) {
        long seed = 7_000L + repetition.getCurrentRepetition();
        RestorerTexts texts = new RestorerTexts(seed);
        String original = texts.original();
        Vault.Builder builder = new Vault.Builder();
        String placeholder = builder.placeholderFor(PhiCategory.NAME, original);
        String key = texts.jsonString("k ");
        String input = "{" + key + ":[\"" + placeholder + "\",-1.5e3,true],\"" + placeholder + "\":{}}";
        Restored restored =
                Restored.run(builder.build().jsonRestorer(RestorePolicy.restoring("tool")), input, texts.cuts(input));
        List<String> strings = JsonCheck.strings(restored.text());
        assertEquals(2, restored.count(), () -> "seed " + seed);
        assertEquals(List.of(original, original), strings.subList(1, 3), () -> "seed " + seed);
        assertTrue(restored.text().startsWith("{" + key + ":["), () -> "seed " + seed);
        restored.text().chars().forEach(c -> assertTrue(c >= ' ', () -> "seed " + seed));
    }

    @RepeatedTest(300)
    void append_randomDocuments_stayWellFormed(RepetitionInfo repetition) {
        long seed = 9_000L + repetition.getCurrentRepetition();
        RestorerTexts texts = new RestorerTexts(seed);
        String input = texts.jsonDocument();
        List<String> before = JsonCheck.strings(input);
        Restored restored = Restored.run(vault.jsonRestorer(RestorePolicy.restoring("tool")), input, texts.cuts(input));
        List<String> after = JsonCheck.strings(restored.text());
        assertEquals(before.size(), after.size(), () -> "seed " + seed);
        for (int i = 0; i < after.size(); i++) {
            assertEquals(Restored.text(vault, before.get(i)).text(), after.get(i), () -> "seed " + seed);
        }
    }
}
