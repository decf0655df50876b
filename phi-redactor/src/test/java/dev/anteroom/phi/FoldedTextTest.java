package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedTextTest {

    private static String fold(String text) {
        FoldedText folded = FoldedText.of(text);
        return folded.subSequence(0, folded.length()).toString();
    }

    @Test
    void of_lookAlikes_becomePlain() {
        assertEquals("MRN 123", fold("ＭＲＮ\u00A0１２３"));
        assertEquals("Smith", fold("Ѕmіth"));
        assertEquals("Jose Munoz", fold("Jos\u00E9 Mun\u0303oz"));
        assertEquals("123-45-6789", fold("123\u201345\u20116789"));
        assertEquals("abc 12", fold("\uD835\uDC1A\uD835\uDC1B\uD835\uDC1C 12"));
        assertEquals("Griffin Strasse", fold("Gri\uFB03n Stra\u00DFe"));
        assertEquals("1234", fold("\u0661\u0662\u0663\u0664"));
        assertEquals("Smith", fold("Sm\u200Bi\u2060t\uFEFFh"));
    }

    @Test
    void originalOffsets_droppedAndWideCharacters_mapBack() {
        String text = "\uD83D\uDE00 MRN: 1\u200B2\u0301345 \uD83D\uDE00";
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        List<Span> spans = redactor.detect(List.of(Position.text("$", text)), KnownValues.none());
        assertEquals(1, spans.size());
        assertEquals(
                "1\u200B2\u0301345",
                text.substring(spans.getFirst().start(), spans.getFirst().end()));
    }
}
