package dev.anteroom.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the small classifier of models/classifier-fixture, by the real tokenizer and the real runtime. */
class TokenClassifierTest {
    private static final Path FOLDER = ShippedFiles.FOLDER.resolveSibling("classifier-fixture");
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());

    private static TokenClassifier classifier;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        System.out.println("-Danteroom.seed=" + SEED);
        classifier = TokenClassifier.open(FOLDER, 2);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    private static TimeLimit seconds(long seconds) {
        return TimeLimit.start(System::nanoTime, seconds * 1_000_000_000);
    }

    /** Tokens whose likeliest label is not the first, as text and label. */
    private static List<String> marked(String text) {
        List<String> found = new ArrayList<>();
        for (TextClassifier.Token token : classifier.classify(text, seconds(60))) {
            int best = 0;
            for (int i = 1; i < token.likelihoods().length; i++) {
                best = token.likelihoods()[i] > token.likelihoods()[best] ? i : best;
            }
            if (best > 0) {
                found.add(text.substring(token.start(), token.end()) + " "
                        + classifier.labels().get(best));
            }
        }
        return found;
    }

    @Test
    void classify_words_getTheLabelsOfTheModel() {
        assertEquals(List.of("O", "B-PATIENT", "I-PATIENT", "B-HOSPITAL"), classifier.labels());
        assertEquals(
                List.of("John B-PATIENT", "Miller I-PATIENT", "Mary B-HOSPITAL", "Hospital B-HOSPITAL"),
                marked("Pt John Miller, seen at St. Mary Hospital."));
        assertEquals(List.of("Miller I-PATIENT", "s I-PATIENT"), marked("the Millers"));
        assertEquals(List.of(), marked(""));
        assertEquals(List.of(), marked(" \n"));
    }

    /** Its library counts characters, Java counts UTF-16 units. */
    @Test
    void classify_emojiAccentsAndHalvesBefore_offsetsAreThoseOfJava() {
        for (String before : List.of(
                "\uD83D\uDE00",
                "\uD83D\uDE00\uD83D\uDE00 x ",
                "J\u0301o\u0308 ",
                "\uD83D ",
                "\uDE00 ",
                "\u0000 ",
                "\u200B ",
                "\u00DF \u4E2D ")) {
            assertEquals(
                    List.of("John B-PATIENT", "Miller I-PATIENT"),
                    marked(before + " John \uD83D\uDE00 Miller \uD83D\uDE00"),
                    before);
        }
        List<TextClassifier.Token> smile = classifier.classify("\uD83D\uDE00", seconds(60));
        assertEquals(2, smile.getFirst().end());
    }

    @Test
    void classify_longTexts_findAtEveryPlaceWhatAShortOneFinds() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            int words = random.nextInt(400);
            for (int i = 0; i < words; i++) {
                boolean name = random.nextInt(4) == 0;
                text.append(name ? "John " : random.nextBoolean() ? "\uD83D\uDE00 " : "seen ");
                if (name) {
                    expected.add("John B-PATIENT");
                }
            }
            assertEquals(expected, marked(text.toString()), words + " words");
        }
    }

    @Test
    void classify_scoreThatIsNoNumber_failsAndTheNextIsNoneTheWorse() {
        assertThrows(ModelException.class, () -> classifier.classify("seen nan by", seconds(60)));
        assertEquals(List.of("John B-PATIENT"), marked("John"));
    }

    @Test
    void classify_late_failsAndTheNextIsNoneTheWorse() {
        String text = "John seen by Mary. ".repeat(20_000);
        assertThrows(
                ModelException.class, () -> classifier.classify(text, TimeLimit.start(System::nanoTime, 1_000_000)));
        assertEquals(List.of("John B-PATIENT"), marked("John"));
    }

    /** More than wait already are refused at once, and those that wait are read. */
    @Test
    void classify_moreThanMayWait_areRefused() throws InterruptedException, ExecutionException {
        String text = "John seen by Mary. ".repeat(500);
        int refused = 0;
        int read = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                all.add(callers.submit(() -> {
                    try {
                        return !classifier.classify(text, seconds(120)).isEmpty();
                    } catch (ModelException full) {
                        assertTrue(String.valueOf(full.getMessage()).contains("too much"), full.getMessage());
                        return false;
                    }
                }));
            }
            for (Future<Boolean> one : all) {
                if (one.get()) {
                    read++;
                } else {
                    refused++;
                }
            }
        }
        assertTrue(refused > 0 && read >= 64, refused + " refused, " + read + " read");
    }

    @Test
    void open_filesThatAreMissingOrWrong_areRefusedByName() throws IOException {
        for (String name : List.of("model.onnx", "tokenizer.json", "config.json")) {
            byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
            copy();
            Files.delete(folder.resolve(name));
            assertRefused(name);
            Files.write(folder.resolve(name), java.util.Arrays.copyOf(bytes, bytes.length / 2));
            assertRefused(name);
        }
        copy();
        Files.writeString(folder.resolve("config.json"), "{\"id2label\": {\"0\": \"O\", \"1\": \"B-NAME\"}}");
        assertRefused("gives 4 values a token (expected: 2");
        Files.writeString(folder.resolve("config.json"), "{\"id2label\": {\"0\": \"O\", \"2\": \"B-NAME\"}}");
        assertRefused("id2label");
    }

    @Test
    void version_namesAllFiles() throws IOException {
        copy();
        Files.writeString(
                folder.resolve("config.json"),
                Files.readString(FOLDER.resolve("config.json"), StandardCharsets.UTF_8) + " ");
        try (TokenClassifier other = TokenClassifier.open(folder, 1)) {
            assertTrue(other.version()
                    .matches("classifier model [0-9a-f]{64} tokenizer [0-9a-f]{64} config [0-9a-f]{64}"));
            assertTrue(!other.version().equals(classifier.version()));
        }
    }

    private void copy() throws IOException {
        for (String name : List.of("model.onnx", "tokenizer.json", "config.json")) {
            Files.write(folder.resolve(name), Files.readAllBytes(FOLDER.resolve(name)));
        }
    }

    private void assertRefused(String words) {
        ModelException refused = assertThrows(ModelException.class, () -> TokenClassifier.open(folder, 1));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }
}
