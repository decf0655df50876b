package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whichever way a channel is cut, the same comes out and the same is found. */
class RestorerCutTest {

    private final Vault vault = Restored.vault();

    @RepeatedTest(1_500)
    void append_randomText_isTheSameForEveryCut(RepetitionInfo repetition) {
        long seed = 1_000L + repetition.getCurrentRepetition();
        RestorerTexts texts = new RestorerTexts(seed);
        everyCut(texts, texts.text(), false, seed);
    }

    @RepeatedTest(400)
    void append_randomDocument_isTheSameForEveryCut(RepetitionInfo repetition) {
        long seed = 5_000L + repetition.getCurrentRepetition();
        RestorerTexts texts = new RestorerTexts(seed);
        everyCut(texts, repetition.getCurrentRepetition() % 4 == 0 ? texts.text() : texts.jsonDocument(), true, seed);
    }

    @Test
    void append_aroundTheHoldBound_isTheSameForEveryCut() {
        for (int length = Restorer.HOLD_CHARS - 30; length < Restorer.HOLD_CHARS + 10; length++) {
            String text = "[NAME_1]" + "x".repeat(length) + "[NAME_2].z 482 [NAME_1]-482-[NAME_9]";
            String document = "{\"a\":\"\\u005bNAME_1]" + "\\u0078".repeat(length) + "[NAME_2]\\u002ez 482\"}";
            same(
                    Restored.run(restorer(false, true), text),
                    Restored.run(restorer(false, true), text, Restored.everyPosition(text)),
                    length);
            same(
                    Restored.run(restorer(true, true), document),
                    Restored.run(restorer(true, true), document, Restored.everyPosition(document)),
                    length);
            held(text, false);
            held(document, true);
        }
    }

    private void everyCut(RestorerTexts texts, String input, boolean json, long seed) {
        Restored whole = Restored.run(restorer(json, true), input);
        Restored withheld = Restored.run(restorer(json, false), input);
        assertEquals(input, withheld.text());
        same(whole, Restored.run(restorer(json, true), input, Restored.everyPosition(input)), seed);
        same(withheld, Restored.run(restorer(json, false), input, Restored.everyPosition(input)), seed);
        for (int cut = 0; cut <= input.length(); cut++) {
            same(whole, Restored.run(restorer(json, true), input, cut), seed);
        }
        for (int i = 0; i < 10; i++) {
            same(whole, Restored.run(restorer(json, true), input, texts.cuts(input)), seed);
        }
        held(input, json);
    }

    /** What was let out and what is held make up the whole at any time, and the hold stays within its bound. */
    private void held(String input, boolean json) {
        Restorer restorer = Vault.empty().jsonRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        if (!json) {
            restorer = Vault.empty().textRestorer(RestorePolicy.restoring(Restored.CHANNEL));
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < input.length(); i++) {
            restorer.append(input.substring(i, i + 1), out);
            assertEquals(i + 1, out.length() + restorer.heldChars());
            assertTrue(restorer.heldChars() <= Restorer.HOLD_CHARS * 6);
        }
        restorer.finish(out);
        assertEquals(input, out.toString());
        assertEquals(0, restorer.heldChars());
    }

    private Restorer restorer(boolean json, boolean restore) {
        RestorePolicy policy = new RestorePolicy(restore, Restored.CHANNEL);
        return json ? vault.jsonRestorer(policy) : vault.textRestorer(policy);
    }

    private static void same(Restored expected, Restored actual, long seed) {
        assertEquals(expected, actual, () -> "seed " + seed);
    }
}
