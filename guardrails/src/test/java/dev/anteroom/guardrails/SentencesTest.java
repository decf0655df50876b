package dev.anteroom.guardrails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static void assertSplit(String text, String... expected) {
        List<String> found = new ArrayList<>();
        for (Sentence sentence : Sentences.split(text)) {
            found.add(sentence.in(text));
        }
        assertEquals(List.of(expected), found);
    }

    @Test
    void split_plainProse_cutsAtTerminals() {
        assertSplit(
                "Take one tablet daily. Do not drive! Any questions? Call us.",
                "Take one tablet daily.",
                "Do not drive!",
                "Any questions?",
                "Call us.");
        assertSplit("Wait... Then sit down… Good.", "Wait...", "Then sit down…", "Good.");
        assertSplit("Really?! Yes.", "Really?!", "Yes.");
        assertSplit("no terminal at all", "no terminal at all");
        assertSplit("  \n\t ");
        assertSplit("");
    }

    @Test
    void split_titlesAndConnectives_neverCuts() {
        assertSplit("Seen by Dr. Smith today. He agreed.", "Seen by Dr. Smith today.", "He agreed.");
        assertSplit("Dr. [NAME_1] and Mrs. [NAME_2] spoke.", "Dr. [NAME_1] and Mrs. [NAME_2] spoke.");
        assertSplit("Fruit, e.g. Apples, i.e. Food.", "Fruit, e.g. Apples, i.e. Food.");
        assertSplit("Warfarin vs. Apixaban was discussed.", "Warfarin vs. Apixaban was discussed.");
        assertSplit("John D. Smith came. J. R. Ewing left.", "John D. Smith came.", "J. R. Ewing left.");
        assertSplit("Room No. 5 is free. The answer is no. Rest.", "Room No. 5 is free.", "The answer is no.", "Rest.");
        assertSplit("Seen by Dr.\nSmith today.", "Seen by Dr.\nSmith today.");
    }

    @Test
    void split_unitsAndSchedules_cutsOnlyBeforeCapital() {
        assertSplit("Take 5 mg. daily with food. Then rest.", "Take 5 mg. daily with food.", "Then rest.");
        assertSplit("Take 5 mg. Drink water.", "Take 5 mg.", "Drink water.");
        assertSplit("Metoprolol b.i.d. for 10 days. Stop.", "Metoprolol b.i.d. for 10 days.", "Stop.");
        assertSplit("Metoprolol 25 mg b.i.d. Lisinopril 10 mg.", "Metoprolol 25 mg b.i.d.", "Lisinopril 10 mg.");
        assertSplit("At 5 p.m. [NAME_1] slept.", "At 5 p.m.", "[NAME_1] slept.");
        assertSplit("Take q.d. 5 mg more.", "Take q.d. 5 mg more.");
        assertSplit(
                "Vitamin D. Take it. Hepatitis B. It passed.", "Vitamin D.", "Take it.", "Hepatitis B.", "It passed.");
    }

    @Test
    void split_numbers_neverCutsDecimals() {
        assertSplit("INR was 2.5 today. Dose 0.125 mg.", "INR was 2.5 today.", "Dose 0.125 mg.");
        assertSplit("A dose of 2. 5 mg was read.", "A dose of 2. 5 mg was read.");
        assertSplit("He scored 5. Then he left.", "He scored 5.", "Then he left.");
        assertSplit("Version 1.2.3 is out.", "Version 1.2.3 is out.");
    }

    @Test
    void split_placeholders_staysWhole() {
        assertSplit("Call [NAME_1]. [NAME_2] is off.", "Call [NAME_1].", "[NAME_2] is off.");
        assertSplit("Born [DATE_1], seen [DATE_2].", "Born [DATE_1], seen [DATE_2].");
        assertSplit("seen by\n[NAME_1] today", "seen by\n[NAME_1] today");
    }

    @Test
    void split_lists_leavesMarkersOut() {
        assertSplit(
                "Medications:\n- Metoprolol 25 mg\n* Aspirin 81 mg\n3. Lisinopril\n(4) Insulin\nb) Water",
                "Medications:",
                "Metoprolol 25 mg",
                "Aspirin 81 mg",
                "Lisinopril",
                "Insulin",
                "Water");
        assertSplit("Use: • A one • B two", "Use:", "A one", "B two");
        assertSplit("## Plan\n\nRest well.", "Plan", "Rest well.");
        assertSplit("- Metoprolol\nFollow up soon", "Metoprolol", "Follow up soon");
        assertSplit("- Metoprolol taken\n  with food", "Metoprolol taken\n  with food");
        assertSplit("Value was\n-5 at noon", "Value was\n-5 at noon");
    }

    @Test
    void split_lineBreaks_joinsWrappedLinesOnly() {
        assertSplit(
                "You should not\ntake this with\r\nalcohol. Ever.",
                "You should not\ntake this with\r\nalcohol.",
                "Ever.");
        assertSplit("Take no more than\n5 tablets.", "Take no more than\n5 tablets.");
        assertSplit("Do not take\nTylenol today.", "Do not take\nTylenol today.");
        assertSplit("Chest pain\nShort of breath", "Chest pain", "Short of breath");
        assertSplit("HISTORY\n\nnone known", "HISTORY", "none known");
        assertSplit("One line.\nanother follows.", "One line.\nanother follows.");
        assertSplit("One.\n\n\nTwo.\r\n\r\nThree.", "One.", "Two.", "Three.");
    }

    @Test
    void split_dialogue_cutsAtSpeakers() {
        assertSplit(
                "Doctor: how are you\nPatient: fine, thanks\nDoctor: Good. Sit down.",
                "Doctor: how are you",
                "Patient: fine, thanks",
                "Doctor: Good.",
                "Sit down.");
        assertSplit(
                "[doctor] hi , martha . how are you ?\n[patient] i'm doing okay .",
                "[doctor] hi , martha .",
                "how are you ?",
                "[patient] i'm doing okay .");
    }

    @Test
    void split_quotes_keepsClosersAndSpeakersTogether() {
        assertSplit(
                "“Stop.” She left. \"No!\" he said. (Rest.) Go.",
                "“Stop.”",
                "She left.",
                "\"No!\" he said.",
                "(Rest.)",
                "Go.");
    }

    @Test
    void split_randomText_isOrderedDisjointAndCoversAll() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("SentencesTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String text = RandomText.of(random, random.nextInt(40));
            int from = 0;
            for (Sentence sentence : Sentences.split(text)) {
                assertTrue(sentence.start() >= from, text);
                assertTrue(onlyMarker(text, from, sentence.start()), () -> "gap in: " + text);
                assertTrue(!Chars.isSpace(text.charAt(sentence.start())), text);
                assertTrue(!Chars.isSpace(text.charAt(sentence.end() - 1)), text);
                from = sentence.end();
            }
            assertEquals(text.length(), Chars.skipSpace(text, from), text);
            String padded = "\n\n" + text + "\n\n";
            List<Sentence> moved = Sentences.split(padded);
            List<Sentence> original = Sentences.split(text);
            assertEquals(original.size(), moved.size(), text);
            for (int i = 0; i < moved.size(); i++) {
                assertEquals(original.get(i).in(text), moved.get(i).in(padded));
            }
        }
    }

    private static boolean onlyMarker(String text, int from, int to) {
        return text.substring(from, to).strip().length() <= 6;
    }

    @Test
    void split_eightTimesTheText_readsEightTimesTheCharacters() {
        for (String unit : List.of(
                "a. ",
                ".",
                ". ",
                " ",
                "\n",
                "- ",
                "1.",
                "(",
                "A: ",
                "[a",
                "\n\n - x",
                "e.g. ",
                "Dr.",
                "\"",
                "...",
                "A ",
                "\n\t")) {
            long small = readsOf(unit.repeat(2_000));
            long large = readsOf(unit.repeat(16_000));
            assertTrue(large <= 9 * small + 1_000, () -> "'" + unit + "': " + small + " → " + large);
        }
    }

    /** How often a character of the text is read. */
    private static long readsOf(String text) {
        CountingText counting = new CountingText(text);
        Sentences.split(counting);
        return counting.reads();
    }
}
