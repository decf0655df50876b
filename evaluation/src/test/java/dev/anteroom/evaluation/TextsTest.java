package dev.anteroom.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final LabelledText PLAIN = new TextBuilder()
            .add("SSN ")
            .add(Identifier.SSN, "219-09-9999")
            .add(", mail ")
            .add(Identifier.EMAIL, "ann.lee@mail.example.org")
            .add(".")
            .build();

    @Test
    void rewrite_everyAttack_labelsTheAttackedValues() {
        for (Attack attack : Attack.values()) {
            LabelledText attacked = TextBuilder.rewrite(PLAIN, between -> between, attack::apply);
            assertEquals(2, attacked.values().size(), attack.name());
            for (int i = 0; i < 2; i++) {
                Value plain = PLAIN.values().get(i);
                Value value = attacked.values().get(i);
                assertEquals(plain.kind(), value.kind());
                assertEquals(attack.apply(plain.kind(), plain.of(PLAIN)), value.of(attacked), attack.name());
            }
            assertTrue(attacked.text().startsWith("SSN ") && attacked.text().endsWith("."), attack.name());
            assertNotEquals(
                    "219-09-9999 ann.lee@mail.example.org",
                    attacked.values().get(0).of(attacked)
                            + ' '
                            + attacked.values().get(1).of(attacked),
                    attack.name());
        }
    }

    @Test
    void styles_keepWhatIsLabelled() {
        assertEquals(
                "ann.lee@mail.example.org",
                Texts.capitals(PLAIN).values().get(1).of(Texts.capitals(PLAIN)).toLowerCase(Locale.ROOT));
        assertEquals("219-09-9999", Texts.unpunctuated(PLAIN).values().get(0).of(Texts.unpunctuated(PLAIN)));
        assertEquals("SSN \n, mail \n.", Texts.around(PLAIN));
    }

    @Test
    void invented_sameSeed_isTheSame_otherSeed_isNot() {
        assertEquals(texts(3), texts(3));
        assertNotEquals(texts(3), texts(4));
    }

    private static List<String> texts(long seed) {
        return Texts.invented(3, seed).stream()
                .map(text -> text.labelled().text())
                .toList();
    }

    @Test
    void heldOut_isAFifthAndDoesNotChange() {
        int held = 0;
        for (int i = 0; i < 10_000; i++) {
            held += HeldOut.test("item " + i) ? 1 : 0;
        }
        assertTrue(held > 1_900 && held < 2_100, held + " of 10,000");
        // Pinned: a changed rule would let what was trained on into the evaluation.
        assertEquals(
                List.of("jones", "nguyen"),
                Stream.of(
                                "smith",
                                "jones",
                                "garcia",
                                "lee",
                                "nguyen",
                                "patel",
                                "kowalski",
                                "toledo",
                                "boston",
                                "lima",
                                "akron",
                                "dayton",
                                "MTS-Dialog/7",
                                "MTS-Dialog/8",
                                "MTS-Dialog/9",
                                "aci-bench/1")
                        .filter(HeldOut::test)
                        .toList());
        assertEquals(HeldOut.test("Smith"), HeldOut.test(" smith "));
    }
}
