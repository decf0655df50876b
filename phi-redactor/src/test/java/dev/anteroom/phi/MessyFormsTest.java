package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                PID|1||<MRN|48291733>^^^<FACILITY|MWH>^MR~<SSN|482-91-7336>^^^USA^SS||<NAME|QUILLER^ADA^M>||<DATE|19450312>|F|||<LOCATION|12 ELM CT^^SPRINGFIELD>^IL^<LOCATION|62704>^USA||<PHONE|(312)555-0188^PRN^PH>~^<EMAIL|NET^Internet^ada@mailbox.org>|<PHONE|312 555 0199>||M||<ACCOUNT|77482917>|<SSN|482917336>|<LICENSE|S4829173>
                NK1|1|<NAME|QUILLER^BEN>|SPO|<LOCATION|12 ELM CT^^SPRINGFIELD>^IL^<LOCATION|62704>|<PHONE|3125550147>
                PV1|1|I|ICU^101^A^<FACILITY|MWH>||||<LICENSE|1234567893>^<NAME|OKONJO^WILMA>^^^DR|||MED|||||||||<MRN|V4829>
                IN1|1|<PLAN|HP482>|<PLAN|4829>|<FACILITY|BLUE ANCHOR>||||<PLAN|GRP4829>||||||||<NAME|QUILLER^ADA>|SELF|<DATE|19450312>
                GT1|1|<MRN|48217>|<NAME|QUILLER^BEN>||<LOCATION|12 ELM CT^^SPRINGFIELD>^IL^<LOCATION|62704>|<PHONE|3125550147>||<DATE|19430101>
                OBX|1|NM|2345-7^GLUCOSE^LN||182|mg/dL|70-99|H|||F|||<DATE|20240312>
                OBX|2|TX|NOTE||Seen for MRN <MRN|48217>, potassium 4.1||||||F
                NTE|1||Call <PHONE|312-555-0188> about glucose 182
                |MRI|CT|PET| none
                """);
    }

    /** A message that was pasted into a sentence ends in a number; the words behind it belong to the sentence. */
    @Test
    void hl7Segment_textBehindItOnTheSameLine_stays() {
        check("""
                PID|||<MRN|48291733>|||||||||||||||<ACCOUNT|92.2429.84> Forwarded to pharmacy, bounced back and resent
                PID|||<MRN|48291733>|||||||||||||||<ACCOUNT|774 829 17> is the account that was asked for
                PID|||<MRN|48291733>^^^<FACILITY|Mercy West>^MR
                GT1|1|<MRN|V48 217> came back with nausea
                GT1|1|<MRN|V48 old>~<MRN|V49217>
                PID|1||||<NAME|QUILLER^ADA> came back with a fever on day 17
                NK1|1|<NAME|QUILLER^BEN>|SPO||<PHONE|3125550147> should be called by the nurse
                NK1|1|<NAME|QUILLER^BEN>|SPO||<PHONE|312 555 0147 ext 12>
                PV1|1|I||||||||||||||||||||||||||||||||||||||||||<DATE|20000622> and was sent home
                """);
    }

    /** Units, beds, titles and kinds of numbers and of messages name nobody; a ward with a name of its own does. */
    @Test
    void hl7Fields_whatNamesNobody_stays() {
        check("""
                PV1|1|I|4 West^12^B^<FACILITY|Mercy West>||||<LICENSE|1234567893>^<NAME|OKONJO^WILMA^M^JR>^DR^MD
                PV1|1|I|<FACILITY|Quillhaven^12^B>||||<NAME|Okonjo^Wilma>|<NAME|Nguyen^Do>
                PV1|1|I|<FACILITY|MAYO^12^B>|||||<LICENSE|1234567893>^<NAME|Nguyen^Do>^^^DO
                PV1|1|I|<FACILITY|MERCYWEST>
                MSH|^~\\\\&|LAB|<FACILITY|MERCYWEST>|EHR|<FACILITY|SITE>||||ADT^A01|P|2.5.1
                PID|1||<MRN|48291733>^^^MRN||<NAME|QUILLER^ADA>
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

    @Test
    void tagsInsideValues_readAsNothing() {
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        for (String value : List.of(
                "quillroom.<b>org/p4r7k</b>h",
                "https://portal.quillby.net<b>:8443/reeds/4b7k#to</b>p",
                "Septembe<b>r 6, 200</b>1",
                "Dec. 1<b>, 193</b>8",
                "June 1<b>0, 196</b>8",
                "the 2nd of<b> March 195</b>0",
                "quiller_ada<em class=\"x\">+clinic@homebox.ne</em>t",
                "WVWWUJKZ<b>9N856169</b>3",
                "quillada<b>56@homebox.co</b>m",
                "ada.quiller<b>.ben@homebox.ne</b>t")) {
            String left = MarkedText.redacted(redactor, KnownValues.none(), "See " + value + " in the chart");
            assertTrue(left.matches("See (the )?\\[[A-Z]+_\\d+] in the chart"), left);
        }
    }

    @Test
    void tagsBetweenValues_separate() {
        check("""
                <tr><td>MRN</td><td><MRN|48217></td></tr>
                <b>MRN</b><b><MRN|48217></b> seen
                <b>MRN</b><i><MRN|48217></i>, <b>glucose</b>182
                <b>DOB</b>: <DATE|03/12/1945> <b>Plan</b>Rest
                """);
    }

    @Test
    void brokenAndSpacedValues_found() {
        check("""
                Mail <EMAIL|quiller-\\nada@mail.homebox.org> please
                Fax: <FAX|(3 1 2) 5 5 5-0 1 7 7 x4 8 2 1>
                Member ID: <PLAN|XW4 8 2D9 1 7 3>
                IP address: <IP|fe8 0::4 8 2 1:0 7c3:6f4d:3 3f6>
                IP address: <IP|2 0 0 1:4 8 2 0:c2 1 7:3 3 6 1:a4 8 2:9 1 7 3:b4 4 2:7 7 1 9>
                ZIP code: <LOCATION|NjI3MDQ=>
                DOB: <DATE|MS82LzU4> again
                Email: <EMAIL|quiltada4 8 2@homebox.net> and 5 3@ a time
                Website: <URL|https://www.quillroom.org:8 4 4 3/reeds/4 7tv7ysp#top> again
                see <URL|https://www.quillroom.org/p/8> 4 times, <URL|https://www.quillroom.org/p/8> 4mg
                Website: <URL|quillroom.io/7g0 1crnm> for, <URL|https://quillroom.io/7 7mks3 1c#top> again
                VIN: <VEHICLE|WBAMSFMDXAB5 6 3 2 0 2> in the report
                VIN: <VEHICLE|4WQKTRNMXAB7 1 8 3 0 5 6> in the report
                The MRN on the wristband is <MRN|QB-482917>. Well
                DOB: <DATE|5/3/0 4>, DOB: <DATE|1 0/4/7 2>, DOB: <DATE|1/5/1 9 9 8> in
                DOB: <DATE|4/1 8/6 7> in, DOB: <DATE|1 1/2 3/1 9 7 4>, DOB: <DATE|4/18/67> 20 mg, DOB: <DATE|4/8/67> 5/10
                license <LICENSE|MD808593>, vehicle <VEHICLE|QYM 989>. The vehicle for 100 ml
                """);
    }

    @Test
    void recordNumbers_beforeInitials_found() {
        check("""
                seen <DATE|6/30/1948> <ID|00482917> W W Elm, <ID|00482917> w w elm, <ID|RS-482917> Elm
                seen <DATE|10/8/13> <ID|48291/36> F W Elm, <ID|48291/36> f w elm
                penicillin 2400000 U weekly, rs482917 and NM_482917, BMS-482917, ratio 1200/80 F
                """);
    }

    @Test
    void datesInSmallLetters_found() {
        check("""
                seen <DATE|saturday, may 25> and well
                seen again <DATE|march 5>, no cough
                it may 25 mg, may 2 tablets and march 5 km or march 5 times a week
                Drawn <DATE|1971-09-07 22:49:16> and <DATE|09/07/1971 7:05>, K 4.1
                Back on the <DATE|5th of May>. Christmas, <DATE|Sept. 5>. Well since <DATE|June>. Then <DATE|May. 5, 1971>
                Born <DATE|June \uff11\uff10, \uff11\uff19\uff16\uff18>
                """);
    }
}
