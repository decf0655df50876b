package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each category's rules find and leave, line by line. All values are made up. */
class DetectionTableTest {

    private static void check(String table) {
        assertEquals(List.of(), MarkedText.failures(Profile.BALANCED, table));
    }

    @Test
    void phone_everyForm_found() {
        check("""
                Call <PHONE|(312) 555-0123> or <PHONE|312.555.0199 x123>.
                Reach her at <PHONE|+1-415-555-2671> or <PHONE|+44 20 7946 0958>.
                Tel <PHONE|555-1234>, cell: <PHONE|555 2345>, home phone <PHONE|3125550147>
                PHONE: <PHONE|1-800-555-0199>
                phone ending in <PHONE|4412>, cell <PHONE|***-***-4413>
                "phone": "<PHONE|312-555-0123>"
                call <PHONE|555-1234> tonight
                <PHONE|312/555/0123> ext none
                <PHONE|(312)5550123> and <PHONE|312 555 0123 ext. 44>
                | Phone | <PHONE|312-555-0188> |
                Phone: <PHONE|0496 46 46 70>
                fax: <FAX|312 555 0111>, FAX NO. <FAX|312-555-0112>
                faxed to <FAX|(312) 555-0113>
                Take 500-1000 mg every 4-6 hours for 10-14 days.
                Range 100-1000 and 250-5000 units
                """);
    }

    @Test
    void everydayWordInAName_found() {
        check("""
                Thanks, Dr. <NAME|Anna Good>
                seen by Dr. <NAME|Anna Good> today, Mr. <NAME|James Will>, and
                Dr. <NAME|Anna> Follow Up Visit
                Dr. <NAME|Anna> Impression: stable
                Mr. <NAME|Monday> now has a cough
                Last refill <DATE|May> at the clinic, refill may cause it
                Cluster at <FACILITY|Physician's Care Surgical Hospital> this week
                Patient's Care Center visit, Women's Health Center visit
                """);
    }

    @Test
    void initialsOfTwoLetters_found() {
        check("""
                Pt <NAME|LT> in the nursery, Pt <NAME|SH>, stable
                <NAME|GA> 2 y/o with a fever
                Seen. <NAME|CR> 3-month-old, well. <NAME|JB> 62yo
                Pt. <NAME|ML> (MRN <MRN|14831034>) is well
                Pt ED visit, Pt OT in the room, Pt IV in place, PT in the room, Pt DM on insulin
                CP 45 yo, BP 120, LT 3 mg, GA 2 weeks, saw OB 34 yo
                """);
    }

    @Test
    void whatSurroundsAnIdentifier_stays() {
        check("""
                {"url":"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName"} http://loinc.org http://terminology.hl7.org/CodeSystem/v2-0203
                {"url":"<URL|http://hl7.org/fhir/Patient/48217>"} <URL|http://loinc.org/u/482173361>
                <a href="mailto:<EMAIL|ann.quill@mail.example.org>">her</a>
                more on this illness at <URL|www.quillportal.org/48217>
                Live at <LOCATION|12 Elm Street, Akron>, OH <LOCATION|44301>, moved from <LOCATION|Dayton>, Ohio
                IT TAKES 20 FOR THE VISIT AND DRIVE HOME FROM 12 ABOUT THE LAKE ROAD TO <LOCATION|12 ELM STREET> NOW
                PLEASE CALL FROM <FACILITY|TOLLIVER HOSPITAL> OR AT <FACILITY|QUILLBY CLINIC> NOW
                <LOCATION|6456 Quillby Rd Apt 31, Northholt> ME <LOCATION|82181>. Swollen ankles
                lives at <LOCATION|9335 Quill Dr Suite 287, Long Marsh>, NV <LOCATION|05888> and
                Pt <NAME|Anna Quillfeather> D.O.B. <DATE|3 June 1974> is better
                My name is Dr. <NAME|Quillby> and I work at the front desk, Drs. <NAME|Quillby> and <NAME|Holt> agree
                UNLESS DR <NAME|QUILLBY> OBJECTS, START IT. WHAT DR. <NAME|QUILLBY> WROTE ABOUT IT. MRS <NAME|QUILLBY> REFUSED IT
                SEEN IN <LOCATION|AKRON>, MS TESTED POSITIVE. IS IT A DESIGNATED CENTER OR A CERTIFIED CENTER FOR IT?
                Inside <FACILITY|Quillby Sleep Center> it is quiet. Leaving <FACILITY|Quillby State Hospital> now
                Finally, <NAME|Lisa> agreed.
                <NAME|Ada>, M.D. is out again
                REFERRED BY DR <NAME|QUILLBY> OF <FACILITY|TOLLIVER COUNTY HOSPITAL> AND SEEN AT <FACILITY|UNIVERSITY OF TOLLIVER HOSPITAL> AGAIN
                seen {"role":"tool","tool_call_id":"call_26"} and {"subject":{"reference":"Patient/<ID|SP-9272467105>"}} there
                OK SO NEXT IS BED 4, 48 WITH EFFECT OF HEAT AND LIGHT, ON HER ARM
                WOULD MRS. <NAME|QUILLFEATHER> BENEFIT FROM A STATIN
                seen at <FACILITY|Tolliver Memorial Hospital>: troponin 0.45
                <FACILITY|UNIVERSITY OF TOLLIVER HOSPITAL>: BRANCHED ACIDURIA. <FACILITY|QUILLBY MEMORIAL HOSPITAL> - CAH NOTICED IT
                WRITE TO HIM AT <LOCATION|18665 QUILLBY DR., APT. 31C QUILL SPRINGS> NV <LOCATION|46289> ABOUT THE CMP OF <DATE|OCT 2022>.
                BROUGHT IN BY POLICE OFFICER <NAME|QUILLBY>, NEEDS MS CONTIN. ST. LOUIS ENCEPHALITIS CAME BACK
                Works at <FACILITY|Quillby Center For Infectious Disease> now, at <FACILITY|Quillby Medical Center> for pain
                Plan Zortin, ID Z23859 and lives in <LOCATION|Quillwood>, ID now
                FLAG DUPLICATES, DC'D FROM THERE. IT IS RED, DO I COME IN. SEEN BY <NAME|ANNA QUILLBY>, DO
                SEEN AT THE VISIT ON <ID|A41-8213>, HAS A PACEMAKER
                Code this visit: 14-month-old with a fever
                Dear Colleague, Dear Hiring Manager, dear <NAME|Anna>
                BED 13 CREUTZFELDT-JAKOB DISEASE <FACILITY|ST LUKE'S TOLLIVER HOSPITAL>
                accidental, antifungal, Levothyroxine, HYDROCHLOROTHIAZIDE
                """);
    }

    @Test
    void postalCode_ofOtherCountries_found() {
        check("""
                Write to <LOCATION|SW1A 4BZ> or <LOCATION|M60 1NW> or <LOCATION|EC1A 1BB> there
                <LOCATION|K1A 0B1> and <LOCATION|B0J-2H0> in Canada
                works in <LOCATION|Bjertby 6091> in winter, near <LOCATION|ARENDALSUND 840 24> too
                lives in <LOCATION|Quinta de São Tiagel 3610-114> with her son
                looks for work in <LOCATION|barra de carrascal 15000> in the south
                <LOCATION|CH-8001 Zürichberg> or <LOCATION|D-10115 Quarlin> and <LOCATION|A-1010 Wienerwald>
                moved to <LOCATION|Wollongbar NSW 2477> then
                〒<LOCATION|100-0001>
                <LOCATION|Musterstraße 12, 10115 Quarlin>, room for two
                <LOCATION|Skogstienveien 106b\\n1386 Askerud>
                <LOCATION|Rue de Provencelle 33, 75009 Parvis>
                <LOCATION|28245 Puruntie 82 Apt. 595\\n   LAPPEENRANDA\\n    SK\\n    53650>
                Mrs. <NAME|Jo Quillby> at <LOCATION|Suite 541 6343 Skogstiem 106\\nASKERUD nan 1386>
                <LOCATION|764 Fagradals Drive Apt. 762\\n   Egilsstad\\n    700>
                VITAMIN B12 5MG, S1 2ND, CO2 4LB, T4 5UG, IN ALL 2000 IU VITAMIN D, B12 500 MCG
                in 2019, near 1200 mg, seen in Trial 2345, in Stage 3 disease, in CheckMate 9067 arms
                Ferritin 30-400, Aldolase 12-150, Lisinopril 20, 1000 Units Heparin at 0900 AM Dose
                start in RECOVERY 2020, via Foley 16 Fr, Vancomycin 1250 in 250 of NS
                Suite of tests: 12 of 14, suite 4
                """);
    }

    @Test
    void email_everyForm_found() {
        check("""
                Email <EMAIL|john.smith@x-ray.org>.
                <EMAIL|j_doe+test@mail.example.co.uk>, please
                write to <EMAIL|jane dot doe at gmail dot com> today
                <EMAIL|bob [at] host.com>
                <EMAIL|mary @ clinic.org>
                "email":"<EMAIL|A.B@C.NET>"
                take it @ 8 am, not at all. Doctor agreed
                monitoring at home.\\nDoctor: good
                """);
    }

    @Test
    void socialSecurity_everyForm_found() {
        check("""
                SSN <SSN|123-45-6789>
                <SSN|123 45 6789> and <SSN|987.65.4321>
                SSN: <SSN|123456789>
                social security number is <SSN|123-45-6780>
                last four of SSN is <SSN|1234>
                SSN ending in <SSN|4321>
                <SSN|XXX-XX-9876>
                {"ssn":"<SSN|123456780>"}
                """);
    }

    @Test
    void recordNumber_everyLabel_found() {
        check("""
                MRN: <MRN|12345>
                MRN <MRN|00/12345/7>
                medical record number (MRN) <MRN|A1234567>
                chart #<MRN|12-34-56>
                {"mrn": "<MRN|998877>", "unit": "mg"}
                Patient ID=<MRN|4455>
                FIN <MRN|12 34 56>
                accession <MRN|S24-12345>
                mrn is <MRN|7788>
                med rec no. <MRN|445-99-2>
                Medical Record No: <MRN|77 88 99>
                MRNs: <MRN|12345>, <MRN|67890> and <MRN|34567>
                ENCOUNTER NUMBER: <MRN|90210045>
                specimen id <MRN|SP-2231>
                medical_record_number = <MRN|5566>
                MRN:\\n<MRN|445566>
                **MRN:** <MRN|88112>
                MRN is unknown
                chart review of 45 patients
                visit 2 of 5
                The patient is 13-year-old male
                """);
    }

    @Test
    void plan_everyLabel_found() {
        check("""
                Member ID: <PLAN|XYZ123456789>
                policy <PLAN|12345678>
                group no. <PLAN|55512>
                MBI <PLAN|1EG4-TE5-MK73>
                beneficiary <PLAN|1EG4TE5MK73> is covered
                her card says <PLAN|1EG4-TE5-MK72>
                Medicaid number <PLAN|123-45-67A>
                subscriber ID <PLAN|W 1234 5678>
                plan: 500 mg daily
                group of 30 patients
                Medicare covers 80% of it
                """);
    }

    @Test
    void account_everyForm_found() {
        check("""
                Account <ACCOUNT|12345678>, acct # <ACCOUNT|9988-77>
                pay with <ACCOUNT|4111 1111 1111 1111> or <ACCOUNT|4111111111111111>
                IBAN <ACCOUNT|GB82 WEST 1234 5698 7654 32>
                send to <ACCOUNT|DE89370400440532013000>
                invoice <ACCOUNT|4433221>
                card ending in <ACCOUNT|4242>, her card ends in <ACCOUNT|4243>, <ACCOUNT|xxxx-xxxx-xxxx-4244>
                routing number <ACCOUNT|021000021>
                """);
    }

    @Test
    void license_everyForm_found() {
        check("""
                License <LICENSE|D1234567>
                DEA <LICENSE|AB1234563>
                NPI <LICENSE|1234567893>
                signed <LICENSE|1234567893>
                driver's license: <LICENSE|S123-4567-8901>
                passport <LICENSE|123456789>
                certificate number <LICENSE|RN-88123>
                """);
    }

    @Test
    void vehicleAndDevice_everyForm_found() {
        check("""
                VIN <VEHICLE|1HGCM82633A004352>
                drove a <VEHICLE|1HGCM82633A004352>
                license plate <VEHICLE|7XYZ123>
                vehicle <VEHICLE|7XYZ605>
                plate <VEHICLE|ABC 1234>
                Serial number <DEVICE|SN-123456>
                UDI <DEVICE|(01)00844588003288(17)141120(10)7654321D>
                <DEVICE|(01)00844588003288(17)141120(10)7654321D>
                IMEI <DEVICE|490154203237518>
                from <DEVICE|00:1A:2B:3C:4D:5E>
                pacemaker serial <DEVICE|PJN123456H>
                serial troponins q6h
                """);
    }

    @Test
    void netAddresses_everyForm_found() {
        check("""
                Visit <URL|https://portal.example.org/p?id=3>.
                Visit <URL|https://portal.example.org/p?birthdate=1989-06-15&mrn=4821731> again.
                see <URL|www.x.com/abc>.
                <URL|mychart.org/login> and <URL|portal.clinic.com>
                IP <IP|192.168.1.10> and <IP|2001:db8::1>
                from <IP|10.0.0.1>, version 1.2.3
                at 10:30:15 and 1:1.5:2
                """);
    }

    @Test
    void date_everyForm_found() {
        check("""
                Seen <DATE|3/15/2024>, <DATE|2024-03-15T14:30:00Z>, <DATE|March 15, 2024>.
                <DATE|15 Mar 2024>; <DATE|Mar 15th>; the <DATE|3rd of March>
                <DATE|Tuesday, March 5>; since <DATE|03/2024>
                in <DATE|March>, on <DATE|3/14>, <DATE|15-Mar-24>
                due <DATE|12.03.2024>, filed <DATE|20240315>
                DOB: <DATE|03-04-56>
                born <DATE|4/5/1960>
                admitted <DATE|3/4> at noon
                <DATE|MARCH 3 2024>
                <DATE|march 3rd, 2024> and <DATE|3 march>
                <DATE|2024/03/15>
                Date of birth <DATE|1960 02 03>
                "dateOfBirth":"<DATE|1960-02-03>"
                "dob":"<DATE|11 Apr 2001>"
                from <DATE|April 2014>: stable
                ADMIT\\t<DATE|10/28>
                on <DATE|Dec. 24, 2023>
                in 2019 she had an MI, since 2015
                She may take 5 mg. March of Dimes.
                Started 1/2 tablet, pain 3/10, 12/15 points, CT 2/2 trauma
                """);
    }

    @Test
    void age_over89_found() {
        check("""
                <AGE|92>-year-old man, age <AGE|91>, aged <AGE|93>
                <AGE|94> yo, <AGE|95> y/o F
                <AGE|ninety-two> years old
                she is <AGE|101> years old
                Age: <AGE|90>
                45-year-old woman aged 89
                weight 92 kg, BP 120/90, turned 90 degrees
                """);
    }

    @Test
    void location_everyForm_found() {
        check("""
                Lives at <LOCATION|123 Main St, Apt 4B, Springfield>, IL <LOCATION|62704>.
                <LOCATION|PO Box 123>
                ZIP <LOCATION|60601>, zip code: <LOCATION|02139-1234>
                lives in <LOCATION|Peoria>.
                <LOCATION|221B Baker Street>
                <LOCATION|45 N. 5th Ave Suite 200>
                moved from <LOCATION|Boston>, MA to Texas
                drove from <LOCATION|Albany>, New York
                City: <LOCATION|Springfield>
                Address: <LOCATION|77 Sunset Blvd, Reno> NV <LOCATION|89501>
                resident of <LOCATION|Cook County>
                state of Ohio, in California
                120 beats per minute, 2 to 3 drive
                switched from Lexapro to Zoloft
                """);
    }

    @Test
    void facility_everyForm_found() {
        check("""
                at <FACILITY|Springfield General Hospital>
                <FACILITY|St. Mary's>, <FACILITY|Mount Sinai>
                the <FACILITY|Mayo Clinic>
                <FACILITY|Mercy Health System>
                <FACILITY|University of Michigan Medical Center>
                <FACILITY|Hospital of Saint Raphael>
                <FACILITY|Memorial Hospital> and <FACILITY|Royse City Regional Hospital>
                <FACILITY|Mercy Hospital Ardmore>
                the emergency department and the pain clinic
                follow up with primary care clinic; Wound Care Clinic
                St. John's wort
                """);
    }

    @Test
    void name_everyForm_found() {
        check("""
                Dr. <NAME|Smith> and Mr. <NAME|John O'Brien>
                Patient: <NAME|Doe, Jane>
                Nurse <NAME|Jackie Peyton>
                seen by <NAME|Alan Turing>, MD
                My name is <NAME|Sarah Connor>.
                this is <NAME|Bob Jones> calling
                wife <NAME|Mary>
                Next of kin: <NAME|Peter Parker>
                patient name <NAME|john smith>, age 40
                <NAME|Jane Roe>, RN
                <NAME|Maria Garcia> presented
                per <NAME|J. Smith>
                Dr. <NAME|van der Berg>
                pt <NAME|J.S.>, 45 y/o
                PATIENT: <NAME|JOHN SMITH> MRN
                dr <NAME|patel> agrees
                Name: <NAME|Li Wei>
                Attending: <NAME|R. Okonkwo>
                25-year-old <NAME|N.W.> from clinic
                <NAME|Richard J. Farmer> was dropped off
                "name":[{"family":"<NAME|Larocca>","given":["<NAME|Xami>"]}]
                Doctor: Any pain?\\nPatient: I do. Yeah, at night.\\nPatient: Nope, none.
                NAME\\t<NAME|Mya Haynie>
                Mr. and Mrs. <NAME|Jones>
                Parkinson's disease, Bell's palsy, Hodgkin lymphoma
                Patient reports nausea. Patient Education: call
                This is definitely new. E. coli and C. diff
                """);
    }

    @Test
    void name_toldByItsSurroundings_found() {
        check("""
                <NAME|Yorvik Tandel> (DOB: <DATE|12/25/1980>) awaits a biopsy.
                <NAME|Tandel, Yorvik> (MRN <MRN|4095462>) awaits a biopsy.
                Compose a letter: <NAME|Yorvik Tandel>, 62 y/o, with a hernia.
                The family of <NAME|Tandel, Yorvik> ask about surgery.
                Relatives of <NAME|Yorvik B. Tandel> want to know.
                An outbreak; index case <NAME|Yorvik Tandel>.
                <NAME|Yorvik Tandel> in room 12 has GCS 13.
                <NAME|Yorvik Tandel> DOB <DATE|12/25/1980> awaits a biopsy
                <NAME|Yorvik Tandel>, born <DATE|May 4, 1980>, awaits a biopsy.
                Compose a letter for <NAME|Yorvik Tandel> 62 y/o with a hernia
                <NAME|Yorvik Tandel> asks whether it is safe.
                <NAME|Tandel Yorvik> <DATE|13-SEP-2008>
                <NAME|Tandel Yorvik> <DATE|September 10, 2008>
                """);
        check("""
                Takotsubo Cardiomyopathy (MRI pending) was seen.
                Metoprolol Succinate, 50 mg daily.
                Lantus Solostar in room temperature storage.
                Zosyn Vancomycin 3.375 g q6h
                Relatives of Parkinson Disease patients.
                Index case Influenza.
                """);
    }

    @Test
    void otherIdentifiers_labelled_found() {
        check("""
                fingerprint id: <BIOMETRIC|FP-99321>
                voiceprint <BIOMETRIC|VP-1234-5678>
                badge <ID|4411>, claim number <ID|99-8877>
                order #<ID|445566>
                <ID|550e8400-e29b-41d4-a716-446655440000>
                employee ID: <ID|E4432>
                username: <ID|jsmith_77>
                confirmation number <ID|QX7-110>
                """);
    }

    @Test
    void tables_columnHeads_coverValues() {
        check("""
                | Name | MRN | DOB |\\n|---|---|---|\\n| <NAME|Jim Beam> | <MRN|123> | <DATE|1/2/60> |\\n| <NAME|Ola Xin> | <MRN|456> | <DATE|3/4/61> |
                name,mrn,phone\\n<NAME|Ann Lee>,<MRN|998>,<PHONE|5551212>\\n<NAME|Bob Ray>,<MRN|997>,<PHONE|5551213>
                patient name\\tmrn\\tdrug\\n<NAME|Ann Lee>\\t<MRN|998>\\tmetformin
                name,dob,mrn\\n<NAME|Ann Lee>,<DATE|August 11, 1945>,<MRN|769222>
                drug,dose,route\\nmetformin,500,oral\\naspirin,81,oral
                """);
    }

    /** Sentences have commas too: behind an empty line a row is what has as many short cells as the heads. */
    @Test
    void tables_emptyLineBehindThem_endsThemWhereTextFollows() {
        check("""
                name,mrn,phone\\n<NAME|Ann Lee>,<MRN|998>,<PHONE|5551212>\\n\\n<NAME|Bob Ray>,<MRN|997>,<PHONE|5551213>
                name,mrn,phone\\n<NAME|Ann Lee>,<MRN|998>,<PHONE|5551212>\\n\\nGrade 2/6 murmur, stable. Next, for the cough, we wait
                name,mrn,phone\\n<NAME|Ann Lee>,<MRN|998>,<PHONE|5551212>\\n\\nThe cough is better with the syrup that was given her in the morning, stable, no fever
                """);
    }

    @Test
    void encodedText_withIdentifiers_replacedWhole() {
        check("""
                <MRN|TVJOIDEyMzQ1NiBKb2huIFNtaXRo>
                <NAME|John%20Smith%20MRN%2012345>
                <SSN|53534e203132332d34352d36373839>
                bm90aGluZyB0byBzZWUgaGVyZQ==
                electroencephalographically 50%25
                """);
    }

    @Test
    void placeholderLikeText_replaced() {
        check("""
                <ID|[NAME_3]> and <ID|[FOO_12]> stay
                [note_1] [A1] [NAME_] [3]
                """);
    }

    @Test
    void longNumbersWithoutLabel_replaced() {
        check("""
                patient <MRN|4482913> was seen
                see <ID|00/12345/7>
                code <ID|AB12345678> there
                1,200,000 copies/mL and 0.12345678
                SNOMED 44054006, NCT01234567, rs1801133
                """);
    }

    @Test
    void clinicalText_balanced_unchanged() {
        check("""
                Take metformin 500 mg twice daily, 5-10 mg oxycodone, 0.5 mL, insulin 10 units, 2-3 times a day for 10 days.
                BP 120/80, HR 72, RR 16, T 98.6 F, SpO2 98% on 2 L, Na 140, K 4.1, A1c 7.2%, WBC 11.2, Hgb 9.8, plt 250000/mm3, INR 2.5.
                ICD-10 E11.9, I10, J45.909; CPT 99213, LOINC 4548-4, NCT01234567, SNOMED 44054006.
                Pain 3/10, GCS 15, 12/15 points, strength 5/5, page 3 of 10, gestation 32w4d, q4h, T4, L4-L5, CD4 350, EF 55%, stage 3b.
                45-year-old woman with type 2 diabetes since 2015. In 2019 she had an MI. He was 65 in 1999.
                Parkinson's disease, Alzheimer's dementia, Crohn's disease, Wells score, Down syndrome, Charcot-Marie-Tooth.
                The patient denies chest pain. Seen in the pain clinic; follow up with primary care clinic in 2 weeks.
                What is the recommended dose of amoxicillin for a 6-year-old weighing 20 kg? Use 80-90 mg/kg/day divided q12h.
                HPI: The patient is a 55 y/o male. PMH: HTN, DM2, CAD s/p CABG x3. Meds: ASA 81 mg daily, Lisinopril 20 mg.
                Labs: Sodium 138, Potassium 4.0, Creatinine 1.2, Glucose 110, WBC 8.9, Platelets 230. Vitals: Temp 37.2 C, Pulse 88.
                Vitamin D 1000 IU. Hepatitis B. E. coli UTI, C. diff, S. aureus.
                Summarize the 2023 guideline on hypertension in adults aged 18-79 years. Chapter 12, section 3.4, Table 2.
                The trial (N=1200) showed HR 0.75 (95% CI 0.60-0.92, p=0.003) over 24 months; NNT 45; 2019-2020 data.
                """);
    }

    @Test
    void clinicalText_strict_keepsWhatGrammarExplains() {
        assertEquals(List.of(), MarkedText.failures(Profile.STRICT, """
                        Take metformin 500 mg twice daily, 0.5 mL, insulin 10 units, 2-3 times a day for 10 days.
                        BP 120/80, HR 72, T 98.6 F, SpO2 98% on 2 L, Na 140, K 4.1, A1c 7.2%, plt 250000/mm3.
                        ICD-10 E11.9, I10, J45.909; CPT 99213, LOINC 4548-4, NCT01234567, SNOMED 44054006.
                        Pain 3/10, GCS 15, page 3 of 10, q4h, T4, L4-L5, CD4 350, EF 55%, at 10:30.
                        45-year-old woman with type 2 diabetes since 2015; 2019-2020 data; 6 siblings.
                        code <ID|4711> on the wall
                        last seen on <DATE|Monday>
                        CT <DATE|2/12> today
                        """));
    }
}
