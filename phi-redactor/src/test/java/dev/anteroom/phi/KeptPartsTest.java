package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptPartsTest {

    private static final int THIS_YEAR = 2026;
    private static final KeptParts BOTH = new KeptParts(Set.of(KeptPart.YEAR, KeptPart.ZIP3));
    private static final String TEXT = "Seen 03/14/2019, born June 2, 1931. Lives in Cleveland, OH 44107.";
    private static final String KEPT = "Seen [DATE_1 2019], born [DATE_2]. Lives in [LOCATION_1], OH [LOCATION_2 441].";

    private static Redactor keeping(Profile... profiles) {
        Map<Profile, Set<KeptPart>> kept = new EnumMap<>(Profile.class);
        for (Profile profile : profiles) {
            kept.put(profile, Set.of(KeptPart.YEAR, KeptPart.ZIP3));
        }
        return Redactor.create(
                Profile.BALANCED,
                new SiteKnowledge(List.of(), List.of(), List.of(), List.of(), kept),
                List.of(),
                InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z")));
    }

    private static Redaction redact(Redactor redactor, String text) {
        return redactor.redact(List.of(Position.text("$", text)), KnownValues.none(), new Random(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "03/14/2019|2019",
                "2019-03-14|2019",
                "2019-03-14T20:45|2019",
                "March 14, 2019|2019",
                "14th of March 2019|2019",
                "March 14th 2019|2019",
                "Mar. 2019|2019",
                "14-MAR-2019|2019",
                "3/14/19|''",
                "March 14|''",
                "20190314|''",
                "3/14 2015|''",
                "3/14/2019 2015|''",
                "March 14 at 2015|''",
                "March 2015 hours|''",
                "March 2018 to May 2019|''",
                "June 2, 1937|1937",
                "June 2, 1936|''",
                "June 2, 2028|''"
            })
    void of_date_keepsTheOnlyYearThatIsNoTimeAndNotNinetyYearsAgo(String original, String kept) {
        assertEquals(kept, BOTH.of(PhiCategory.DATE, original, THIS_YEAR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "44107|441",
                "44107-1234|441",
                "02115|021",
                "Cleveland, OH 44107|441",
                "12 Elm Street, Akron, Ohio 44301-0001|443",
                "New York, New York 10001|100",
                "Lebanon, NH 03601|''",
                "03602|''",
                "Rugby, ND 69201|''",
                "44107 Main Street|''",
                "12 Elm Street Apt 44107|''",
                "Highway 44107|''",
                "10115 Berlin|''",
                "SW1A 1AA|''",
                "Akron|''"
            })
    void of_place_keepsThreeDigitsOfAZipCodeWhereManyLive(String original, String kept) {
        assertEquals(kept, BOTH.of(PhiCategory.LOCATION, original, THIS_YEAR));
    }

    @Test
    void redact_siteThatKeeps_writesItInsideThePlaceholder() {
        Redactor redactor = keeping(Profile.BALANCED);
        Redaction redaction = redact(redactor, TEXT);
        assertEquals(KEPT, redaction.text(0).value());
        assertNotEquals(redactor.digest(), keeping().digest());
        byte[] bytes = ('"' + KEPT + '"').getBytes(StandardCharsets.UTF_8);
        assertTrue(redaction.outboundScan().clean(bytes, 0, bytes.length, _ -> false));
    }

    @Test
    void redact_siteThatKeepsInTheOtherProfile_keepsNothing() {
        assertEquals(
                "Seen [DATE_1], born [DATE_2]. Lives in [LOCATION_1], OH [LOCATION_2].",
                redact(keeping(Profile.STRICT), TEXT).text(0).value());
    }

    @Test
    void restore_everyWayOfWritingIt_isExactHoweverItIsCut() {
        Vault vault = redact(keeping(Profile.BALANCED), TEXT).vault();
        assertEquals(TEXT, Restored.text(vault, KEPT).text());
        for (String written : List.of(
                "[DATE_1 2019]",
                "[DATE_1]",
                "[date_1 2019]",
                "[ DATE_1  2019 ]",
                "\\[DATE\\_1 2019\\]",
                "**[DATE_1 2019]**")) {
            String text = "On " + written + " and later.";
            String expected = text.replaceAll("\\\\?\\[.*]", "03/14/2019");
            assertEquals(expected, Restored.text(vault, text).text());
            for (int cut = 1; cut < text.length(); cut++) {
                Restorer restorer = vault.textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
                assertEquals(expected, Restored.run(restorer, text, cut).text(), text + " cut at " + cut);
            }
        }
    }

    @Test
    void restore_otherDigitsThanWereKept_stayAndAreFound() {
        Vault vault = redact(keeping(Profile.BALANCED), TEXT).vault();
        for (String invented : List.of(
                "[DATE_1 2018]",
                "[DATE_1 19]",
                "[DATE_1 02019]",
                "[DATE_2 1931]",
                "[LOCATION_2 0441]",
                "[DATE_3 2019]")) {
            Restored restored = Restored.text(vault, "On " + invented + ".");
            assertEquals("On " + invented + ".", restored.text());
        }
        assertFalse(Restored.text(vault, "[DATE_1 2018]").findings().isEmpty());
    }

    @Test
    void redact_textThatReadsLikeAPlaceholderWithAYear_comesBackAsItWas() {
        Redaction redaction = redact(keeping(Profile.BALANCED), "Copy of [DATE_1 2019] from 03/14/2019");
        assertEquals("Copy of [ID_1] from [DATE_1 2019]", redaction.text(0).value());
        assertEquals(
                "Copy of [DATE_1 2019] from 03/14/2019",
                Restored.text(redaction.vault(), redaction.text(0).value()).text());
    }
}
