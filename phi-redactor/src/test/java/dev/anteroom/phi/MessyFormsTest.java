package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in messages and resources of other systems, and in wordings that hide an identifier. All values are made up. */
class MessyFormsTest {

    private static void check(String table) {
        assertEquals(List.of(), MarkedText.failures(Profile.BALANCED, table));
    }

    @Test
    void hl7Segments_fields_found() {
        check("""
                MSH|^~\\\\&|LAB|<FACILITY|MERCYWEST>|EHR|<FACILITY|NORTHGATE>|<DATE|20240312081530>||ORU^R01|<ID|MSG48217>|P|2.5.1
                PID|1||<MRN|48291733>^^^<FACILITY|MWH>^MR~<SSN|482-91-7336>^^^USA^SS||<NAME|QUILLER^ADA^M>||<DATE|19450312>|F|||<LOCATION|12 ELM CT^^SPRINGFIELD^IL^62704>^USA||<PHONE|(312)555-0188^PRN^PH>~^<EMAIL|NET^Internet^ada@mailbox.org>|<PHONE|312 555 0199>||M||<ACCOUNT|77482917>|<SSN|482917336>|<LICENSE|S4829173>
                NK1|1|<NAME|QUILLER^BEN>|SPO|<LOCATION|12 ELM CT^^SPRINGFIELD^IL^62704>|<PHONE|3125550147>
                PV1|1|I|<FACILITY|ICU^101^A^MWH>||||<LICENSE|1234567893>^<NAME|OKONJO^WILMA^^^DR>|||MED|||||||||<MRN|V4829>
                IN1|1|<PLAN|HP482>|<PLAN|4829>|<FACILITY|BLUE ANCHOR>||||<PLAN|GRP4829>||||||||<NAME|QUILLER^ADA>|SELF|<DATE|19450312>
                GT1|1|<MRN|48217>|<NAME|QUILLER^BEN>||<LOCATION|12 ELM CT^^SPRINGFIELD^IL^62704>|<PHONE|3125550147>||<DATE|19430101>
                OBX|1|NM|2345-7^GLUCOSE^LN||182|mg/dL|70-99|H|||F|||<DATE|20240312>
                OBX|2|TX|NOTE||Seen for MRN <MRN|48217>, potassium 4.1||||||F
                NTE|1||Call <PHONE|312-555-0188> about glucose 182
                |MRI|CT|PET| none
                """);
    }

    @Test
    void fhirElements_generalNames_found() {
        check("""
                "identifier":[{"type":{"text":"MRN"},"value":"<ID|48217>"}],"code":{"value":"2345-7"}
                {"telecom":[{"system":"phone","value":"<PHONE|555-0188>"},{"system":"email","value":"<EMAIL|ada@mailbox.org>"}],"gender":"female"}
                {"birthDate":"<DATE|1945-03-12>","address":[{"line":["<LOCATION|12 Elm>","<LOCATION|Apt 4>"],"city":"<LOCATION|Quillby>","postalCode":"<LOCATION|62704>"}]}
                {"extension":[{"url":"x","valueString":"MRN <MRN|48217>"}],"valueQuantity":{"value":182,"unit":"mg/dL"}}
                {"text":{"status":"generated","div":"<div>DOB: <DATE|03/12/1945>, glucose 182</div>"}}
                """);
    }

    @Test
    void camelCaseKeys_found() {
        check("""
                {"guarantorHomePhone":"<PHONE|555-0188>","primaryInsuranceMemberId":"<PLAN|48217>","maxDose":"1200"}
                patientMrn=<MRN|48217> drugCount=1200
                <primaryMemberId><PLAN|48217></primaryMemberId>
                """);
    }

    @Test
    void ages_everyForm_found() {
        check("""
                <AGE|93>yo, a <AGE|93> y.o. woman, <AGE|93>F with cough
                <AGE|93> year old, AGE <AGE|93>, "age": <AGE|93>
                <AGE|ninety-three>-year-old, <AGE|ninety three> years of age
                <AGE|93>-Year-Old; <AGE|104> years young
                | Age | <AGE|93> |
                a 45yo man aged 89, age 72, 35F with cough
                """);
    }

    @Test
    void lettersAndDigits_labelled_found() {
        check("""
                postal code <LOCATION|K1A 0B1>, postcode: <LOCATION|SW1A 4BZ>
                | Postcode | Drug |\\n|---|---|\\n| <LOCATION|SW1A 4BZ> | metformin |
                user ID <ID|jquill4821> and username: <ID|jquill4821>
                "userId": "<ID|jquill4821>"
                """);
    }
}
