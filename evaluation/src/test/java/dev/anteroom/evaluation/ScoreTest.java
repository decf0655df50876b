package dev.anteroom.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Profile;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreTest {
    private static final PhiTagger TAGGER = PhiTagger.shipped();

    @Test
    void leftOver_yearOfDateAndAreaOfZip_areNoLeak() {
        assertFalse(LeakRule.leftOver(Identifier.DATE, "03/14/2024", range(0, 6)));
        assertFalse(LeakRule.leftOver(Identifier.ZIP, "44107", range(3, 5)));
    }

    @Test
    void leftOver_yearOfADisguisedDate_isNoLeak() {
        assertFalse(LeakRule.leftOver(Identifier.DATE, "２４ July １９８６", range(0, 7)));
        assertFalse(LeakRule.leftOver(Identifier.DATE, "0 3 / 1 4 / 1 9 8 6", range(0, 11)));
        assertFalse(LeakRule.leftOver(Identifier.DATE, "03%2F14%2F1986", range(0, 7)));
        assertTrue(LeakRule.leftOver(Identifier.DATE, "２４ July １９８６", range(0, 2)));
        assertTrue(LeakRule.leftOver(Identifier.SSN, "250-1<b>2-873</b>1", range(0, 5)));
        assertFalse(LeakRule.leftOver(Identifier.SSN, "250-1<b>2-873</b>1", range(0, 13)));
    }

    @Test
    void leftOver_threeDigitsOrFourLetters_areALeak() {
        assertTrue(LeakRule.leftOver(Identifier.PHONE, "216-555-0148", range(0, 8)));
        assertTrue(LeakRule.leftOver(Identifier.NAME, "Ann Tolliver", range(0, 4)));
        assertTrue(LeakRule.leftOver(Identifier.NAME, "Li", new BitSet()));
        assertFalse(LeakRule.leftOver(Identifier.FACILITY, "Tolliver Hospital", range(0, 8)));
    }

    @Test
    void wilson_knownShare_hasKnownBounds() {
        Wilson interval = Wilson.of(8, 10);
        assertEquals(0.4902, interval.low(), 1e-4);
        assertEquals(0.9433, interval.high(), 1e-4);
    }

    @Test
    void inventedTexts_sameSeed_areTheSameAndLeaveNoLabelledNumber() {
        assertEquals(
                Texts.invented(2, 7).getFirst().labelled(),
                Texts.invented(2, 7).getFirst().labelled());
        Score score = new Score(Layers.BOTH.redactor(Profile.BALANCED, TAGGER));
        Texts.invented(2, 7).forEach(score::labelled);
        assertTrue(score.all.values > 40);
        assertTrue(score.all.replaced <= score.all.characters);
        Tally ssn = score.kinds.get(Identifier.SSN);
        assertEquals(0, ssn == null ? -1 : ssn.leaks);
    }

    @Test
    void clean_stretchThatIsReplaced_isCountedInItsStyleAndNamed() {
        Score score = new Score(Layers.RULES.redactor(Profile.BALANCED, null));
        score.clean(new EvaluationText("a style", new LabelledText("Seen at Tolliver Hospital today.", List.of())));
        score.clean(new EvaluationText("another", new LabelledText("Seen today.", List.of())));

        assertEquals(
                List.of("a style: Tolliver Hospital"),
                score.losses.stream()
                        .map(loss -> loss.style() + ": " + loss.stretch())
                        .toList());
        String report = new Report(score, true).text("balanced");
        assertTrue(report.contains("| a style | 27 | 16 | 59.26 % |"), report);
        assertTrue(report.contains("| another | 9 | 0 | 0.00 % |"), report);
        assertTrue(report.contains("| all | 36 | 16 | 44.44 % |"), report);
    }

    private static BitSet range(int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return set;
    }
}
