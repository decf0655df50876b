package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TextClassifier;
import dev.anteroom.models.TimeLimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a site's own classifier finds, with the small one of models/classifier-fixture. */
class PhiClassifierTest {
    private static final Path FOLDER = Path.of(System.getProperty("anteroom.root", ".."), "models/classifier-fixture");
    private static final Map<String, Optional<PhiCategory>> LABELS =
            Map.of("PATIENT", Optional.of(PhiCategory.NAME), "B-HOSPITAL", Optional.of(PhiCategory.FACILITY));
    private static final PhiClassifier SHARED = PhiClassifier.open(FOLDER, 1, settings(0.5f));

    @AfterAll
    static void close() {
        SHARED.close();
    }

    private static PhiClassifier.Settings settings(float threshold) {
        return new PhiClassifier.Settings(LABELS, threshold, 20_000);
    }

    private static Redactor alone(PhiClassifier classifier) {
        return Redactor.withoutRules(Profile.STRICT, List.of(classifier.layer()));
    }

    private static String redacted(Redactor redactor, String text) {
        Redaction redaction =
                redactor.redact(List.of(Position.text("", text)), KnownValues.none(), new java.util.Random(1));
        return redaction.text(0).value();
    }

    @Test
    void detect_labels_becomeSpansOfWholeWords() {
        assertEquals(
                "Pt [NAME_1] seen at St. [FACILITY_1].",
                redacted(alone(SHARED), "Pt John Miller seen at St. Mary Hospital."));
        assertEquals("the [NAME_1] \uD83D\uDE00 [NAME_2]!", redacted(alone(SHARED), "the Millers \uD83D\uDE00 John!"));
    }

    @Test
    void detect_longText_isReadToItsEnd() {
        String text = redacted(alone(SHARED), "seen by. ".repeat(9_000) + "John" + " seen by.".repeat(100));
        assertTrue(text.contains("[NAME_1]") && !text.contains("John"));
    }

    @Test
    void detect_otherThreshold_decidesAndChangesTheVersion() {
        PhiClassifier eager = PhiClassifier.open(FOLDER, 1, settings(0.2f));
        try (eager) {
            assertEquals("[NAME_1] seen", redacted(alone(eager), "maybe seen"));
            assertNotEquals(alone(SHARED).digest(), alone(eager).digest());
        }
        PhiClassifier wary = PhiClassifier.open(FOLDER, 1, settings(0.9f));
        try (wary) {
            assertEquals("maybe seen", redacted(alone(wary), "maybe seen"));
        }
    }

    @Test
    void open_labelsThatDoNotFit_areNamed() {
        assertRefused("says nothing of: HOSPITAL", Map.of("PATIENT", Optional.of(PhiCategory.NAME)));
        assertRefused(
                "has no labels DOCTOR",
                Map.of("PATIENT", Optional.empty(), "HOSPITAL", Optional.empty(), "DOCTOR", Optional.empty()));
    }

    private static void assertRefused(String words, Map<String, Optional<PhiCategory>> labels) {
        ModelException refused = assertThrows(
                ModelException.class,
                () -> PhiClassifier.open(FOLDER, 1, new PhiClassifier.Settings(labels, 0.5f, 1_000)));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }

    /** One that answers with likelihoods of a test's, after a time of its clock's. */
    private record Fake(float likelihood, long nanos, AtomicLong now) implements TextClassifier {
        @Override
        public String version() {
            return "fake";
        }

        @Override
        public List<String> labels() {
            return List.of("O", "PATIENT", "HOSPITAL");
        }

        @Override
        public List<Token> classify(String text, TimeLimit limit) {
            now.addAndGet(nanos);
            return List.of(new Token(0, text.length(), new float[] {1 - likelihood, likelihood, 0}));
        }

        @Override
        public void close() {}

        Redactor redactor() {
            Map<String, Optional<PhiCategory>> labels =
                    Map.of("PATIENT", Optional.of(PhiCategory.NAME), "HOSPITAL", Optional.empty());
            return alone(PhiClassifier.of(this, new PhiClassifier.Settings(labels, 0.5f, 1_000), now::get));
        }
    }

    @Test
    void detect_lateOrNoNumber_fails() {
        assertEquals("[NAME_1]", redacted(new Fake(0.6f, 900_000_000L, new AtomicLong()).redactor(), "Okafor"));
        Redactor late = new Fake(0.6f, 1_100_000_000L, new AtomicLong()).redactor();
        assertThrows(ModelException.class, () -> redacted(late, "Okafor"));
        Redactor wrong = new Fake(Float.NaN, 0, new AtomicLong()).redactor();
        assertThrows(ModelException.class, () -> redacted(wrong, "Okafor"));
        assertThrows(ModelException.class, () -> redacted(alone(SHARED), "seen nan by"));
    }
}
