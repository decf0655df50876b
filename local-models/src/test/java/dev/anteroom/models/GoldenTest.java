package dev.anteroom.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the training wrote down of some texts comes out here too: tokens and ids exactly, probabilities as rounded there. */
class GoldenTest {
    private static final WordBins LEXICON = WordBins.read(ShippedFiles.file("lexicon.bin"));
    private static final int[] SIZES = {8192, 2048, 2048, 512, 96, 4, 4, 4, 4, 4, 4, 4, 4, 4};

    private record Golden(String text, List<int[]> tokens, List<double[]> probabilities) {}

    @Test
    void features_goldenTexts_areThoseOfTheTraining() throws IOException {
        int tokens = 0;
        for (Golden golden : golden()) {
            TokenScores read = new TokenScores();
            Features.cut(golden.text.toCharArray(), golden.text.length(), read);
            assertEquals(golden.tokens.size(), read.count(), golden.text);
            for (int i = 0; i < read.count(); i++) {
                int[] found = ids(golden.text, read, i);
                for (int k = 0; k < found.length; k++) {
                    assertEquals(golden.tokens.get(i)[k], found[k], golden.text + ": token " + i + ", field " + k);
                }
                int[] rows = embeddings(golden.text, read, i, true);
                for (int k = 0; k < rows.length; k++) {
                    assertEquals(golden.tokens.get(i)[2 + k], rows[k], golden.text + ": token " + i + ", id " + k);
                }
                tokens++;
            }
        }
        assertTrue(tokens > 100);
    }

    /** Start, end and the fourteen ids of a token, as features.py has them. */
    private static int[] ids(String text, TokenScores read, int token) {
        int[] found = new int[16];
        found[0] = read.start(token);
        found[1] = read.end(token);
        int[] slots = new int[Features.SLOTS];
        int bins = features(text, read, token, slots);
        System.arraycopy(slots, 0, found, 2, 5);
        for (int k = 0; k < 8; k++) {
            found[7 + k] = bins >> 2 * k & 3;
        }
        found[15] = read.space(token);
        int offset = 0;
        for (int k = 0; k < SIZES.length; k++) {
            found[2 + k] += offset;
            offset += SIZES[k];
        }
        return found;
    }

    private static int features(String text, TokenScores read, int token, int[] slots) {
        return Features.of(
                text.toCharArray(),
                read.start(token),
                read.end(token),
                read.kind(token),
                LEXICON,
                true,
                slots,
                new char[Features.FORM]);
    }

    /** Rows of embeddings of a token, with those of its trigrams as the case may be. */
    static int[] embeddings(String text, TokenScores read, int token, boolean trigrams) {
        int[] found = Arrays.copyOfRange(ids(text, read, token), 2, trigrams ? 24 : 16);
        int[] slots = new int[Features.SLOTS];
        features(text, read, token, slots);
        for (int k = 14; k < found.length; k++) {
            found[k] = Definition.ROWS + slots[Features.TRIGRAM + k - 14];
        }
        return found;
    }

    /** Digits of one class have the same features, and there are few classes. */
    @Test
    void classOfDigits_sameClass_sameFeatures() {
        Map<Integer, List<Integer>> featuresByClass = new HashMap<>();
        List<String> runs = new ArrayList<>();
        for (int value = 0; value < 10_000; value++) {
            for (int zeros = 0; zeros < 4; zeros++) {
                runs.add("0".repeat(zeros) + value);
            }
        }
        for (int digits = 5; digits < 40; digits++) {
            runs.add("7".repeat(digits));
            runs.add("0".repeat(digits));
        }
        for (String run : runs) {
            TokenScores read = new TokenScores();
            Features.cut(run.toCharArray(), run.length(), read);
            int[] slots = new int[Features.SLOTS];
            features(run, read, 0, slots);
            List<Integer> found = Arrays.stream(slots).boxed().toList();
            int same = Features.classOfDigits(run.toCharArray(), 0, run.length());
            assertEquals(featuresByClass.computeIfAbsent(same, _ -> found), found, run);
        }
        assertTrue(featuresByClass.size() < 150, featuresByClass.size() + " classes");
    }

    @Test
    void probabilities_goldenTexts_areThoseOfTheTraining() throws IOException {
        TokenTagger tagger = TokenTagger.read(ShippedFiles.file("tagger.bin"), ShippedFiles.file("lexicon.bin"));
        for (Golden golden : golden()) {
            TokenScores scores = Texts.scores(tagger, golden.text);
            for (int i = 0; i < scores.count(); i++) {
                assertEquals(features(golden.text, scores, i, new int[Features.SLOTS]), scores.bins(i), golden.text);
                double[] found = Texts.probabilities(scores, i);
                for (int k = 0; k < found.length; k++) {
                    assertEquals(golden.probabilities.get(i)[k], found[k], 2e-3, golden.text + ": token " + i);
                }
            }
        }
    }

    private static List<Golden> golden() throws IOException {
        List<Golden> all = new ArrayList<>();
        for (String line : ShippedFiles.lines("features-golden.jsonl")) {
            try (JsonParser json = new JsonFactory().createParser(line)) {
                String text = "";
                List<double[]> tokens = List.of();
                List<double[]> probabilities = List.of();
                json.nextToken();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    switch (name) {
                        case "text" -> text = json.getText();
                        case "tokens" -> tokens = rows(json);
                        case "probabilities" -> probabilities = rows(json);
                        default -> throw new IOException("unknown: " + name);
                    }
                }
                List<int[]> whole = new ArrayList<>();
                for (double[] row : tokens) {
                    int[] ints = new int[row.length];
                    for (int i = 0; i < row.length; i++) {
                        ints[i] = (int) row[i];
                    }
                    whole.add(ints);
                }
                all.add(new Golden(text, whole, probabilities));
            }
        }
        return all;
    }

    private static List<double[]> rows(JsonParser json) throws IOException {
        List<double[]> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            List<Double> row = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                row.add(json.getDoubleValue());
            }
            rows.add(row.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return rows;
    }
}
