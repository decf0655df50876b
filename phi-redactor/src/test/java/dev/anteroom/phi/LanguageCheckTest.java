package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.corpus.ClinicalDialogues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "La paciente refiere dolor en el pecho desde hace tres días, sin fiebre, y no tiene alergias conocidas.",
                "Paciente masculino que acude por tos con flema desde ayer. También presenta fiebre y está muy cansado.",
                "Le patient se plaint de douleurs dans la poitrine depuis trois jours, sans fièvre, et il ne prend pas ses médicaments.",
                "Die Patientin wurde gestern mit Brustschmerzen aufgenommen und hat seit drei Tagen kein Fieber mehr, sie schläft schlecht.",
                "O paciente não tem febre, mas refere dor no peito há três dias, com tosse e muito cansaço depois do almoço.",
                "La paziente non ha febbre ma lamenta dolore al petto da tre giorni, con tosse, e dorme molto male per il dolore.",
                "Pacjentka skarży się na ból w klatce piersiowej od trzech dni, nie ma gorączki, ale jest bardzo zmęczona i nie może spać.",
                "De patiënt heeft sinds drie dagen pijn op de borst, geen koorts, maar hij slaapt slecht en wordt ook kortademig bij het lopen.",
                "Bệnh nhân bị đau ngực từ ba ngày nay, không sốt, nhưng rất mệt và không ngủ được, đã uống thuốc của bác sĩ.",
                "Ang pasyente ay may sakit sa dibdib mula noong tatlong araw, hindi siya nilalagnat pero pagod siya dahil hindi makatulog.",
                "Пациентка жалуется на боль в груди в течение трёх дней, температуры нет, спит плохо, устала.",
                "患者自述胸痛三天，无发热，睡眠不好，感到非常疲倦，已经服用医生开的药物，但是没有好转，今天来复诊。",
                "تشكو المريضة من ألم في الصدر منذ ثلاثة أيام بدون حرارة وهي متعبة جدا ولا تنام",
                "환자는 사흘 전부터 가슴이 아프다고 하며 열은 없지만 매우 피곤하고 잠을 잘 자지 못한다고 합니다.",
                "Summarise this note in English please: La paciente refiere dolor en el pecho desde hace tres días, sin fiebre, y no tiene"
                        + " alergias. Está muy cansada y no duerme por la tos, que es más fuerte cuando está acostada. Vive con su hija."
            })
    void isForeign_wholeTextOfAnotherLanguage_isTrue(String text) {
        assertTrue(LanguageCheck.isForeign(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Dolor en el pecho desde hace tres días, sin fiebre.",
                "Пациентка жалуется на боль",
                "Pt c/o CP x3d, SOB, no fever. PMH HTN DM2 CAD s/p PCI 2019. Meds ASA 81, metoprolol 25 bid, atorvastatin 40 qhs. EKG NSR.",
                "Metformin, lisinopril, amlodipine, atorvastatin, omeprazole, levothyroxine, albuterol, gabapentin, losartan, sertraline,"
                        + " furosemide, tramadol, trazodone, prednisone",
                "Maria de la Cruz, Juan del Rio, Pieter van der Berg, Ana dos Santos, Luca di Marco, Otto von Stein, Le Thi Ha, Jose de"
                        + " los Reyes, Sofia da Silva, Karl zu Felde",
                "ICD E11.9 I10 J45.909 K21.9 M54.5 F41.1 N39.0 R07.9 Z79.4 L40.0 G43.909 H52.4 B20 C50.911 D64.9 O80",
                "{\"nota\": \"La paciente refiere dolor en el pecho desde hace tres días, sin fiebre, y no tiene alergias conocidas.\"}",
                "The daughter translated. He said \"me duele el pecho desde hace tres días\" and then pointed to his arm, which was not swollen."
                        + " He has no allergies, and he will be seen again on Monday.",
                "Take 1 tab po qd. Na 138, K 4.1, Cl 101, CO2 24. OD 20/40 OS 20/30. LOS 3 d. Se 80, Ca 9.1. D/C to SNF. Rx: po bid prn.",
                "name;dose;unit\nMetformin;500;mg\nRamipril;5;mg\nBisoprolol;2.5;mg\nASS;100;mg\nSimvastatin;20;mg\nTorasemid;10;mg",
                "carcinoma in situ, status post en bloc resection, de novo lesion, pars plana vitrectomy, linea alba, vena cava, corpus luteum,"
                        + " per os, ad libitum, in utero, post partum, sine qua non"
            })
    void isForeign_shortEnglishOrNoProse_isFalse(String text) {
        assertFalse(LanguageCheck.isForeign(text));
    }

    @Test
    void isForeign_generatedEnglishNotes_isFalse() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("LanguageCheckTest seed " + seed + " (replay with -Danteroom.seed=" + seed + ")");
        ClinicalDialogues notes = ClinicalDialogues.seeded(seed);
        for (int i = 0; i < 2_000; i++) {
            assertFalse(LanguageCheck.isForeign(notes.nextNote().text()), "note " + i);
        }
    }

    @Test
    void isForeign_longText_takesLinearTime() {
        assertFalse(LanguageCheck.isForeign("x".repeat(1 << 22)));
        assertFalse(LanguageCheck.isForeign("que con por ".repeat(1 << 18) + "the of ".repeat(1 << 19)));
        assertTrue(LanguageCheck.isForeign("que con por para ".repeat(1 << 18)));
    }
}
