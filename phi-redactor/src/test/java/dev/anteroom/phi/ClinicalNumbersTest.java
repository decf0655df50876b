package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Texts with clinical numbers only, which the balanced profile leaves as they are. */
class ClinicalNumbersTest {

    private static final String TEXTS = """
            Metformin 500 mg twice daily, then 1000 mg with dinner; glipizide 5-10 mg; insulin glargine 22 units at bedtime.
            BP 120/80, HR 72, RR 16, T 98.6 F (37.0 C), SpO2 98% on room air, weight 81.6 kg, height 172 cm, BMI 27.6.
            BP 120/80 left arm and 124/78 right arm, repeat 118/76 after 5 minutes
            bp 142/88 hr 101 rr 22 o2 sat 91 on 3 l nc temp 101.2
            Na 138, K 4.1, Cl 102, CO2 24, BUN 18, Cr 1.1, glucose 104, Ca 9.2, Mg 2.0, phos 3.4
            CBC: WBC 11.2, Hgb 9.8, Hct 30.1, Plt 250; diff 72/18/6/3/1
            Sodium 138 potassium 4.0 creatinine 1.2 wbc 8.9 platelets 230 a1c 7.2
            138 / 4.1 / 102 / 24 / 18 / 1.1 / 104
            Troponin 0.04 -> 0.12 -> 0.31 ng/mL; BNP 1250 pg/mL; D-dimer 0.42; lactate 2.4 mmol/L
            Platelets 250,000/uL, CD4 350 cells/mm3, viral load 1,200,000 copies/mL, ferritin 1200
            ANC 1500, neutrophils 4500, WBC 12000, IU 50000 weekly
            ABG 7.32/48/72/24 on FiO2 0.4
            INR 2.5 (goal 2-3), PTT 65, PT 13.2, fibrinogen 220
            TSH 2.31, free T4 1.1, PSA 4.5, CA-125 35, CEA 2.1, AFP 8
            EF 55%, LVEDP 18, PA 35/18 mean 24, wedge 12, CI 2.4, SVR 1100
            Visual acuity 20/40 OD, 20/25 OS, IOP 14 and 16
            Audiogram 25 dB at 500 Hz, 60 dB at 4000 Hz
            L4-L5 disc herniation, C5-C6 stenosis, T12 compression fracture, S1 radiculopathy
            T1-weighted and T2 sequences, T1-T2 level, FLAIR, slice thickness 1.5 mm
            Pain 7/10 now 3/10, GCS 15, NIHSS 4, MMSE 27/30, MoCA 24/30, PHQ-9 score 12, GAD-7 8, APGAR 8 and 9
            Strength 5/5 throughout, reflexes 2+, pulses 2+ bilaterally, edema 1+
            CHA2DS2-VASc 4, HAS-BLED 2, Wells 4.5, MELD 18, Child-Pugh B7, CURB-65 2, qSOFA 1, SOFA 9
            Gestation 32w4d, G2P1001, 39 2/7 weeks, fundal height 32 cm, FHR 140s
            G3P2012 at 38+4 weeks, cervix 4/80/-2, EFW 3200 g
            newborn 3450 g, length 51 cm, head 34.5 cm, bilirubin 12.4 at 48 hours
            ICD-10 E11.9, I10, J45.909, Z79.4; CPT 99213 and 99214-25; HCPCS J3490; DRG 470
            ICD10 codes: M54.5, F32.1, N18.30, C50.911
            LOINC 4548-4 and 2345-7, SNOMED 44054006, RxNorm 860975, NDC 0093-1048-01
            NCT01234567, NCT04280705 and EudraCT 2019-001234-12; KEYNOTE-189, CheckMate 067, DAPA-HF
            The trial NCT03036124 randomized 4744 patients; HR 0.74 (95% CI 0.65-0.85), p<0.001
            PMID 31535829, doi 10.1056/NEJMoa1911303, N Engl J Med 2019;381:1995-2008
            n=1200, N = 4,744, 386 of 2373 (16.3%), NNT 21, OR 1.42, RR 0.83
            Follow up in 2 weeks, then every 3-6 months for 5 years; on day 14; post-op day 3; q4h; q12h x 10 days
            45-year-old man, 72 yo woman, 6-month-old, 18-79 years, aged 65, age 54, in her 70s, 3 days old
            diagnosed in 2015, CABG in 1999, since 2019, from 2008 to 2012, 2019-2020 season, class of 1985
            Smoked 30 pack-years, quit in 2010; 2-3 drinks per week; 1 ppd for 40 years
            Amoxicillin 80-90 mg/kg/day divided q12h; vancomycin 15 mg/kg; max 4 g/day
            heparin 5000 units sq q8h, enoxaparin 40 mg, warfarin 2.5 mg, apixaban 5 mg
            levothyroxine 112 mcg, prednisone 40 mg x 5 days then taper 30/20/10
            Augmentin 875/125, Bactrim 800/160, Norco 5/325, Advair 250/50, Sinemet 25/100
            Humulin 70/30 20 units, NPH 15 units, sliding scale 150-200: 2 units, 201-250: 4 units
            D5 0.45% NaCl at 75 mL/h, 1000 mL bolus, urine output 1200 mL, net -350 mL
            50 mg/m2 on days 1, 8 and 15 of a 28-day cycle, cycles 1-6
            Radiation 60 Gy in 30 fractions, 45 Gy boost 9 Gy
            Tumor 2.3 x 1.8 x 2.1 cm, Gleason 3+4=7, Ki-67 20%, ER 90%, PR 80%, HER2 1+, T2N1M0, stage IIIB
            lesion 12 x 9 mm in segment 7, series 4 image 112, BI-RADS 4, LI-RADS 5, PI-RADS 3
            FEV1 1.82 L (62%), FVC 2.9, ratio 0.63, DLCO 55%
            QTc 462 ms, PR 180, QRS 92, rate 78, axis -30
            RV1 0.7 mV, ejection fraction 35-40 percent, gradient 42 mmHg, AVA 0.9 cm2
            CPAP 10 cmH2O, PEEP 8, TV 420, rate 16, FiO2 40
            size 7.5 ETT at 22 cm, 18 gauge IV, 14 Fr catheter, 3-0 Vicryl, 10-blade
            Room 12, bed 3, floor 4, page 2 of 5, Table 3, Figure 2.1, section 3.4, chapter 12
            at 10:30, 14:05, 0800, 2200 hours, between 8 and 10 am
            Alzheimer's dementia, Parkinson's disease, Hodgkin lymphoma, Wilson's disease, Graves' disease, Addison crisis
            Bell's palsy, Guillain-Barre, Cushing syndrome, Crohn's ileitis, Down syndrome, Marfan habitus
            Plavix, Eliquis 5, Keppra 750 BID, Humira, Xarelto 20, Januvia 100, Entresto 49/51
            H1N1, SARS-CoV-2, COVID-19, HPV 16/18, PCV13, PPSV23, Hep B x3, CD20, IL-6, HLA-B27, BRCA1, KRAS G12C, V600E
            rs1801133, APOE e4, trisomy 21, 46,XX, del(17p), t(9;22)
            one to two tablets every four to six hours, no more than eight in 24 hours
            two or three times a day for seven to ten days
            Rate your pain from 0 1 2 3 4 5 6 7 8 9 10
            PHQ-9 items 1 2 0 3 1 0 2 1 0 total 10
            blood sugars this week 142 138 151 160 129
            peak flow 320, 340, 350 and 360
            weights: 81.2, 81.6, 82.0, 80.9 kg
            Dose (mg): 500, 1000, 1500
            | Lab | Value | Range |\\n|---|---|---|\\n| Glucose | 182 mg/dL | 70-99 |\\n| Na | 138 | 135-145 |
            | Drug | Dose | Frequency |\\n|---|---|---|\\n| metformin | 500 mg | BID |\\n| lisinopril | 20 mg | daily |
            test,value,unit,low,high\\nglucose,182,mg/dL,70,99\\nsodium,138,mmol/L,135,145
            {"medication": "metformin", "dose": 500, "unit": "mg", "frequency": "BID", "days": 90}
            {"test":"HbA1c","value":7.2,"unit":"%","code":"4548-4","system":"LOINC"}
            {"bp":{"systolic":142,"diastolic":88},"hr":101,"spo2":"91%","weight_kg":81.6}
            OBX|1|NM|2345-7^GLUCOSE^LN||182|mg/dL|70-99|H|||F
            <observation><code>4548-4</code><value unit="%">7.2</value></observation>
            <tr><th>Test</th><th>Result</th></tr><tr><td>Potassium</td><td>4.1</td></tr>
            What is the maximum dose of acetaminophen in 24 hours for a 70 kg adult with ALT 145?
            Is a ferritin of 1200 with TSAT 48% enough to suspect hemochromatosis?
            what does an anion gap of 22 with a lactate of 6.1 and ph 7.12 mean
            Is 5 days of nitrofurantoin 100 mg bid enough for a 34 year old
            convert 37.5 mcg/h fentanyl patch to oral morphine 24h dose
            eGFR 45, creatinine 1.6 from 1.2, UACR 320 mg/g, K 5.4: continue lisinopril 20?
            calculate creatinine clearance: age 72, weight 64 kg, Cr 1.4, female
            MRN is unknown. Phone visit for 15 minutes. Room number 12.
            Plan: 500 mg daily, group of 30 patients, serial troponins q6h x 3, record high of 104
            Account for 20% of cases; a policy of 2 visits; member of a 5-person team; case 2 of 4
            Chart review of 45 patients over 24 months showed 12 events; visit 2 of 5; order set 7
            The plan is 40 mg daily; the device has 3 leads; the patient is 45; the card lists 4 drugs
            License to prescribe; plate and screw fixation with a 6-hole plate; 3.5 mm plate and 4 screws
            serial 7s to 65, count back from 100: 93, 86, 79, 72
            pin tract infection 2 weeks after 2 pins; key findings: 1. mass 2. effusion
            tag 4 of the protocol; accession of 3 new drugs; contact precautions for 10 days; call in 3 days
            Fax the form, phone in 2 weeks, cell count 1200, cells 5-10/hpf, mobile for 50 feet
            Patient is 5-7 days post op, drained 150 cc, ambulates 200 feet, BS 142-180
            Temp 38.9 at 0400, pulse ox 94, UOP 45 cc/h, CVP 8-10, MAP 65
            Step 1: 5 mg. Step 2: 10 mg.\\n- 3 tablets\\n- 20 mg\\n- 4 weeks
            the SI joint; SN 4.2; ss 2; number 7; id consult; ID: 2 cultures pending
            """;

    @Test
    void detect_clinicalNumbers_leavesThem() {
        assertEquals(List.of(), MarkedText.failures(Profile.BALANCED, TEXTS));
    }

    @Test
    void detect_namesOfTrialsAndResultsInCells_leavesThemInStrict() {
        assertEquals(List.of(), MarkedText.failures(Profile.STRICT, """
                Per CheckMate 227 and KEYNOTE-189, what dose was used?
                OBX|1|NM|2345-7^Glucose^LN||104|mg/dL|70-99|H
                Per Miller <ID|227> and the note
                """));
    }

    @Test
    void detect_clinicalNumbersInLowerCase_leavesThem() {
        assertEquals(List.of(), MarkedText.failures(Profile.BALANCED, TEXTS.toLowerCase(Locale.ROOT)));
    }

    @Test
    void detect_clinicalNumbersInCapitals_leavesThem() {
        assertEquals(
                List.of(),
                MarkedText.failures(
                        Profile.BALANCED,
                        TEXTS.replace("\\n", "\u0001").toUpperCase(Locale.ROOT).replace("\u0001", "\\n")));
    }
}
