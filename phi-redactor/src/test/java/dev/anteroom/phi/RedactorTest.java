package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final Redactor REDACTOR = Redactor.create(Profile.BALANCED, SiteKnowledge.none());

    private static Redaction redact(Position... positions) {
        return REDACTOR.redact(List.of(positions), KnownValues.none(), new Random(7));
    }

    private static String text(String text) {
        return redact(Position.text("$", text)).text(0).value();
    }

    @Test
    void redact_nothingFound_keepsTheString() {
        String text = "aspirin 81 mg";
        assertSame(text, text(text));
    }

    @Test
    void redact_valueFoundInOnePosition_replacedInAll() {
        Redaction redaction = redact(
                Position.text("$.messages[0].content", "what did smithers say about 4482913?"),
                Position.text("$.messages[1].content", "Dr. Smithers saw MRN 44-82913. SMITHERS agreed."));
        assertEquals("what did [NAME_1] say about [MRN_1]?", redaction.text(0).value());
        assertEquals(
                "Dr. [NAME_2] saw MRN [MRN_2]. [NAME_3] agreed.",
                redaction.text(1).value());
    }

    @Test
    void redact_sameOriginal_samePlaceholder() {
        assertEquals(
                "Dr. [NAME_1] and Dr. [NAME_2]; Dr. [NAME_1] left",
                text("Dr. Smithers and Dr. Jones; Dr. Smithers left"));
    }

    @Test
    void redact_partOfFoundName_replaced() {
        assertEquals("Patient: [NAME_1]. Later [NAME_2] left.", text("Patient: Wilma Okonjo. Later okonjo left."));
    }

    @Test
    void redact_person_replacedWhole() {
        assertEquals("[NAME_1]", redact(Position.person("$", "xX 9")).text(0).value());
        assertEquals("", redact(Position.person("$", "")).text(0).value());
    }

    @Test
    void redact_personsName_replacedInText() {
        Redaction redaction = redact(Position.person("$.name", "okonjo"), Position.text("$.content", "Okonjo asks"));
        assertEquals("[NAME_2] asks", redaction.text(1).value());
    }

    @Test
    void redact_labelledNumber_replacedByNumberOfEqualLength() {
        Redaction redaction = redact(
                Position.number("$.mrn", "4482913", "mrn"),
                Position.number("$.dose", "4482914", "dose"),
                Position.number("$.again", "4482913", "x"),
                Position.number("$.id", "-123456", "patientId"));
        String standIn = redaction.number(0).value();
        assertTrue(standIn.matches("[1-9][0-9]{6}"));
        assertNotEquals("4482913", standIn);
        assertEquals("4482914", redaction.number(1).value());
        assertEquals(standIn, redaction.number(2).value());
        assertTrue(redaction.number(3).value().matches("-[1-9][0-9]{5}"));
        assertEquals(2, redaction.vault().size());
    }

    @Test
    void redact_numberFoundInText_replaced() {
        Redaction redaction = redact(Position.text("$", "MRN: 4482913"), Position.number("$.n", "4482913", ""));
        assertNotEquals("4482913", redaction.number(1).value());
    }

    @Test
    void redact_fieldLabel_decides() {
        assertEquals(
                "[NAME_1]",
                redact(Position.text("$.patient.name[0].family", "Xyzzyq", "family"))
                        .text(0)
                        .value());
        assertEquals(
                "[MRN_1]",
                redact(Position.text("$.medicalRecordNumber", "ab 12", "medicalRecordNumber"))
                        .text(0)
                        .value());
        assertEquals(
                "[DATE_1]",
                redact(Position.text("$.birthDate", "1960-01", "birthDate"))
                        .text(0)
                        .value());
        assertEquals(
                "[LOCATION_1]",
                redact(Position.text("$.postalCode", "02139", "postalCode"))
                        .text(0)
                        .value());
        assertEquals(
                "[ID_1]",
                redact(Position.text("$.identifier[0].value", "q-778", "value"))
                        .text(0)
                        .value());
        assertEquals(
                "metformin 500",
                redact(Position.text("$.x", "metformin 500", "display")).text(0).value());
    }

    @Test
    void redact_placeholderLikeText_restoresToItself() {
        Redaction redaction = redact(Position.text("$", "see [NAME_1] about Dr. Jones"));
        assertEquals("see [ID_1] about Dr. [NAME_1]", redaction.text(0).value());
    }

    @Test
    void redact_siteKnowledge_found() {
        Redactor redactor = Redactor.create(
                Profile.BALANCED,
                new SiteKnowledge(
                        List.of("Tidewater Pavilion"),
                        List.of("Brannagh Ottoline"),
                        List.of(new RecordNumberFormat("north", "N99-AA9"))));
        assertEquals(
                "at [FACILITY_1] with [NAME_1] for [MRN_1]; N12-3B4",
                MarkedText.redacted(
                        redactor, KnownValues.none(), "at tidewater pavilion with ottoline for n12-qz4; N12-3B4"));
    }

    @Test
    void redact_furtherDetector_takesPart() {
        Detector detector = new Detector() {
            @Override
            public String version() {
                return "wide";
            }

            @Override
            public void detect(Document document, Candidates candidates) {
                for (int i = 0; i < document.size(); i++) {
                    for (int token = 0; token < document.tokens(i).count(); token++) {
                        if (document.tokens(i).start(token) == 4) {
                            candidates.add(i, 4, document.tokens(i).end(token), PhiCategory.NAME, "test", 0.9f);
                        }
                    }
                }
            }
        };
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none(), List.of(detector));
        assertEquals(
                "ask [NAME_1] or [NAME_2]",
                MarkedText.redacted(redactor, KnownValues.none(), "ask quillfeather or Quillfeather"));
        assertNotEquals(REDACTOR.digest(), redactor.digest());
    }

    @Test
    void redact_numberPosition_isNoText() {
        Redaction redaction = redact(Position.number("$", "12", ""));
        assertThrows(ClassCastException.class, () -> redaction.text(0));
    }

    @Test
    void digest_sameInputs_same() {
        assertEquals(
                REDACTOR.digest(),
                Redactor.create(Profile.BALANCED, SiteKnowledge.none()).digest());
        assertNotEquals(
                REDACTOR.digest(),
                Redactor.create(Profile.STRICT, SiteKnowledge.none()).digest());
        assertNotEquals(
                Redactor.create(Profile.BALANCED, new SiteKnowledge(List.of("ab"), List.of(), List.of()))
                        .digest(),
                Redactor.create(Profile.BALANCED, new SiteKnowledge(List.of("a", "b"), List.of(), List.of()))
                        .digest());
        assertTrue(REDACTOR.digest().matches("[0-9a-f]{64}"));
    }

    @Test
    void toString_always_hidesText() {
        Position position = Position.text("$", "secret");
        Redaction redaction = redact(position);
        for (Object value : List.of(position, redaction, redaction.text(0), REDACTOR, Document.of(List.of(position)))) {
            assertTrue(!value.toString().contains("secret"));
        }
    }

    /** The number also decodes, as base64 for addresses, to letters that read like something; the word also does. */
    @Test
    void detect_plainValuesThatHappenToDecode_areWhatTheyAre() {
        String phone = "{\"phone\":\"386-591-4310\"}";
        assertEquals(
                List.of(PhiCategory.PHONE),
                Redactor.create(Profile.BALANCED, SiteKnowledge.none())
                        .detect(List.of(Position.text("", phone)), KnownValues.none())
                        .stream()
                        .map(Span::category)
                        .toList());
        Span name = Redactor.create(Profile.BALANCED, SiteKnowledge.none())
                .detect(List.of(Position.text("", "Patient: Ottoline Quarrendon, doing well")), KnownValues.none())
                .getFirst();
        assertEquals(PhiCategory.NAME, name.category());
        assertEquals("name.label", name.layer());
    }
}
