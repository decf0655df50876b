package dev.anteroom.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No structured value leaks, in any style and any attacked form. Where the folder of public data stands beside the project its held-out
 * wordings are used; the invented texts always are.
 */
final class StructuredValuesTest {
    private static final PhiTagger TAGGER = PhiTagger.shipped();
    private static final int TEXTS = 60;
    private static final long SEED = Long.getLong("anteroom.seed", 20_261_123L);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void structuredValues_leaveInNoStyle(Profile profile) {
        Score score = new Score(Layers.BOTH.redactor(profile, TAGGER));
        texts().forEach(score::labelled);
        List<String> leaks = score.misses.stream()
                .filter(miss -> Report.STRUCTURED.contains(miss.kind()))
                .map(miss -> miss.style() + " " + miss.kind() + " " + miss.value())
                .toList();
        System.out.println("StructuredValuesTest: " + profile + ", " + score.all.values + " values, seed " + SEED);
        assertTrue(score.all.values > 1_000, "too few values to say anything");
        assertEquals(List.of(), leaks);
    }

    @Test
    void clinicalNumbers_stay() {
        Score score = new Score(Layers.BOTH.redactor(Profile.BALANCED, TAGGER));
        Texts.clinicalNumbers(4 * TEXTS, SEED).forEach(score::clean);
        Score.Clean numbers = score.clean.get("clinical numbers");
        assertTrue(numbers != null && numbers.changed * 50 <= numbers.texts, "more than 2 % of the texts changed");
    }

    private static List<EvaluationText> texts() {
        List<EvaluationText> texts = new ArrayList<>(Texts.invented(TEXTS, SEED));
        Path data = Path.of(System.getProperty("anteroom.root", ".."), "../shared/data/phi");
        if (Files.isDirectory(data)) {
            texts.addAll(Texts.labelled(new DataFolder(data), TEXTS, SEED));
        } else {
            System.out.println("StructuredValuesTest: no public data beside the project, so invented texts only");
        }
        return texts;
    }
}
