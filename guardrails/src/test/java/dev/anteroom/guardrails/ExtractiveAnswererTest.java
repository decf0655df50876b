package dev.anteroom.guardrails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtractiveAnswererTest {

    private static final String NOTE = """
            [NAME_1] is a 54 year old man with diabetes and hypertension. He was seen on [DATE_1] by Dr. [NAME_2].
            Metoprolol was started for blood pressure. The dose of metoprolol is 25 mg b.i.d. with food.
            He is allergic to penicillin, which caused hives. The metformin was stopped because of nausea.
            Follow up in the cardiology clinic in 2 weeks. His hemoglobin A1c was 8.2 % in March.

            Medications:
            - Lisinopril 10 mg daily
            - Aspirin 81 mg daily
            """;

    private final ExtractiveAnswerer answerer = new ExtractiveAnswerer();

    private String first(String question) {
        ExtractiveAnswer answer = answerer.answer(question, List.of(new Evidence("note", NOTE)), 1);
        return answer.text();
    }

    @Test
    void answer_questionsOfEveryKind_quotesTheRightSentence() {
        assertEquals(
                "The dose of metoprolol is 25 mg b.i.d. with food.", first("Which dose of metoprolol does he take?"));
        assertEquals("The dose of metoprolol is 25 mg b.i.d. with food.", first("How much metoprolol?"));
        assertEquals("He was seen on [DATE_1] by Dr. [NAME_2].", first("When was he seen?"));
        assertEquals("He was seen on [DATE_1] by Dr. [NAME_2].", first("Who saw him? Who was the seen doctor?"));
        assertEquals("He is allergic to penicillin, which caused hives.", first("Any allergies?"));
        assertEquals("The metformin was stopped because of nausea.", first("Why was metformin discontinued?"));
        assertEquals("Follow up in the cardiology clinic in 2 weeks.", first("When is the follow up?"));
        assertEquals("Lisinopril 10 mg daily", first("lisinopril dosage"));
        assertEquals("His hemoglobin A1c was 8.2 % in March.", first("What was the A1c?"));
    }

    @Test
    void answer_nothingOverlaps_isEmpty() {
        assertEquals("", first("Does the roof leak?"));
        assertEquals("", first("what is it and why?"));
        assertEquals("", first(""));
        assertEquals("", answerer.answer("metoprolol", List.of(), 3).text());
        assertTrue(answerer.answer("metoprolol", List.of(new Evidence("a", " \n")), 3)
                .isEmpty());
    }

    @Test
    void answer_equalScores_keepsTheOrderOfTheText() {
        List<Evidence> evidence =
                List.of(new Evidence("a", "Apples are red.\n\nStones are hard."), new Evidence("b", "Apples are big."));
        ExtractiveAnswer answer = answerer.answer("apples", evidence, 5);
        assertEquals("Apples are red.\nApples are big.", answer.text());
        assertEquals(
                List.of("a", "b"),
                answer.sentences().stream().map(Cited::source).toList());
    }

    @Test
    void answer_sameSentenceTwice_quotesItOnce() {
        List<Evidence> evidence = List.of(new Evidence("a", "Apples are red."), new Evidence("b", "Apples are red."));
        assertEquals(1, answerer.answer("apples", evidence, 5).sentences().size());
    }

    @Test
    void answer_noSentences_throws() {
        assertThrows(IllegalArgumentException.class, () -> answerer.answer("x", List.of(), 0));
    }

    @Test
    void answer_randomEvidence_quotesVerbatimInOrderOfScore() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("ExtractiveAnswererTest seed " + seed);
        Random random = new Random(seed);
        int answered = 0;
        for (int round = 0; round < 2_000; round++) {
            List<Evidence> evidence = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                evidence.add(new Evidence("e" + evidence.size(), RandomText.of(random, random.nextInt(40))));
            }
            String question = "Which dose of aspirin mg Doctor 5 " + RandomText.of(random, 3);
            int max = 1 + random.nextInt(4);
            ExtractiveAnswer answer = answerer.answer(question, evidence, max);
            assertEquals(answer, answerer.answer(question, evidence, max));
            assertTrue(answer.sentences().size() <= max);
            double before = Double.MAX_VALUE;
            List<String> quoted = new ArrayList<>();
            for (Cited cited : answer.sentences()) {
                assertTrue(cited.score() > 0 && cited.score() <= before);
                before = cited.score();
                String text = evidence.get(Integer.parseInt(cited.source().substring(1)))
                        .text();
                assertTrue(Sentences.split(text).contains(new Sentence(cited.start(), cited.end())));
                quoted.add(text.substring(cited.start(), cited.end()));
            }
            assertEquals(squeezed(String.join("", quoted)), squeezed(answer.text()));
            answered += answer.isEmpty() ? 0 : 1;
        }
        assertTrue(answered > 500, "answered: " + answered);
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\u00a0]+", "");
    }

    @Test
    void answer_forAPatient_passesTheGateWhenSentencesStandAlone() {
        String leaflet =
                "Take one tablet twice a day with food. Do not drive a car. The dose is 2.5 mg. Call the clinic.";
        List<Evidence> documents = List.of(new Evidence("leaflet", leaflet));
        ExtractiveAnswer answer = answerer.answer("What is the dose, and may I drive?", documents, 3);
        assertTrue(
                new ReleaseGate().decide(Audience.PATIENT, ReceivedText.of(answer.text()), documents)
                        instanceof ReleaseDecision.Released);
    }
}
