package dev.anteroom.gateway.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which members of a FHIR Patient are looked for in the call. */
class PatientFieldTest {
    private static final String PATIENT = """
            {
              "resourceType": "Patient",
              "id": "pat-77120",
              "meta": {"profile": ["http://hl7.example/StructureDefinition/us-core-patient"]},
              "text": {"status": "generated", "div": "<div>Stable condition</div>"},
              "extension": [
                {"url": "http://hl7.example/StructureDefinition/patient-mothersMaidenName", "valueString": "Everdinck"},
                {"url": "http://hl7.example/StructureDefinition/patient-birthPlace", "valueAddress": {"city": "Nether Wallop"}},
                {"url": "http://hl7.example/StructureDefinition/consented", "valueDate": "2019-11-23"},
                {"url": "http://hl7.example/StructureDefinition/us-core-race",
                 "extension": [{"url": "text", "valueString": "Asian Indian"}]},
                {"url": "http://hl7.example/StructureDefinition/disability", "valueCodeableConcept": {"text": "Wheelchair user"}}
              ],
              "identifier": [{
                "use": "usual", "type": {"text": "Medical record number"},
                "system": "http://hospital.example/records", "value": "QX7719043",
                "assigner": {"display": "Tarnbrook Infirmary"}}],
              "name": [
                {"use": "official", "text": "Dr Ottoline Vanterpool Jr", "family": "Vanterpool", "given": ["Ottoline", "Brannagh"],
                 "prefix": ["Dr", "Mr"], "suffix": ["Jr"]},
                {"use": "nickname", "given": ["Ottikins"], "period": {"start": "2001-02-14"}}],
              "telecom": [
                {"system": "phone", "value": "(312) 555-0187", "use": "home", "rank": 1},
                {"system": "email", "value": "lunarfox@mail.example"}],
              "gender": "female",
              "birthDate": "1961-03-05",
              "address": [{
                "use": "home", "type": "both", "text": "Flat 3, Gorsefield Manor", "line": ["917 Quagmire Street"],
                "city": "Lower Tidmarsh", "state": "Ohio", "postalCode": "44099", "country": "USA"}],
              "contact": [{
                "relationship": [{"text": "Next of kin"}],
                "name": {"family": "Hollingberry", "given": ["Zeb"]},
                "telecom": [{"system": "phone", "value": "312 555 0199"}]}],
              "generalPractitioner": [{"reference": "Practitioner/gp-40417", "display": "Dr Adelheid Pumpernoggle"}]
            }""";

    private final OutboundBody outbound = new OutboundBody();

    private String redacted(String text) {
        String body = """
                {"model": "m", "patient": %s, "messages": [{"role": "user", "content": "%s"}]}""".formatted(PATIENT, text);
        String out = outbound.of(body, false, new Random(1));
        String start = "\"content\":\"";
        int from = out.indexOf(start) + start.length();
        return out.substring(from, out.indexOf('"', from));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pat-77120", "everdinck", "nether wallop", "11/23/2019", "QX 77 19 043", "tarnbrook infirmary",
                        "VANTERPOOL",
                "ottoline", "brannagh", "ottikins", "vanterpool ottoline", "2/14/2001", "3125550187",
                        "LunarFox@mail.example",
                "5 Mar 1961", "gorsefield manor", "917 quagmire st", "lower tidmarsh", "44099", "hollingberry",
                        "z hollingberry",
                "312.555.0199", "gp 40417", "pumpernoggle",
            })
    void redact_valueOfThePatient_gone(String value) {
        String out = redacted("then " + value + " again");
        assertTrue(out.startsWith("then [") && out.endsWith("] again"), out);
        assertFalse(out.contains(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tell Dr and Mr of it",
                "the Jr partner",
                "an official use",
                "a usual home phone or email",
                "female and generated",
                "medical record number missing",
                "a stable condition",
                "asian indian food",
                "a wheelchair user",
                "next of kin informed",
                "in Ohio and the USA",
                "practitioner needed",
                "the patient-mothersMaidenName extension",
                "structuredefinition of hl7",
            })
    void redact_codedElements_stay(String text) {
        assertEquals(text, redacted(text));
    }
}
