package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.phi.RestoreFinding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The restoring rules for text, one by one. */
class RestorerTest {

    private final Vault vault = Restored.vault();

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "[NAME_1]¦Ada Quill",
                "Seen: [NAME_1].¦Seen: Ada Quill.",
                "[NAME_1]. Next¦Ada Quill. Next",
                "[NAME_1]'s chart¦Ada Quill's chart",
                "[NAME_1]’s chart¦Ada Quill’s chart",
                "([NAME_1])¦(Ada Quill)",
                "[NAME_1], [NAME_2]; x¦Ada Quill, Bo O'Fox; x",
                "**[NAME_1]**¦**Ada Quill**",
                "_[NAME_1]_ x¦_Ada Quill_ x",
                "\"[NAME_1].\"¦\"Ada Quill.\"",
                "[NAME_1]/[NAME_2]¦Ada Quill/Bo O'Fox",
                "[NAME_1]-[NAME_2] x¦Ada Quill-Bo O'Fox x",
                "[DATE_1]-[DATE_2]¦01/02/2024-03/04/2025",
                "[NAME_1][NAME_2]¦Ada QuillBo O'Fox",
                "MRN:[MRN_1]¦MRN:QX-88-1",
                "MRN=[MRN_1]&x¦MRN=QX-88-1&x",
                "Dr.[NAME_1] said¦Dr.Ada Quill said",
                "e.g.[NAME_1]¦e.g.Ada Quill",
                "[NAME_1]... and¦Ada Quill... and",
                "[NAME_1]?¦Ada Quill?",
                "[NAME_1]: hello [NAME_2]¦Ada Quill: hello Bo O'Fox",
                "|[NAME_1]|[DATE_1]|¦|Ada Quill|01/02/2024|",
                "[NAME_1].[1] Then¦Ada Quill.[1] Then",
                "age <[AGE_1] and [NAME_1]¦age <93 and Ada Quill",
                "1.5mg/[NAME_1]¦1.5mg/Ada Quill",
                "a@b.example [NAME_1]¦a@b.example Ada Quill",
                "https://a.example [NAME_1]¦https://a.example Ada Quill",
                "[text](https://a.example) [NAME_1]¦[text](https://a.example) Ada Quill",
                "![[NAME_1]](https://a.example/x.png) ok¦![Ada Quill](https://a.example/x.png) ok",
                "[NAME_1](aunt of [NAME_2])¦Ada Quill(aunt of Bo O'Fox)",
                "<b>[NAME_1]</b> [NAME_2]¦<b>Ada Quill</b> Bo O'Fox",
                "a < b [NAME_1] > c¦a < b Ada Quill > c",
                "[^1]: [NAME_1] wrote¦[^1]: Ada Quill wrote",
                "`[NAME_1]`¦`Ada Quill`",
                "[[NAME_1]]¦[Ada Quill]",
                "[name_1] and [Name_2]¦Ada Quill and Bo O'Fox",
                "[ NAME_1 ]¦Ada Quill",
                "\\[NAME\\_1\\] x¦Ada Quill x",
                "[NAME\\_1] x¦Ada Quill x",
                "\\[NAME_1] x¦Ada Quill x",
                "\\\\[NAME_1] x¦\\\\Ada Quill x",
                "the [NAME_1]s came¦the Ada Quills came",
                "the [NAME_1]s' house¦the Ada Quills' house",
                "[Name_1]’S chart¦Ada Quill’S chart",
                "**[NAME_1]**'s chart¦**Ada Quill**'s chart",
                "***[name_1]***, x¦***Ada Quill***, x",
                "~~[NAME_1]~~ x¦~~Ada Quill~~ x",
                "__[NAME_1]__ x¦__Ada Quill__ x",
                "# [NAME_1]¦# Ada Quill",
                "- **[Name_1]:** [name_2]¦- **Ada Quill:** Bo O'Fox",
                "**\\[NAME_1\\]** x¦**Ada Quill** x",
                "see [URL_1].¦see https://ward.example/a?b=c.",
                "([URL_1])¦(https://ward.example/a?b=c)",
                "[x]([URL_1])¦[x](https://ward.example/a?b=c)",
                "[x]( [URL_1] \"t\")¦[x]( https://ward.example/a?b=c \"t\")",
                "[x](<[URL_1]>)¦[x](<https://ward.example/a?b=c>)",
                "[x]([URL_1]) by [NAME_1]¦[x](https://ward.example/a?b=c) by Ada Quill",
                "[1]: [URL_1]¦[1]: https://ward.example/a?b=c",
                "<[URL_1]>¦<https://ward.example/a?b=c>",
                "[NAME_1] <[EMAIL_1]>¦Ada Quill <ada@ward.example>",
                "host [IP_1]:8080 up¦host 10.9.8.7:8080 up",
                "[IP_1]/24¦10.9.8.7/24",
                "[IP_1]\\n[NAME_1] x¦10.9.8.7\\nAda Quill x",
                "id 48213377.¦id 10020030.",
                "48213377,482 and -482¦10020030,117 and -117",
                "MRN:48213377)¦MRN:10020030)",
                "[NAME_1] 48213377¦Ada Quill 10020030",
                "[48213377]¦[10020030]",
                "[NAME_1]-48213377 x¦Ada Quill-10020030 x",
            })
    void append_ordinaryProse_restores(String input, String expected) {
        Restored restored = Restored.text(vault, input);
        assertEquals(expected, restored.text());
        assertEquals(List.of(), restored.findings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "https://h.example/?q=[NAME_1]¦IN_URL",
                "https://[NAME_1].h.example/¦IN_URL",
                "![x](https://h.example/[NAME_1].png)¦IN_LINK_TARGET",
                "HTTPS://h/\"[NAME_1]¦IN_URL",
                "x(https://h/a),[NAME_1]¦IN_URL",
                "[NAME_1]://h.example¦IN_URL",
                "[NAME_1]:https://h¦IN_URL",
                "[NAME_1]https://h¦IN_URL",
                "www.h.example/[NAME_1]¦IN_URL",
                "http://10.9.8.7\\n[NAME_1]¦IN_URL",
                "www.[NAME_1].example¦IN_URL",
                "(www.[NAME_1] x¦IN_URL",
                "mailto:[NAME_1]¦IN_URL",
                "\"javascript:f([NAME_1])\"¦IN_URL",
                "data:text/html,[NAME_1]¦IN_URL",
                "[NAME_1]-mailto:x¦IN_URL",
                "h.example/[NAME_1]¦IN_URL",
                "//h.example/a/[NAME_1]¦IN_URL",
                "h.example?q=[NAME_1]¦IN_URL",
                "h.example:80/[NAME_1]¦IN_URL",
                "10.1.2.3/[NAME_1]¦IN_URL",
                "[NAME_1]@h.example¦IN_HOST_OR_EMAIL",
                "x@[NAME_1].com¦IN_HOST_OR_EMAIL",
                "@[NAME_1] hi¦IN_HOST_OR_EMAIL",
                "x@a-[NAME_1] hi¦IN_HOST_OR_EMAIL",
                "[NAME_1].h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]-x_y.h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]\u200b@h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]\\@h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]é.h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]𝐱.h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1]:pw@h.example¦IN_HOST_OR_EMAIL",
                "[NAME_1].Next¦IN_HOST_OR_EMAIL",
                "[NAME_1].5¦IN_HOST_OR_EMAIL",
                "h.example.[NAME_1] x¦IN_HOST_OR_EMAIL",
                "[x]([NAME_1])¦IN_LINK_TARGET",
                "[x](a(b)c[NAME_1])¦IN_LINK_TARGET",
                "[x](a\\)[NAME_1])¦IN_LINK_TARGET",
                "[x](<a)[NAME_1]>)¦IN_MARKUP_ATTRIBUTE",
                "[x](<1)[NAME_1]>)¦IN_LINK_TARGET",
                "[x](a↵[NAME_1])¦IN_LINK_TARGET",
                "![]([URL_1]?q=1)¦IN_LINK_TARGET",
                "<[NAME_1]>¦IN_LINK_TARGET",
                "[x]: /[NAME_1]¦IN_LINK_TARGET",
                " > - [x]: [NAME_1]¦IN_LINK_TARGET",
                "[x]:↵ [NAME_1]¦IN_LINK_TARGET",
                "[x]: < a [NAME_1]>¦IN_LINK_TARGET",
                "<img src=x alt=\"[NAME_1]\">¦IN_MARKUP_ATTRIBUTE",
                "<img alt='>' src=\"a↵↵[NAME_1]\">¦IN_MARKUP_ATTRIBUTE",
                "<a [NAME_1]>¦IN_MARKUP_ATTRIBUTE",
                "</a [NAME_1]>¦IN_MARKUP_ATTRIBUTE",
                "<!--[NAME_1]-->¦IN_MARKUP_ATTRIBUTE",
                "<img↵↵src=↵'[NAME_1]'>¦IN_MARKUP_ATTRIBUTE",
                "<a href=\"[URL_1]\">¦IN_MARKUP_ATTRIBUTE",
                "https://h.example/?u=[URL_1]¦IN_URL",
                "[NAME_99] was¦UNKNOWN_PLACEHOLDER",
                "[NAME_01] was¦UNKNOWN_PLACEHOLDER",
                "[PHONE_1] was¦UNKNOWN_PLACEHOLDER",
                "**[name_99]**'s¦UNKNOWN_PLACEHOLDER",
                "\\[AGE\\_2\\] x¦UNKNOWN_PLACEHOLDER",
                "the [Name_3]s x¦UNKNOWN_PLACEHOLDER",
                "https://h/?id=48213377¦IN_URL",
                "48213377.25 mg¦IN_HOST_OR_EMAIL",
            })
    void append_unsafePlace_leavesPlaceholder(String line, Kind kind) {
        String input = line.replace('↵', '\n');
        Restored restored = Restored.text(vault, input);
        assertEquals(input, restored.text());
        assertEquals(List.of(kind), restored.kinds());
        assertEquals(Restored.CHANNEL, restored.findings().getFirst().channel());
        assertEquals(0, restored.count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "[URL_1]?q=[NAME_1]¦https://ward.example/a?b=c?q=[NAME_1]¦IN_URL",
                "[URL_1]-[NAME_1]¦https://ward.example/a?b=c-[NAME_1]¦IN_URL",
                "[IP_1]/[NAME_1]¦10.9.8.7/[NAME_1]¦IN_URL",
                "[IP_1]\\x[NAME_1]¦10.9.8.7\\x[NAME_1]¦IN_URL",
                "h.example\\n[NAME_1]¦h.example\\n[NAME_1]¦IN_URL",
                "[EMAIL_1]/[NAME_1]¦ada@ward.example/[NAME_1]¦IN_URL",
                "[NAME_1][ID_3]¦[NAME_1].h.example¦IN_HOST_OR_EMAIL",
                "x [NAME_1]:[URL_1]¦x [NAME_1]:https://ward.example/a?b=c¦IN_URL",
                "[ID_2][NAME_1]'>¦<img src=//h.example/ alt='[NAME_1]'>¦IN_URL",
                "[ID_2]: [NAME_1]'>¦<img src=//h.example/ alt=': [NAME_1]'>¦IN_MARKUP_ATTRIBUTE",
            })
    void append_originalIsAddressOrMarkup_neighbourStays(String input, String expected, Kind kind) {
        Restored restored = Restored.text(vault, input);
        // a tag wins over a URL: only that a finding is there and nothing is restored matters where both hold
        assertEquals(expected, restored.text());
        assertTrue(
                restored.kinds().equals(List.of(kind)) || restored.kinds().equals(List.of(Kind.IN_MARKUP_ATTRIBUTE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NAME_1", "[NAME_", "[NAME]", "[NAME_1)", "[1]", "[]", "[FIG_1]", "[NAME_1234567890]", "[NAME 1]",
                        "NAME_1", "[NAME-1]",
                "rows[name_1]", "\\[x\\]", "\\", "[NAME\\", "[", "[N", "[NAME_1\\]", "x48213377", "48213377x",
                        "4821337", "482133770",
                "_48213377", "", "[   NAME_1]",
            })
    void append_merelyAlike_staysWithoutFinding(String input) {
        Restored restored = Restored.text(vault, input);
        assertEquals(input, restored.text());
        assertEquals(List.of(), restored.findings());
    }

    @Test
    void append_originalLooksLikePlaceholder_isNotRestoredAgain() {
        assertEquals(
                "[NAME_1]Ada Quill, [NAME_1]",
                Restored.text(vault, "[ID_1][NAME_1], [ID_1]").text());
    }

    @Test
    void append_unclosedTagWithoutAttribute_endsWithItsLine() {
        assertEquals(
                "CRP <LLN [NAME_1]\nBo O'Fox\nx=[NAME_1]",
                Restored.text(vault, "CRP <LLN [NAME_1]\n[NAME_2]\nx=[NAME_1]").text());
    }

    @Test
    void append_unclosedLinkTarget_endsWithBlankLine() {
        assertEquals(
                "[x](a [NAME_1]\n \nAda Quill",
                Restored.text(vault, "[x](a [NAME_1]\n \n[NAME_1]").text());
    }

    @Test
    void append_plainText_leavesInTheSameCall() {
        Restorer restorer = vault.textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        for (String token : List.of(
                "The", " pa", "tient", ".", " https://", "x", " <b", ">", "\n", "](", "é", "\ud83d", "\ude00", "1")) {
            StringBuilder out = new StringBuilder();
            restorer.append(token, out);
            assertEquals(token, out.toString());
            assertEquals(0, restorer.heldChars());
        }
    }

    @Test
    void append_afterPlaceholder_holdsOnlyUntilSettled() {
        Restorer restorer = vault.textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        StringBuilder out = new StringBuilder();
        restorer.append("Hi [NA", out);
        assertEquals("Hi ", out.toString());
        assertEquals(3, restorer.heldChars());
        restorer.append("ME_1]", out);
        assertEquals("Hi ", out.toString());
        restorer.append(",", out);
        assertEquals("Hi Ada Quill,", out.toString());
        restorer.append(" [NAME_2] ", out);
        assertEquals("Hi Ada Quill, Bo O'Fox ", out.toString());
        assertEquals(0, restorer.heldChars());
    }

    @Test
    void append_pastTheHoldBound_flowsOn() {
        String tail = "x".repeat(Restorer.HOLD_CHARS * 2);
        Restorer restorer = vault.textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        StringBuilder out = new StringBuilder();
        restorer.append("[NAME_1]" + tail, out);
        assertEquals("[NAME_1]" + tail, out.toString());
        assertEquals(
                List.of(new RestoreFinding(Kind.HOLD_LIMIT, PhiCategory.NAME, Restored.CHANNEL)), restorer.findings());
        restorer.append(" [NAME_1] ", out);
        assertEquals("[NAME_1]" + tail + " Ada Quill ", out.toString());
    }

    @Test
    void append_numberLongerThanTheHoldBound_passes() {
        Vault.Builder builder = new Vault.Builder();
        builder.number("9".repeat(700), "1".repeat(700));
        String input = "9".repeat(700) + " " + "9".repeat(300);
        assertEquals(input, Restored.text(builder.build(), input).text());
        assertEquals("[" + input, Restored.json(builder.build(), "[" + input).text());
    }

    @Test
    void append_withheldChannel_passesAndReports() {
        Restorer restorer = vault.textRestorer(RestorePolicy.withholding("tool"));
        StringBuilder out = new StringBuilder();
        restorer.append("[NAME_1] [na", out);
        assertEquals("[NAME_1] [na", out.toString());
        assertEquals(0, restorer.heldChars());
        restorer.append("me_2] [AGE_7] 482 48213377", out);
        restorer.finish(out);
        assertEquals("[NAME_1] [name_2] [AGE_7] 482 48213377", out.toString());
        assertEquals(
                List.of(
                        new RestoreFinding(Kind.UNLISTED_TOOL, PhiCategory.NAME, "tool"),
                        new RestoreFinding(Kind.UNLISTED_TOOL, PhiCategory.NAME, "tool"),
                        new RestoreFinding(Kind.UNKNOWN_PLACEHOLDER, PhiCategory.AGE, "tool"),
                        new RestoreFinding(Kind.UNLISTED_TOOL, PhiCategory.ID, "tool"),
                        new RestoreFinding(Kind.UNLISTED_TOOL, PhiCategory.ID, "tool")),
                restorer.findings());
        assertEquals(0, restorer.restoredCount());
    }

    @Test
    void restoredCount_mixedText_countsWhatWasRestored() {
        assertEquals(
                3,
                Restored.text(vault, "[NAME_1] [NAME_9] 482 [AGE_1] x@[NAME_1]").count());
    }

    @Test
    void toString_restorer_showsNoValue() {
        Restorer restorer = vault.textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        restorer.append("[NAME_1]", new StringBuilder());
        assertFalse(restorer.toString().contains("Ada"));
        assertFalse(restorer.findings().toString().contains("Ada"));
    }
}
