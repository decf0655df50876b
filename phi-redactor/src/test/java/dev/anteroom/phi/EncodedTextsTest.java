package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random disguises; {@code -Danteroom.seed=N} replays one run. */
class EncodedTextsTest {

    private static final int TEXTS = 2_000;
    private static final String BETWEEN = " ,.=:;-_/+\n\"ab1\u0416";

    private static List<EncodedTexts.Encoded> of(String text) {
        FoldedText folded = FoldedText.of(text);
        return EncodedTexts.of(Position.text("$", text), folded, Tokens.of(folded));
    }

    /** Signs, words, and words in disguise. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            byte[] word = "mrn 4821 ann lee".substring(random.nextInt(12)).getBytes(StandardCharsets.UTF_8);
            switch (random.nextInt(4)) {
                case 0 -> text.append(Base64.getEncoder().encodeToString(word));
                case 1 -> text.append(HexFormat.of().formatHex(word));
                default -> text.append(BETWEEN.charAt(random.nextInt(BETWEEN.length())));
            }
        }
        return text.toString();
    }

    @Test
    void of_anyText_isTheSameBesideAnEscapeThatHidesNothing() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            List<EncodedTexts.Encoded> plain = of(text);
            assertEquals(of(text + " &#;"), plain, text);
            found += plain.size();
        }
        assertFalse(found < TEXTS, "too few disguises to say anything: " + found);
    }

    /** Eight letters behind a label, or ten and a hyphen, decode to something: parts of characters of UTF-8 among signs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Diagnosis: alopecia areata",
                "List: Percocet 5 mg",
                "family history: cervical cancer",
                "Trend: QuantiFERON 1.5",
                "Observation: MERIT-HF found no difference",
                "underdosing of centrally-acting agents",
                "6 to 7 dirty-yellow stools",
                "with bucket-handle tear"
            })
    void of_words_areNoDisguise(String text) {
        assertEquals(List.of(), of(text));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, José Muñoz", "ISO-8859-1, José Nuñez", "UTF-8, John S", "UTF-8, Åsa Åberg Li"})
    void of_encodedName_isDecodedBehindALabel(String charset, String name) {
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(Charset.forName(charset)));
        assertEquals(1, of("name: " + encoded).size(), encoded);
    }
}
