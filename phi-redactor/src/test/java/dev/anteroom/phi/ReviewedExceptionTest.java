package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewedExceptionTest {

    private static final LocalDate LAST_DAY = LocalDate.of(2027, 3, 31);
    private static final InstantSource IN_FORCE = Clock.fixed(Instant.parse("2027-03-31T23:59:59Z"), ZoneOffset.UTC);
    private static final InstantSource EXPIRED = Clock.fixed(Instant.parse("2027-04-01T00:00:00Z"), ZoneOffset.UTC);

    private static ReviewedException exception(String term, @Nullable PhiCategory category, String... context) {
        return new ReviewedException(term, List.of(context), category, "an eponym", "R. Viewer", LAST_DAY);
    }

    private static Redactor redactor(Profile profile, InstantSource clock, ReviewedException... exceptions) {
        SiteKnowledge site =
                new SiteKnowledge(List.of(), List.of("Nadia Quillfeather"), List.of(), List.of(exceptions));
        return Redactor.create(profile, site, List.of(), clock);
    }

    private static String text(Redactor redactor, KnownValues known, String text) {
        return redactor.redact(List.of(Position.text("$", text)), known, new Random(5))
                .text(0)
                .value();
    }

    private static String text(Redactor redactor, String text) {
        return text(redactor, KnownValues.none(), text);
    }

    @Test
    void redact_termOfAnException_stays() {
        String text = "Dr. Zorblatt maneuver was negative.";
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("zorblatt", null));

        assertEquals("Dr. [NAME_1] maneuver was negative.", text(redactor(Profile.BALANCED, IN_FORCE), text));
        assertEquals(text, text(with, text));
        assertEquals("Dr. ZORBLÄTT maneuver", text(with, "Dr. ZORBLÄTT maneuver"));
    }

    @Test
    void redact_dayAfterTheLast_isReplacedAgain() {
        String text = "Dr. Zorblatt maneuver was negative.";
        assertEquals(
                "Dr. [NAME_1] maneuver was negative.",
                text(redactor(Profile.BALANCED, EXPIRED, exception("Zorblatt", null)), text));
    }

    @Test
    void redact_partOfAWordOrOfALongerName_isReplaced() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null));
        assertEquals("Dr. [NAME_1] left.", text(with, "Dr. Zorblattson left."));
        assertEquals("Dr. [NAME_1] left.", text(with, "Dr. Wilma Zorblatt left."));
    }

    @Test
    void redact_foundElsewhereInTheCall_isReplacedEverywhere() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null));
        assertEquals(
                "Dr. [NAME_1] left. Dr. [NAME_2] maneuver.",
                text(with, "Dr. Wilma Zorblatt left. Dr. Zorblatt maneuver."));
    }

    @Test
    void redact_knownFromPatientOrSite_isReplaced() {
        Redactor with =
                redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null), exception("Quillfeather", null));
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Ida Zorblatt").build();
        assertEquals("the [NAME_1] maneuver", text(with, known, "the Zorblatt maneuver"));
        assertEquals("the [NAME_1] maneuver", text(with, "the Quillfeather maneuver"));
    }

    @Test
    void redact_listedOrKnownNameThatIsAlsoAWord_isReplacedWhereverADetectorSeesIt() {
        SiteKnowledge site =
                new SiteKnowledge(List.of(), List.of("Jane Baker"), List.of(), List.of(exception("Baker", null)));
        Redactor listed = Redactor.create(Profile.BALANCED, site, List.of(), IN_FORCE);
        assertEquals("Dr. [NAME_1] left.", text(listed, "Dr. Baker left."));

        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Baker", null), exception("Baker cyst", null));
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Ida Baker").build();
        String text = "Patient name: baker";
        assertEquals(text, text(with, text));
        assertEquals("Patient name: [NAME_1]", text(with, known, text));
    }

    @Test
    void redact_contextMissing_isReplaced() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null, "maneuver", "negative"));
        assertEquals("Dr. Zorblatt maneuver: negative", text(with, "Dr. Zorblatt maneuver: negative"));
        assertEquals("Dr. [NAME_1] maneuver: positive", text(with, "Dr. Zorblatt maneuver: positive"));
        String far = " which was done last night by the team ";
        assertEquals(
                "Dr. [NAME_1] maneuver" + far + "negative", text(with, "Dr. Zorblatt maneuver" + far + "negative"));
    }

    @Test
    void redact_otherCategoryThanTheExceptions_isReplaced() {
        String text = "Dr. Zorblatt maneuver";
        assertEquals(
                "Dr. [NAME_1] maneuver",
                text(redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", PhiCategory.FACILITY)), text));
        assertEquals(text, text(redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", PhiCategory.NAME)), text));
    }

    @Test
    void redact_termInsideAStructuredIdentifier_isReplaced() {
        Redactor with = redactor(
                Profile.STRICT,
                IN_FORCE,
                exception("zorblatt", null),
                exception("536-22-8726", null),
                exception("617-555-0143", null),
                exception("4482913", null));
        assertEquals("mail [EMAIL_1] now", text(with, "mail zorblatt@example.org now"));
        assertEquals("SSN [SSN_1]", text(with, "SSN 536-22-8726"));
        assertEquals("call [PHONE_1]", text(with, "call 617-555-0143"));
        assertEquals("MRN: [MRN_1]", text(with, "MRN: 4482913"));
    }

    @Test
    void redact_fieldThatSaysWhatItIs_isReplaced() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null));
        List<Position> positions =
                List.of(Position.text("$.family", "Zorblatt", "family"), Position.person("$.name", "Zorblatt"));
        Redaction redaction = with.redact(positions, KnownValues.none(), new Random(5));
        assertEquals("[NAME_1]", redaction.text(0).value());
        assertEquals("[NAME_1]", redaction.text(1).value());
    }

    @Test
    void redact_textThatReadsLikeAPlaceholder_isReplaced() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("[NAME_1]", null));
        assertEquals("[ID_1]", text(with, "[NAME_1]"));
    }

    @Test
    void redact_numberOfTheStrictSweep_stays() {
        String text = "per form QX 77123 please";
        assertFalse(text(redactor(Profile.STRICT, IN_FORCE), text).contains("77123"));
        assertEquals(
                text,
                text(
                        redactor(
                                Profile.STRICT,
                                IN_FORCE,
                                exception("QX 77123", PhiCategory.ID),
                                exception("77123", null)),
                        text));
    }

    @Test
    void redact_withExceptions_secondScanAgrees() {
        Redactor with = redactor(Profile.STRICT, IN_FORCE, exception("Zorblatt", null));
        Redaction redaction = with.redact(
                List.of(Position.text("$", "Dr. Zorblatt maneuver; seen by Dr. Okonjo")),
                KnownValues.none(),
                new Random(5));
        String sent = "{\"x\":\"" + redaction.text(0).value() + "\"}";
        assertTrue(redaction.text(0).value().contains("Zorblatt"));
        assertTrue(redaction.outboundScan().clean(sent.getBytes(StandardCharsets.UTF_8), 0, sent.length(), _ -> false));
    }

    @Test
    void explain_votesAndWhatWasTakenBack_areListedWithoutValues() {
        Redactor with = redactor(Profile.BALANCED, IN_FORCE, exception("Zorblatt", null));
        String text = "Dr. Zorblatt maneuver; Dr. Okonjo, SSN 536-22-8726";
        Explanation explanation = with.explain(List.of(Position.text("$", text)), KnownValues.none());

        assertEquals(2, explanation.findings().size());
        for (Explanation.Finding finding : explanation.findings()) {
            assertTrue(finding.votes().stream()
                    .anyMatch(vote -> vote.layer().equals(finding.span().layer())));
            for (Span vote : finding.votes()) {
                assertTrue(vote.start() >= finding.span().start()
                        && vote.end() <= finding.span().end());
            }
        }
        assertEquals(
                List.of("Zorblatt"),
                explanation.withdrawn().stream()
                        .map(span -> text.substring(span.start(), span.end()))
                        .distinct()
                        .toList());
        assertEquals(
                with.detect(List.of(Position.text("$", text)), KnownValues.none()),
                explanation.findings().stream().map(Explanation.Finding::span).toList());
    }

    @Test
    void digest_everyPartOfAnException_changesIt() {
        List<ReviewedException> different = List.of(
                exception("Zorblatt", null),
                exception("Zorblat", null),
                exception("Zorblatt", PhiCategory.NAME),
                exception("Zorblatt", null, "maneuver"),
                new ReviewedException("Zorblatt", List.of(), null, "other", "R. Viewer", LAST_DAY),
                new ReviewedException("Zorblatt", List.of(), null, "an eponym", "S. Viewer", LAST_DAY),
                new ReviewedException("Zorblatt", List.of(), null, "an eponym", "R. Viewer", LAST_DAY.plusDays(1)));
        assertEquals(
                different.size(),
                different.stream()
                        .map(one -> redactor(Profile.STRICT, IN_FORCE, one).digest())
                        .distinct()
                        .count());
        assertNotEquals(
                redactor(Profile.STRICT, IN_FORCE).digest(),
                redactor(Profile.STRICT, IN_FORCE, different.getFirst()).digest());
    }

    @Test
    void create_whatNoExceptionMayBe_isRefusedWithoutTheTerm() {
        for (PhiCategory category : PhiCategory.values()) {
            if (!ReviewedException.isOpen(category)) {
                assertThrows(IllegalArgumentException.class, () -> exception("Zorblatt", category));
            }
        }
        for (String term : List.of("", "x", "-.-", "a b c d e f g h i", "q".repeat(65))) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> exception(term, null));
            assertTrue(
                    term.length() < 2 || !String.valueOf(refused.getMessage()).contains(term));
        }
        assertThrows(IllegalArgumentException.class, () -> exception("Zorblatt", null, "two words"));
        assertFalse(exception("Zorblatt", null).toString().contains("Zorblatt"));
    }

    @Test
    void redact_manyExceptionsAndCandidates_takesLinearTime() {
        ReviewedException[] exceptions = new ReviewedException[2_000];
        for (int i = 0; i < exceptions.length; i++) {
            exceptions[i] =
                    exception("Term" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26) + " x" + i, null, "near");
        }
        Redactor with = redactor(Profile.STRICT, IN_FORCE, exceptions);
        String text = "Dr. Termaa 77123 Zorblatt near; ".repeat(20_000);
        assertEquals(
                text(redactor(Profile.STRICT, IN_FORCE), text).length(),
                text(with, text).length());
    }
}
