package dev.anteroom.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the training wrote down of some texts comes out here too: tokens and ids exactly, probabilities as rounded there. */
class GoldenTest {
    private static final int[] SIZES = {8192, 2048, 2048, 512, 96, 4, 4, 4, 4, 4, 4, 4, 4, 4};

    private record Golden(String text, List<int[]> tokens, List<double[]> probabilities) {}

    @Test
    void features_goldenTexts_areThoseOfTheTraining() throws IOException {
        WordBins lexicon = WordBins.read(ShippedFiles.file("lexicon.bin"));
        int tokens = 0;
        for (Golden golden : golden()) {
            TokenScores read = new TokenScores();
            Features.read(golden.text.toCharArray(), golden.text.length(), lexicon, true, read);
            assertEquals(golden.tokens.size(), read.count(), golden.text);
            for (int i = 0; i < read.count(); i++) {
                int[] found = ids(read, i);
                for (int k = 0; k < found.length; k++) {
                    assertEquals(golden.tokens.get(i)[k], found[k], golden.text + ": token " + i + ", field " + k);
                }
                int[] rows = embeddings(read, i, true);
                for (int k = 0; k < rows.length; k++) {
                    assertEquals(golden.tokens.get(i)[2 + k], rows[k], golden.text + ": token " + i + ", id " + k);
                }
                tokens++;
            }
        }
        assertTrue(tokens > 100);
    }

    /** Start, end and the fourteen ids of a token, as features.py has them. */
    static int[] ids(TokenScores read, int token) {
        int[] found = new int[16];
        found[0] = read.start(token);
        found[1] = read.end(token);
        for (int k = 0; k < Features.SLOTS; k++) {
            found[2 + k] = read.slots[token * Features.SLOTS + k];
        }
        for (int k = 0; k < 8; k++) {
            found[7 + k] = read.bins(token) >> 2 * k & 3;
        }
        found[15] = read.space(token);
        int offset = 0;
        for (int k = 0; k < SIZES.length; k++) {
            found[2 + k] += offset;
            offset += SIZES[k];
        }
        return found;
    }

    /** Rows of embeddings of a token, with those of its trigrams as the case may be. */
    static int[] embeddings(TokenScores read, int token, boolean trigrams) {
        int[] found = Arrays.copyOfRange(ids(read, token), 2, trigrams ? 24 : 16);
        for (int k = 14; k < found.length; k++) {
            found[k] = Definition.ROWS + read.slots[token * Features.SLOTS + Features.TRIGRAM + k - 14];
        }
        return found;
    }

    @Test
    void probabilities_goldenTexts_areThoseOfTheTraining() throws IOException {
        TokenTagger tagger = TokenTagger.read(ShippedFiles.file("tagger.bin"), ShippedFiles.file("lexicon.bin"));
        for (Golden golden : golden()) {
            TokenScores scores = Texts.scores(tagger, golden.text);
            for (int i = 0; i < scores.count(); i++) {
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
