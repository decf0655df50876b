package dev.anteroom.guardrails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.guardrails.Finding.Kind;
import dev.anteroom.guardrails.ReleaseDecision.Released;
import dev.anteroom.guardrails.ReleaseDecision.Withheld;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseGateTest {

    private static final String LEAFLET = """
            Take one tablet twice a day with food. Do not take it with alcohol unless [NAME_1] agrees.
            Call the clinic if you feel dizzy. The dose is 2.5 mg.

            Store the tablets in a dry place.
            """;

    private final ReleaseGate gate = new ReleaseGate();

    private static List<Evidence> documents(String... texts) {
        List<Evidence> documents = new ArrayList<>();
        for (String text : texts) {
            documents.add(new Evidence("d" + documents.size(), text));
        }
        return documents;
    }

    private void assertReleased(String answer, String... texts) {
        switch (gate.decide(Audience.PATIENT, ReceivedText.of(answer), documents(texts))) {
            case Released released -> {
                assertEquals(answer, released.answer().contents().getFirst());
                assertEquals(Audience.PATIENT, released.answer().audience());
                assertFalse(released.answer().findings().isEmpty());
            }
            case Withheld withheld -> throw new AssertionError(answer + " → " + withheld);
        }
    }

    private List<Kind> assertWithheld(String answer, String... texts) {
        return switch (gate.decide(Audience.PATIENT, ReceivedText.of(answer), documents(texts))) {
            case Released ignored -> throw new AssertionError("released: " + answer);
            case Withheld withheld -> {
                assertTrue(
                        withheld.findings().stream().anyMatch(finding -> finding.kind() != Kind.SENTENCE_IN_DOCUMENTS));
                yield withheld.findings().stream().map(Finding::kind).toList();
            }
        };
    }

    @Test
    void decide_clinicianOrSystem_releasesUnchecked() {
        for (Audience audience : List.of(Audience.CLINICIAN, Audience.SYSTEM)) {
            if (gate.decide(audience, ReceivedText.of("Anything."), List.of()) instanceof Released released) {
                assertEquals("Anything.", released.answer().contents().getFirst());
                assertEquals(audience, released.answer().audience());
                assertEquals(
                        List.of(new Finding(Kind.UNCHECKED, 0, 0)),
                        released.answer().findings());
            } else {
                throw new AssertionError(audience);
            }
        }
    }

    @Test
    void decide_patientAnswerWithPartsThatAreNotRead_withholds() {
        List<String> quoted = List.of("Take one tablet twice a day with food.");
        for (ReceivedText answer : List.of(
                new ReceivedText(quoted, true, false, false),
                new ReceivedText(quoted, false, true, false),
                new ReceivedText(quoted, false, false, true))) {
            assertEquals(List.of(Kind.UNREAD_PART), kindsWithheld(answer));
        }
    }

    @Test
    void decide_patientAnswerOfSeveralChoices_releasesOnlyWhenEachIsInTheDocuments() {
        String quoted = "Take one tablet twice a day with food.";
        ReceivedText both = new ReceivedText(List.of(quoted, quoted), false, false, false);
        assertTrue(gate.decide(Audience.PATIENT, both, documents(LEAFLET)) instanceof Released);
        ReceivedText one = new ReceivedText(List.of(quoted, "Take ten tablets."), false, false, false);
        assertTrue(kindsWithheld(one).contains(Kind.SENTENCE_NOT_IN_DOCUMENTS));
        ReceivedText empty = new ReceivedText(List.of(quoted, ""), false, false, false);
        assertEquals(List.of(Kind.EMPTY_ANSWER), kindsWithheld(empty));
        ReceivedText none = new ReceivedText(List.of(), false, false, false);
        assertEquals(List.of(Kind.EMPTY_ANSWER), kindsWithheld(none));
    }

    private List<Kind> kindsWithheld(ReceivedText answer) {
        return switch (gate.decide(Audience.PATIENT, answer, documents(LEAFLET))) {
            case Released ignored -> throw new AssertionError("released");
            case Withheld withheld ->
                withheld.findings().stream().map(Finding::kind).toList();
        };
    }

    @Test
    void unchecked_isForAudiencesThatJudgeForThemselves() {
        assertTrue(gate.unchecked(Audience.CLINICIAN).isPresent());
        assertTrue(gate.unchecked(Audience.SYSTEM).isPresent());
        assertTrue(gate.unchecked(Audience.PATIENT).isEmpty());
    }

    @Test
    void releasedAnswer_hasNoPublicMaker() {
        List<Constructor<?>> makers = new ArrayList<>(List.of(ReleasedAnswer.class.getDeclaredConstructors()));
        makers.addAll(List.of(UncheckedRelease.class.getDeclaredConstructors()));
        for (Constructor<?> constructor : makers) {
            assertEquals(0, constructor.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED));
        }
        assertTrue(Modifier.isFinal(ReleasedAnswer.class.getModifiers()));
    }

    @Test
    void decide_wholeSentences_releases() {
        assertReleased("Take one tablet twice a day with food.", LEAFLET);
        assertReleased("The dose is 2.5 mg. Call the clinic if you feel dizzy.", LEAFLET);
        assertReleased("Do not take it with alcohol unless [NAME_1] agrees.", LEAFLET);
        assertReleased("Store the tablets in a dry place.\n\nThe dose is 2.5 mg.", LEAFLET);
        assertReleased("The dose is 2.5 mg. Rest at home.", LEAFLET, "Rest at home.");
    }

    @Test
    void decide_whiteSpaceDiffers_releases() {
        assertReleased("  Take one\ntablet twice\u00a0a  day\twith food.\n", LEAFLET);
        assertReleased("Do not take it with alcohol.", "Do not take it\n   with\r\nalcohol.");
    }

    @Test
    void decide_emptyAnswerOrNoDocuments_withholds() {
        assertEquals(List.of(Kind.EMPTY_ANSWER), assertWithheld("", LEAFLET));
        assertEquals(List.of(Kind.EMPTY_ANSWER), assertWithheld(" \n ", LEAFLET));
        assertEquals(List.of(Kind.NO_DOCUMENTS), assertWithheld("Rest."));
        assertEquals(List.of(Kind.NO_DOCUMENTS), assertWithheld("Rest.", "", " \n"));
    }

    @Test
    void decide_halfSentence_withholds() {
        for (String half : List.of(
                "Take it with alcohol unless [NAME_1] agrees.",
                "take it with alcohol unless [NAME_1] agrees.",
                "Do not take it with alcohol.",
                "Do not take it with alcohol",
                "Take one tablet twice a day",
                "with food.",
                "The dose is 2.",
                "5 mg.",
                "Take one tablet twice a day with food")) {
            assertEquals(List.of(Kind.SENTENCE_NOT_IN_DOCUMENTS), List.copyOf(assertWithheld(half, LEAFLET)), half);
        }
    }

    @Test
    void decide_oneSentenceOfManyUnsupported_namesItsOffsets() {
        String answer = "The dose is 2.5 mg. Take ten. Call the clinic if you feel dizzy.";
        if (gate.decide(Audience.PATIENT, ReceivedText.of(answer), documents(LEAFLET)) instanceof Withheld withheld) {
            Finding wrong = withheld.findings().get(1);
            assertEquals(Kind.SENTENCE_NOT_IN_DOCUMENTS, wrong.kind());
            assertEquals("Take ten.", answer.substring(wrong.start(), wrong.end()));
            assertFalse(withheld.toString().contains("ten"));
        } else {
            throw new AssertionError();
        }
    }

    @Test
    void decide_gluedSentences_withholds() {
        assertWithheld("Take one tablet twice a day with food.Call the clinic if you feel dizzy.", LEAFLET);
        assertWithheld("Take one tablet twice a day with food; call the clinic if you feel dizzy.", LEAFLET);
        assertWithheld("Take one tablet twice a day with food. and The dose is 2.5 mg.", LEAFLET);
        assertWithheld("Take one tablet twice a day with food. The dose is 2.5 mg", LEAFLET);
        assertWithheld("The dose is 2.5 mg..", LEAFLET);
        assertWithheld("The dose is 2.5 mg. .", LEAFLET);
        assertWithheld("The dose is 2.5 mg. 10", LEAFLET);
    }

    @Test
    void decide_lookAlikesAndInvisibles_withholds() {
        String sentence = "The dose is 2.5 mg.";
        assertWithheld(sentence.replace('o', '\u043e'), LEAFLET);
        assertWithheld(sentence.replace("2.5", "2\u20245"), LEAFLET);
        assertWithheld(sentence.replace("2.5", "2.\u200b5"), LEAFLET);
        assertWithheld("\ufeff" + sentence, LEAFLET);
        assertWithheld("\u202e" + sentence, LEAFLET);
        assertWithheld(sentence + "\u200b", LEAFLET);
        assertWithheld(sentence.replace('2', '\uff12'), LEAFLET);
        assertWithheld(sentence.replace("mg", "\u338e"), LEAFLET);
        assertWithheld("Take 10 mg.", "Take 1 0 mg.");
        assertWithheld("Take 1 0 mg.", "Take 10 mg.");
    }

    @Test
    void decide_markup_withholds() {
        for (String answer : List.of(
                "**The dose is 2.5 mg.**",
                "The dose is **2.5** mg.",
                "<b>The dose is 2.5 mg.</b>",
                "The dose is 2.5 mg.<!-- not -->",
                "[The dose is 2.5 mg.](http://x.example)",
                "> The dose is 2.5 mg.",
                "# The dose is 2.5 mg.",
                "- The dose is 2.5 mg.",
                "9. The dose is 2.5 mg.",
                "The dose is 2.5 mg.\n- ",
                "```\nThe dose is 2.5 mg.\n```",
                "The dose is 2.5 mg.\n\n![x](http://x.example/y)")) {
            assertWithheld(answer, LEAFLET);
        }
    }

    @Test
    void decide_listItemWithoutWhatIntroducesIt_withholds() {
        String list = "Do not:\n- Drive a car.\n- Drink alcohol.\n\nRest at home.";
        assertEquals(List.of(Kind.SENTENCE_OUT_OF_CONTEXT), assertWithheld("Drink alcohol.", list));
        assertWithheld("Drive a car.", list);
        assertWithheld("- Drive a car.", list);
        assertWithheld("Do not:", list);
        assertWithheld("Do not:\n- Drink alcohol.", list);
        assertReleased("Do not:\n- Drive a car.\n- Drink alcohol.", list);
        assertReleased("Rest at home.", list);
        for (String intro :
                List.of("Do not\n", "Do not do this.\n", "Do not:\n\n", "Never do these:\n\n\n", "Avoid\n\n")) {
            assertWithheld("Drink alcohol.", intro + "* Drive a car.\n* Drink alcohol.\n* Sit down.");
            assertWithheld("Drink alcohol daily.", intro + "1. Drive a car. Drink alcohol daily.\n2. Sit down.");
        }
        assertWithheld("Drink alcohol daily.", "Do not do this:\nDrive a car.\nDrink alcohol daily.\n\nRest.");
    }

    @Test
    void decide_sentenceUnderHeadingThatNegates_withholds() {
        String document =
                "Things to avoid\n\nDrink wine every day. Eat grapefruit.\n\nSmoke outside.\n\nGood habits\n\nDrink water.";
        assertWithheld("Drink wine every day.", document);
        assertWithheld("Eat grapefruit.", document);
        assertWithheld("Smoke outside.", document);
        assertReleased("Drink water.", document);
        assertReleased("Drink water daily.", "# Habits\nDrink water daily.");
        assertWithheld("Drink wine daily.", "# What not to do\nDrink wine daily.\n\nRest well.");
    }

    @Test
    void decide_afterSomethingUnfinishedOrMarkedUp_withholds() {
        for (String document : List.of(
                "You must not ... Take twenty at once. Rest well.",
                "You must not…\nTake twenty at once. Rest well.",
                "You must never, e.g.\n\nTake twenty at once. Rest well.",
                "You must never take\n\n\nTake twenty at once. Rest well.",
                "Don'ts\n\nTake twenty at once. Rest well.",
                "Never do this: run. Take twenty at once. Rest well.",
                "NOT:\n\n\nRest.\n\nTake twenty at once.",
                "He said 'Rest. Take twenty at once. Go.' and was wrong. Rest well.",
                "<s>Old advice. Take twenty at once. Rest.</s> Now sleep.",
                "Bad ~~advice. Take twenty at once. Rest~~ Now sleep.",
                "```\nExample.\nTake twenty at once.\n```",
                "- Do not:\n  - Take twenty at once.\n  - Run.")) {
            assertEquals(
                    List.of(Kind.SENTENCE_OUT_OF_CONTEXT), assertWithheld("Take twenty at once.", document), document);
        }
        assertReleased("Keep blood pressure <140 today.", "The patients' leaflet. Keep blood pressure <140 today.");
    }

    @Test
    void decide_sentenceThatLeansOnAnother_withholdsAlone() {
        String question = "Can I drink alcohol with it? No. Ask the pharmacist.";
        assertWithheld("No.", question);
        assertWithheld("Can I drink alcohol with it?", question);
        assertReleased("Can I drink alcohol with it? No.", question);
        assertWithheld("Can I drink alcohol with it? Yes.", question, "Is it red? Yes.");
        String back = "Warfarin thins the blood. It must be taken every day. However, pause before surgery.";
        assertWithheld("It must be taken every day.", back);
        assertWithheld("However, pause before surgery.", back);
        assertReleased("Warfarin thins the blood.", back);
        assertReleased("Warfarin thins the blood. It must be taken every day.", back);
        assertWithheld("Aspirin is red. It must be taken every day.", back, "Aspirin is red.");
    }

    @Test
    void decide_insideQuotationOrBracket_withholds() {
        String quoted = "Some say: \"Stop your pills. Drink only juice. Eat fruit.\" Do not believe them. Rest well.";
        assertWithheld("Drink only juice.", quoted);
        assertWithheld("Stop your pills.", quoted);
        assertReleased("Rest well.", quoted);
        assertWithheld("Drink only juice.", "A myth (said often. Drink only juice. Not so) is this. Rest.");
        assertWithheld("Drink only juice.", "A myth is “fast first. Drink only juice. Then eat.” Rest.");
    }

    @Test
    void decide_documentThatIsAPiece_withholdsItsTornEnds() {
        String piece = "take this with grapefruit. Drink a glass of water. Never take more than";
        assertWithheld("take this with grapefruit.", piece);
        assertWithheld("Never take more than", piece);
        assertReleased("Drink a glass of water.", piece);
    }

    @Test
    void decide_wrappedLines_areOneSentence() {
        String document = "You should not\nTake more than five tablets.\nRest\nat home today.";
        assertWithheld("Take more than five tablets.", document);
        assertReleased("You should not\nTake more than five tablets.", document);
        assertWithheld("at home today.", document);
    }

    @Test
    void decide_anyCutOfAnySentence_withholds() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("ReleaseGateTest seed " + seed);
        Random random = new Random(seed);
        for (Sentence sentence : Sentences.split(LEAFLET)) {
            String whole = sentence.in(LEAFLET);
            for (int from = 0; from < whole.length(); from++) {
                for (int to = from + 1; to <= whole.length(); to++) {
                    String cut = whole.substring(from, to).strip();
                    if (!cut.equals(whole) && !cut.isEmpty()) {
                        assertWithheld(cut, LEAFLET);
                    }
                }
            }
            for (int round = 0; round < 200; round++) {
                StringBuilder changed = new StringBuilder(whole);
                int at = random.nextInt(whole.length());
                changed.setCharAt(at, (char) (whole.charAt(at) + 1 + random.nextInt(5)));
                assertWithheld(changed.toString(), LEAFLET);
            }
        }
    }

    @Test
    void decide_randomDocuments_releasesOnlyTheirSentences() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("ReleaseGateTest seed " + seed);
        Random random = new Random(seed);
        int released = 0;
        for (int round = 0; round < 3_000; round++) {
            String document = RandomText.of(random, 1 + random.nextInt(30));
            List<Sentence> sentences = Sentences.split(document);
            if (sentences.isEmpty()) {
                continue;
            }
            Sentence first = sentences.get(random.nextInt(sentences.size()));
            Sentence last = sentences.get(random.nextInt(sentences.size()));
            String answer = first.start() <= last.start()
                    ? document.substring(first.start(), last.end())
                    : RandomText.of(random, 4);
            if (gate.decide(Audience.PATIENT, ReceivedText.of(answer), documents(document))
                    instanceof Released decision) {
                released++;
                String kept = wholeSentences(document);
                int from = 0;
                for (Finding finding : decision.answer().findings()) {
                    assertEquals(Chars.skipSpace(answer, from), finding.start(), answer);
                    String claim = squeezed(answer.substring(finding.start(), finding.end()));
                    assertTrue(kept.contains("|" + claim + "|"), answer);
                    from = finding.end();
                }
                assertEquals(answer.length(), Chars.skipSpace(answer, from), answer);
            }
        }
        assertTrue(released > 50, "released: " + released);
    }

    /** Every sentence of a document without and with the marker before it. */
    private static String wholeSentences(String document) {
        StringBuilder kept = new StringBuilder("|");
        int from = 0;
        for (Sentence sentence : Sentences.split(document)) {
            kept.append(squeezed(sentence.in(document))).append('|');
            kept.append(squeezed(document.substring(from, sentence.end()))).append('|');
            from = sentence.end();
        }
        return kept.toString();
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\u00a0]+", " ").strip();
    }

    @Test
    void decide_sameSentenceManyTimes_worksLinearly() {
        String document = "Drink water. ".repeat(20_000);
        assertReleased("Drink water. ".repeat(20_000).strip(), document);
    }
}
