package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values known about the patient go in every form. */
class KnownValuesTest {

    private static final Redactor REDACTOR = Redactor.create(Profile.BALANCED, SiteKnowledge.none());

    private static void allReplaced(KnownValues known, List<String> forms) {
        for (String form : forms) {
            assertEquals(
                    "x [" + known.values().getFirst().category() + "_1] y",
                    MarkedText.redacted(REDACTOR, known, "x " + form + " y"));
        }
    }

    @Test
    void name_everyForm_replaced() {
        allReplaced(
                KnownValues.builder().add(PhiCategory.NAME, "Zoë Quillfeather").build(),
                List.of(
                        "Zoë Quillfeather",
                        "zoe quillfeather",
                        "ZOE QUILLFEATHER",
                        "Quillfeather, Zoe",
                        "Z. Quillfeather",
                        "Quillfeather Z",
                        "zoequillfeather",
                        "Zoe_Quillfeather",
                        "quillfeather",
                        "Zoe",
                        "Z o e Quillfeather",
                        "Ｚｏｅ Quillfeather",
                        "Zo\u200Be Quill\u00ADfeather"));
    }

    @Test
    void nameWithMiddle_everyForm_replaced() {
        allReplaced(
                KnownValues.builder()
                        .add(PhiCategory.NAME, "Ottoline, Brannagh Xu")
                        .build(),
                List.of(
                        "Brannagh Xu Ottoline",
                        "Brannagh X. Ottoline",
                        "Ottoline, Brannagh X",
                        "B. X. Ottoline",
                        "Brannagh Ottoline"));
    }

    @Test
    void nameThatIsAWord_onlyWithCapitalInsideASentence() {
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Hope Mills").build();
        assertEquals("we hope the mills run", MarkedText.redacted(REDACTOR, known, "we hope the mills run"));
        assertEquals("then [NAME_1] left", MarkedText.redacted(REDACTOR, known, "then Hope left"));
        assertEquals("then [NAME_1] left", MarkedText.redacted(REDACTOR, known, "then hope mills left"));
    }

    @Test
    void identifier_regrouped_replaced() {
        allReplaced(
                KnownValues.builder().add(PhiCategory.MRN, "00-1234-5678").build(),
                List.of("0012345678", "00 1234 5678", "00.1234.5678", "12345678", "00/12/34/56/78"));
    }

    @Test
    void phone_withAndWithoutCountry_replaced() {
        allReplaced(
                KnownValues.builder().add(PhiCategory.PHONE, "(312) 555-0147").build(),
                List.of("3125550147", "312 555 0147", "1 312 555 0147", "312-5550147"));
    }

    @Test
    void date_everyForm_replaced() {
        allReplaced(
                KnownValues.builder().add(PhiCategory.DATE, "1961-03-05").build(),
                List.of(
                        "1961-03-05",
                        "3/5/1961",
                        "03/05/61",
                        "March 5, 1961",
                        "5 Mar 1961",
                        "Mar 5th",
                        "5th of March",
                        "March 05 1961",
                        "19610305",
                        "05.03.1961",
                        "3-5-61"));
    }

    @Test
    void place_partsAndWhole_replaced() {
        KnownValues known = KnownValues.builder()
                .add(PhiCategory.LOCATION, "9 Quagmire Bend, Lower Tidmarsh, OH 44099")
                .build();
        assertEquals("in [LOCATION_1] then", MarkedText.redacted(REDACTOR, known, "in lower tidmarsh then"));
        assertEquals("at [LOCATION_1] then", MarkedText.redacted(REDACTOR, known, "at 9 QUAGMIRE BEND then"));
        assertEquals("in Ohio then", MarkedText.redacted(REDACTOR, known, "in Ohio then"));
    }

    @Test
    void valueInsideEncodedText_replaced() {
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Quillfeather").build();
        assertEquals("[NAME_1]", MarkedText.redacted(REDACTOR, known, "dGhlIHF1aWxsZmVhdGhlciBjYXNlIG5vdGVz"));
    }

    @Test
    void toString_always_hidesValues() {
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Quillfeather").build();
        assertEquals("KnownValues[1]", known.toString());
        assertFalse(known.values().toString().contains("Quill"));
    }
}
