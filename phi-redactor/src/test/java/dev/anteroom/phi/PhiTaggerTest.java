package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.models.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trained tagger adds to the rules, and what becomes of a call where it fails. */
class PhiTaggerTest {

    /** No rule has a cue here: the tagger has to know a name when it sees one. */
    private static final String PROSE = "Okafor reports less pain since Tuesday and walks to Brockton daily.";

    private final Random random = new Random(Long.getLong("anteroom.seed", 20_261_123L));

    private static String redacted(Profile profile, String text) {
        return Taggers.redactor(profile)
                .redact(List.of(Position.text("", text)), KnownValues.none(), new Random(1))
                .text(0)
                .value();
    }

    private static List<Span> spans(Redactor redactor, String... texts) {
        List<Position> call =
                Arrays.stream(texts).map(text -> Position.text("", text)).toList();
        return redactor.detect(call, KnownValues.none());
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void detect_proseWithoutACue_findsWhatRulesDoNot(Profile profile) {
        assertEquals(List.of(), spans(Redactor.create(Profile.BALANCED, SiteKnowledge.none()), PROSE));
        String text = redacted(profile, PROSE);
        assertTrue(text.startsWith("[NAME_1] reports less pain") && text.contains("walks to [LOCATION_1] daily"), text);
    }

    @Test
    void detect_disguisedName_isFoundWhereItStands() {
        String[] disguised = {
            "Ok\u200Bafor reports less pain.",
            "\u041Ekafor reports less pain.",
            "\uFF2F\uFF4B\uFF41\uFF46\uFF4F\uFF52 reports less pain.",
        };
        for (String text : disguised) {
            assertEquals("[NAME_1] reports less pain.", redacted(Profile.BALANCED, text));
        }
    }

    /** A rule that goes by capitals alone does not know where a name ends among capitals; strictly, all of what it found is replaced. */
    @Test
    void detect_ruleThatGoesTooFar_endsWhereTheNameDoes() {
        String text = "MR. NISSON SPIKED A FEVER; DOCTOR HERARD NOTIFIED AT 0415.";
        assertEquals(
                "MR. [NAME_1] SPIKED A FEVER; DOCTOR [NAME_2] NOTIFIED AT 0415.", redacted(Profile.BALANCED, text));
        String strict = redacted(Profile.STRICT, text);
        assertTrue(!strict.contains("SPIKED") && !strict.contains("NOTIFIED"), strict);
        String rules = Redactor.create(Profile.BALANCED, SiteKnowledge.none())
                .redact(List.of(Position.text("", text)), KnownValues.none(), new Random(1))
                .text(0)
                .value();
        assertTrue(!rules.contains("SPIKED") && !rules.contains("NOTIFIED"), rules);
    }

    @Test
    void detect_ordinaryWordAtTheEndOfWhatARuleFound_staysThoughTheTaggerIsNotSure() {
        String text = "MR. OKAFOR BELONGS THERE.";
        for (double likelihood : new double[] {0.2, 0.95}) {
            PhiTagger tagger =
                    scoring(1, token -> token.equals("OKAFOR") ? 0.99 : token.equals("BELONGS") ? likelihood : 0);
            assertEquals(
                    likelihood < 0.5 ? "MR. [NAME_1] BELONGS THERE." : "MR. [NAME_1] THERE.",
                    taken(redactor(tagger), text));
        }
    }

    @Test
    void detect_ruleThatGoesOverTheVerb_endsBeforeIt() {
        PhiTagger tagger = scoring(1, token -> token.equals("OKAFOR") ? 0.99 : token.equals("GAVE") ? 0.1 : 0.2);
        assertEquals(
                "NURSE [NAME_1] GAVE QUILLABAN THERE.", taken(redactor(tagger), "NURSE OKAFOR GAVE QUILLABAN THERE."));
    }

    @Test
    void detect_ordinaryWordsBesideNamesByAList_stay() {
        PhiTagger tagger = scoring(1, token -> token.equals("QUILLBY") ? 0.99 : 0.1);
        assertEquals(
                "SHE NEEDS [NAME_1] ASSIST. NOTIFY [NAME_2], RN",
                taken(redactor(tagger), "SHE NEEDS MAX ASSIST. NOTIFY QUILLBY, RN"));
    }

    @Test
    void detect_nothingButTheKindOfAFacility_stays() {
        PhiTagger tagger = scoring(3, token -> 0.1);
        String text = "LETTER TO THE REFERRING CLINIC. RE: WAITING LIST";
        assertNotEquals(text, taken(Redactor.create(Profile.BALANCED, SiteKnowledge.none()), text));
        assertEquals(text, taken(redactor(tagger), text));
        assertEquals("SEEN AT [FACILITY_1] NOW", taken(redactor(tagger), "SEEN AT QUILLBY CLINIC NOW"));
    }

    @Test
    void detect_articleBehindAName_isNoInitial() {
        PhiTagger tagger = scoring(1, token -> token.equals("OKAFOR") ? 0.99 : 0.1);
        assertEquals("IS MR. [NAME_1] A CANDIDATE NOW", taken(redactor(tagger), "IS MR. OKAFOR A CANDIDATE NOW"));
    }

    @Test
    void detect_timeBehindADay_stays() {
        Redactor redactor = taking(Profile.BALANCED, 4, 0.97, "the", "3", "rd", "of", "Quill", "14", ":", "32", "05");
        assertEquals("signed [DATE_1] 14:32", taken(redactor, "signed the 3rd of Quill 14:32"));
        assertEquals("signed [DATE_1] 14:32:05", taken(redactor, "signed the 3rd of Quill 14:32:05"));
    }

    @Test
    void detect_headingOfFewCapitals_needsMore() {
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.8, "SH");
        assertEquals("SH: lives alone", taken(doubtful, "SH: lives alone"));
        assertEquals("seen by [NAME_1]: lives alone", taken(doubtful, "seen by SH: lives alone"));
    }

    @Test
    void detect_ordinaryWordsBeforeAFacility_stayThoughTheTaggerIsNotSure() {
        PhiTagger tagger = scoring(3, token -> token.equals("QUILLBY") || token.equals("HOSPITAL") ? 0.99 : 0.1);
        assertEquals(
                "SHE IS A RESIDENT OF [FACILITY_1] NOW.",
                taken(redactor(tagger), "SHE IS A RESIDENT OF QUILLBY HOSPITAL NOW."));
    }

    @Test
    void detect_wordsBetweenNamesAndOtherThings_stay() {
        Redactor redactor = taking(Profile.BALANCED, 3, 0.97, "of", "Quillby", "Works", "with");
        assertEquals("RN Ada of [FACILITY_1] with us", taken(redactor, "RN Ada of Quillby Works with us"));
        assertEquals(
                "in [FACILITY_1] in us",
                taken(taking(Profile.BALANCED, 3, 0.97, "in", "Quillby", "Works"), "in Quillby Works in us"));
        assertEquals("at [NAME_1] now", taken(taking(Profile.BALANCED, 1, 0.97, "Or", "Quillby"), "at Or Quillby now"));
    }

    /** A long text is read in pieces, and says the same at their borders. */
    @Test
    void detect_namesAcrossALongText_areFoundEverywhere() {
        String filler = "The wound is dry and he walks without pain today. ";
        StringBuilder text = new StringBuilder();
        while (text.length() < 150_000) {
            text.append(filler, 0, random.nextInt(filler.length())).append(". Okafor is well. ");
        }
        BitSet found = new BitSet();
        for (Span span : spans(Taggers.redactor(Profile.BALANCED), text.toString())) {
            found.set(span.start(), span.end());
        }
        for (int at = text.indexOf("Okafor"); at >= 0; at = text.indexOf("Okafor", at + 1)) {
            assertTrue(found.nextClearBit(at) >= at + 6, "at " + at);
        }
        Taggers.Disturbed counting = new Taggers.Disturbed(
                (read, scores) -> assertTrue(read.length() <= 40_000, "memory must not grow with the text"));
        spans(redactor(PhiTagger.of(counting, () -> 0)), text.toString());
    }

    /** Programs would break where a guess changed a word that they have agreed on. */
    @Test
    void detect_wordOfAProgram_isLeftToTheRules() {
        String schema = "json schema from Identifiers Okafor";
        Redactor redactor = Taggers.redactor(Profile.STRICT);
        assertEquals(List.of(), redactor.detect(List.of(Position.symbol("", schema)), KnownValues.none()));
        assertNotEquals(List.of(), redactor.detect(List.of(Position.text("", schema)), KnownValues.none()));
        Span known = redactor.detect(
                        List.of(Position.text("", PROSE), Position.symbol("", "find_okafor")), KnownValues.none())
                .getLast();
        assertEquals(1, known.position());
    }

    @Test
    void detect_bothFound_ruleWinsAndSaysThatTheTaggerAgreed() {
        Span span = spans(Taggers.redactor(Profile.BALANCED), "Seen by Dr. Okafor today.")
                .getFirst();
        assertEquals("name.title+tagger", span.layer());
        assertEquals(PhiCategory.NAME, span.category());
        Span number = spans(Taggers.redactor(Profile.BALANCED), "MRN: 4482913").getFirst();
        assertEquals(PhiCategory.MRN, number.category());
    }

    @Test
    void detect_sureName_isFoundInTheWholeCall() {
        Taggers.Disturbed onceOnly = new Taggers.Disturbed((text, scores) -> {
            for (int i = 0; text.startsWith("x") && i < scores.count(); i++) {
                for (int c = 1; c < 8; c++) {
                    scores.score(i, c, -40);
                }
            }
        });
        List<Span> spans = spans(redactor(PhiTagger.of(onceOnly, () -> 0)), PROSE, "x okafor/x");
        assertTrue(spans.stream().anyMatch(span -> span.position() == 1 && span.start() == 2), spans.toString());
    }

    /** An error in one place must not take a word of the language out of all others. */
    @Test
    void detect_ordinaryWordTakenForAName_staysInOtherPlaces() {
        Taggers.Disturbed wrong = new Taggers.Disturbed((text, scores) -> {
            if (text.startsWith("Wrong")) {
                scores.score(scores.count() - 1, 1, 99);
            }
        });
        PhiTagger tagger = PhiTagger.of(wrong, System::nanoTime);
        Redactor redactor =
                Redactor.create(Profile.BALANCED, SiteKnowledge.none(), List.of(tagger.layer(Profile.BALANCED)));
        List<Span> spans =
                spans(redactor, "Wrong about the Pain", "the pain in Pain", "Wrong about the Zzyzzq", "zzyzzq");
        assertEquals(
                List.of(0, 2, 3), spans.stream().map(Span::position).distinct().toList(), spans.toString());
        assertEquals("tagger.here", spans.getFirst().layer());
    }

    /** A tagger that is so sure that these tokens, and no others, are of a class; without the rules. */
    private static Redactor taking(Profile profile, int label, double likelihood, String... tokens) {
        PhiTagger tagger = scoring(label, token -> List.of(tokens).contains(token) ? likelihood : 0);
        return Redactor.withoutRules(profile, List.of(tagger.layer(profile)));
    }

    /** A tagger that takes each token for one label, as likely as said, and for no other. */
    private static PhiTagger scoring(int label, ToDoubleFunction<String> likelihood) {
        return PhiTagger.of(
                new Taggers.Disturbed((text, scores) -> {
                    for (int i = 0; i < scores.count(); i++) {
                        double likely = likelihood.applyAsDouble(text.substring(scores.start(i), scores.end(i)));
                        for (int c = 0; c < 8; c++) {
                            scores.score(i, c, c == 0 ? 0 : -40);
                        }
                        scores.score(i, label, likely == 0 ? -40 : (float) Math.log(likely / (1 - likely)));
                    }
                }),
                System::nanoTime);
    }

    private static String taken(Redactor redactor, String text) {
        return MarkedText.redacted(redactor, KnownValues.none(), text);
    }

    /** Where nothing has a capital, less tells a name from a word. */
    @Test
    void detect_textWithoutCapitals_needsLess() {
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.25, "hirschberg");
        assertEquals("seen by [NAME_1] today", taken(doubtful, "seen by hirschberg today"));
        assertEquals("Seen by hirschberg today", taken(doubtful, "Seen by hirschberg today"));
    }

    @Test
    void detect_ordinaryWordThatBeginsASentence_needsMoreThanItsCapital() {
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.8, "Walking");
        assertEquals("It hurts. Walking is hard.", taken(doubtful, "It hurts. Walking is hard."));
        assertEquals("Seen by [NAME_1] today.", taken(doubtful, "Seen by Walking today."));
        assertEquals(
                "It hurts. [NAME_1] is here.",
                taken(taking(Profile.BALANCED, 1, 0.97, "Walking"), "It hurts. Walking is here."));
        assertEquals(
                "It hurts. [NAME_1] is here.",
                taken(taking(Profile.BALANCED, 1, 0.8, "Hirschberg"), "It hurts. Hirschberg is here."));
    }

    /** What a scanner made of a word makes no number of it, nor a name. */
    @Test
    void detect_ordinaryWordMisreadByAScanner_isOrdinary() {
        for (int label : new int[] {1, 5}) {
            Redactor doubtful = taking(
                    Profile.BALANCED,
                    label,
                    0.8,
                    "sti",
                    "1",
                    "l",
                    "5",
                    "ince",
                    "W",
                    "th",
                    "recommcnd",
                    "bumed",
                    "Medlcation");
            for (String text : List.of(
                    "Pain was sti1l there.",
                    "Pain 5ince then.",
                    "It hurts. W1th rest it went.",
                    "We recommcnd rest.",
                    "It bumed all night.",
                    "It hurts. Medlcation helps.")) {
                assertEquals(text, taken(doubtful, text));
            }
        }
        assertEquals(
                "Pain was [NAME_1] there.",
                taken(taking(Profile.BALANCED, 1, 0.97, "sti", "1", "l"), "Pain was sti1l there."));
    }

    @Test
    void detect_wordWithDigitsTakenForAnAddressOfTheNet_needsMore() {
        for (double likelihood : new double[] {0.8, 0.97}) {
            Redactor redactor = taking(Profile.BALANCED, 6, likelihood, "te", "1", "ebealth", "quillby", ".", "net");
            assertEquals(
                    likelihood < 0.9 ? "by te1ebealth at [URL_1] now" : "by [URL_1] at [URL_2] now",
                    taken(redactor, "by te1ebealth at quillby.net now"));
        }
    }

    @Test
    void detect_kindOfAFacilityOnTheNextLine_isReplacedToo() {
        Redactor redactor = taking(Profile.BALANCED, 3, 0.97, "Quillby", "Fire");
        assertEquals("at [FACILITY_1] in town", taken(redactor, "at Quillby Fire\nDepartment in town"));
        assertEquals("at [FACILITY_1]\ntoday in town", taken(redactor, "at Quillby Fire\ntoday in town"));
    }

    /** The name of a drug has a capital as names have. */
    @Test
    void detect_wordOfMedicineAlone_needsMoreThanItsCapital() {
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.8, "Po", "1", "ysporin", "Polysporin", "Quillsporin");
        for (String text : List.of("She took Polysporin at home.", "She took Po1ysporin at home.")) {
            assertEquals(text, taken(doubtful, text));
        }
        assertEquals("She took [NAME_1] at home.", taken(doubtful, "She took Quillsporin at home."));
    }

    @Test
    void detect_nameMisreadByAScanner_isNoOrdinaryWord() {
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.8, "zar", "1", "q", "zarvllle", "Recommcnd");
        assertEquals("Seen by [NAME_1] there.", taken(doubtful, "Seen by zar1q there."));
        assertEquals("Seen by [NAME_1] there.", taken(doubtful, "Seen by zarvllle there."));
        assertEquals("Seen by [NAME_1] there.", taken(doubtful, "Seen by Recommcnd there."));
    }

    @Test
    void detect_placesOfTwoSentences_areTwo() {
        Redactor places = taking(Profile.BALANCED, 2, 0.97, "St", ".", "Zarville", "Quonset");
        assertEquals(
                "From [LOCATION_1]. [LOCATION_2] is far. [LOCATION_3] too",
                taken(places, "From Zarville. Quonset is far. St. Zarville too"));
    }

    @Test
    void detect_wordsThatSayWhatAValueIs_stay() {
        assertEquals("the IMEI [ID_1]", taken(taking(Profile.BALANCED, 5, 0.97, "IMEI", "48217"), "the IMEI 48217"));
        assertEquals(
                "at mailto:[EMAIL_1]",
                taken(
                        taking(Profile.BALANCED, 6, 0.97, "mailto", ":", "ann", "@", "mail", ".", "org"),
                        "at mailto:ann@mail.org"));
        String vocabulary = "see http://hl7.org/fhir/ValueSet/languages for it";
        assertEquals(vocabulary, taken(taking(Profile.STRICT, 6, 0.97, "http", "hl", "org", "languages"), vocabulary));
    }

    @Test
    void detect_applicationsAndEventsOfMessages_stay() {
        Redactor redactor = taking(Profile.BALANCED, 1, 0.97, "ADT", "Okafor", "LIS", "A", "01");
        assertEquals(
                "MSH|^~\\&|ADT|[NAME_1]|LIS|2\rEVN|A01|2", taken(redactor, "MSH|^~\\&|ADT|Okafor|LIS|2\rEVN|A01|2"));
        for (String name : List.of("ADT|2", "|ADT", "|ADT here|", "|Okafor|")) {
            assertTrue(taken(redactor, name).contains("[NAME_1]"), name);
        }
        assertEquals("ROL|[NAME_1]|2", taken(redactor, "ROL|A01|2"));
        Redactor segments = taking(Profile.BALANCED, 1, 0.97, "OBR", "Okafor");
        assertEquals("ok OBR|1|||MRI", taken(segments, "ok OBR|1|||MRI"));
        for (String name : List.of("ok OBR 1", "Okafor|1", "[OBR|1")) {
            assertTrue(taken(segments, name).contains("[NAME_1]"), name);
        }
    }

    @Test
    void detect_timeOfDay_stays() {
        for (int label : new int[] {4, 6}) {
            Redactor redactor = taking(Profile.BALANCED, label, 0.97, "0415", "2575");
            assertEquals("notified at 0415.", taken(redactor, "notified at 0415."));
            for (String number : List.of("notified at 2575.", "notified 0415.", "pager 0415.", "at-0415.")) {
                assertTrue(taken(redactor, number).contains("_1]"), number);
            }
        }
    }

    @Test
    void detect_fractionOfNoMonth_stays() {
        Redactor redactor = taking(Profile.BALANCED, 4, 0.97, "20", "40", "12", "2", "/");
        assertEquals("vision 20/40 left", taken(redactor, "vision 20/40 left"));
        for (String date : List.of("20/12", "12/40", "2/40", "20/40/12", "20 40")) {
            assertTrue(taken(redactor, "seen " + date + " again").contains("[DATE_1]"), date);
        }
    }

    @Test
    void detect_stateBeforeAPostalCode_stays() {
        Redactor redactor = taking(Profile.BALANCED, 2, 0.97, "AKRON", "OHIO", "OH", "MEXICO", "44301", ",");
        assertEquals("AT [LOCATION_1], OHIO [LOCATION_2] NOW", taken(redactor, "AT AKRON, OHIO 44301 NOW"));
        assertEquals("AT [LOCATION_1], OH [LOCATION_2]", taken(redactor, "AT AKRON, OH 44301"));
        assertEquals("AT [LOCATION_1] NOW", taken(redactor, "AT AKRON, OHIO NOW"));
        assertEquals("AT [LOCATION_1] NOW", taken(redactor, "AT AKRON, MEXICO 44301 NOW"));
    }

    @Test
    void detect_nameOfATown_growsOverItsLastWord() {
        Redactor redactor = taking(Profile.BALANCED, 2, 0.97, "Pie", "PIE");
        assertEquals("from [LOCATION_1]. Next", taken(redactor, "from Pie Town. Next"));
        for (String other : List.of("Pie town", "Pie\nTown", "Pie-Town", "Pie, Town", "Pie Tower", "PIE TOWN")) {
            assertTrue(taken(redactor, "from " + other + " x").contains("[LOCATION_1]" + other.substring(3)), other);
        }
    }

    @Test
    void detect_numberThatMayBeAPostalCode_needsMoreWithoutAPlace() {
        Redactor redactor = taking(Profile.BALANCED, 2, 0.8, "Akron", "99285");
        assertEquals("denied 99285 today", taken(redactor, "denied 99285 today"));
        assertEquals("in [LOCATION_1] today", taken(redactor, "in Akron 99285 today"));
        assertEquals("in [LOCATION_1]\n[LOCATION_2] today", taken(redactor, "in Akron\n99285 today"));
        assertEquals(
                "denied [LOCATION_1] today", taken(taking(Profile.BALANCED, 2, 0.97, "99285"), "denied 99285 today"));
    }

    /** Such words are taken for a name where they stand beside one; where lists hold them as names too, the tagger decides. */
    @Test
    void detect_ordinaryWordOnNoListOfNames_needsMoreToBePartOfAName() {
        String text = "SEEN BY JAMES BELONGS THERE. BY ANNE ROSE TOO.";
        Redactor doubtful = taking(Profile.BALANCED, 1, 0.8, "JAMES", "BELONGS", "ANNE", "ROSE", "Belongs", "belongs");
        assertEquals("SEEN BY [NAME_1] BELONGS THERE. BY [NAME_2] TOO.", taken(doubtful, text));
        assertEquals("Seen by [NAME_1] who belongs there.", taken(doubtful, "Seen by Belongs who belongs there."));
        assertEquals(
                "SEEN BY [NAME_1] THERE. BY ANNE ROSE TOO.",
                taken(taking(Profile.BALANCED, 1, 0.97, "JAMES", "BELONGS"), text));
        assertEquals("at [LOCATION_1]", taken(taking(Profile.BALANCED, 2, 0.8, "BELONGS"), "at BELONGS"));
        assertEquals("Pt [NAME_1] in bed", taken(taking(Profile.BALANCED, 1, 0.8, "LT"), "Pt LT in bed"));
    }

    @Test
    void detect_wordThatNoListExplains_isHiddenMuchSoonerInStrict() {
        String text = "then zzyzzqa walked slowly";
        assertEquals(text, taken(taking(Profile.BALANCED, 1, 0.03, "zzyzzqa", "slowly"), text));
        assertEquals("then [NAME_1] walked slowly", taken(taking(Profile.STRICT, 1, 0.03, "zzyzzqa", "slowly"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Metformin 500 mg twice daily.", "BP 120/80, pulse 71, afebrile.", "Parkinson disease, stage 2"})
    void detect_clinicalText_stays(String text) {
        assertEquals(text, redacted(Profile.BALANCED, text));
    }

    @Test
    void detect_agesUnderNinetyAndBareYears_stay() {
        assertEquals(
                "A 46 year old with asthma since 1998.",
                redacted(Profile.BALANCED, "A 46 year old with asthma since 1998."));
    }

    @Test
    void version_ofThresholdsOrModel_changesTheDigest() {
        String rules = Redactor.create(Profile.STRICT, SiteKnowledge.none()).digest();
        assertNotEquals(rules, Taggers.redactor(Profile.STRICT).digest());
        assertNotEquals(
                Taggers.SHIPPED.layer(Profile.STRICT).version(),
                Taggers.SHIPPED.layer(Profile.BALANCED).version());
        assertTrue(
                Taggers.SHIPPED.layer(Profile.STRICT).version().matches(".* model [0-9a-f]{64} lexicon [0-9a-f]{64}"));
    }

    @Test
    void redact_longConversation_readsOldTurnsOnce() {
        Taggers.Disturbed counting = new Taggers.Disturbed((text, scores) -> {});
        PhiTagger tagger = PhiTagger.of(counting, System::nanoTime);
        Redactor redactor =
                Redactor.create(Profile.BALANCED, SiteKnowledge.none(), List.of(tagger.layer(Profile.BALANCED)));
        RedactionCache cache = new RedactionCache(1_000, 1 << 22, random);
        List<Position> turns = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            turns.add(Position.text("", "Turn " + i + ": " + PROSE));
        }
        redactor.redact(turns, KnownValues.none(), random, cache, new RedactionCache.Scope("t"));
        long before = counting.characters.get();
        turns.add(Position.text("", "And Okafor asks again."));
        redactor.redact(turns, KnownValues.none(), random, cache, new RedactionCache.Scope("t"));
        long read = counting.characters.get() - before;
        assertTrue(read <= 2L * PROSE.length() + 40, "read " + read + " characters of a conversation that it knows");
    }

    @Test
    void detect_scoreThatIsNoNumber_fails() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertFails((text, scores) -> scores.score(random.nextInt(scores.count()), random.nextInt(8), wrong));
        }
    }

    @Test
    void detect_modelThrows_fails() {
        assertFails((text, scores) -> {
            throw new ArrayIndexOutOfBoundsException(7);
        });
        assertFails((text, scores) -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/FloatVector");
        });
    }

    @Test
    void detect_modelIsLate_fails() {
        AtomicLong now = new AtomicLong();
        PhiTagger late = PhiTagger.of(
                new Taggers.Disturbed((text, scores) ->
                        now.addAndGet(text.contains("Okafor") ? 1_100_000_000 + 25_000L * text.length() : 0)),
                now::get);
        assertThrows(ModelException.class, () -> spans(redactor(late), PROSE));
        spans(redactor(late), "In time.");
    }

    private static Redactor redactor(PhiTagger tagger) {
        return Redactor.create(Profile.BALANCED, SiteKnowledge.none(), List.of(tagger.layer(Profile.BALANCED)));
    }

    private static void assertFails(Taggers.Fault fault) {
        PhiTagger tagger = PhiTagger.of(
                new Taggers.Disturbed((text, scores) -> {
                    if (text.equals(PROSE)) {
                        fault.after(text, scores);
                    }
                }),
                System::nanoTime);
        ModelException failed = assertThrows(ModelException.class, () -> spans(redactor(tagger), PROSE));
        assertTrue(!String.valueOf(failed.getMessage()).contains("Okafor"));
        assertEquals(1, spans(redactor(tagger), "Okafor is well.").size(), "the next call is none the worse");
    }

    @Test
    void of_modelThatCannotCompute_isRefusedAtOnce() {
        assertThrows(
                ModelException.class,
                () -> PhiTagger.of(
                        new Taggers.Disturbed((text, scores) -> scores.score(0, 0, Float.NaN)), System::nanoTime));
    }

    @Test
    void read_filesThatAreNotWhatTheBuildNames_areRefused() {
        assertRefused("SHA256SUMS is missing", name -> null);
        assertRefused("tagger.bin is missing", name -> name.equals("tagger.bin") ? null : shipped(name));
        assertRefused("lexicon.bin is missing", name -> name.equals("lexicon.bin") ? null : shipped(name));
        for (String changed : List.of("tagger.bin", "lexicon.bin")) {
            byte[] bytes = bytes(changed);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertRefused("expected: ", name -> name.equals(changed) ? new ByteArrayInputStream(cut) : shipped(name));
            bytes[random.nextInt(bytes.length)] ^= 4;
            assertRefused("expected: ", name -> name.equals(changed) ? new ByteArrayInputStream(bytes) : shipped(name));
        }
    }

    private static void assertRefused(String words, Function<String, @Nullable InputStream> files) {
        ModelException refused = assertThrows(ModelException.class, () -> PhiTagger.read(files));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }

    private static @Nullable InputStream shipped(String name) {
        return PhiTagger.class.getResourceAsStream("tagger/" + name);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = shipped(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
