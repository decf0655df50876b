package dev.anteroom.bench;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.LabelledText;

/** Clinical texts, the same for the same seed. */
final class ClinicalTexts {
    private static final long SEED = 20_261_101L;

    private ClinicalTexts() {}

    /** A conversation of so many characters in which people are named and numbered. */
    static String withIdentifiers(int chars) {
        return text(chars, true);
    }

    /** Turns that identify nobody. */
    static String clean(int chars) {
        return text(chars, false);
    }

    private static String text(int chars, boolean identifying) {
        ClinicalDialogues dialogues = ClinicalDialogues.seeded(SEED);
        StringBuilder text = new StringBuilder(chars + 1_000);
        while (text.length() < chars) {
            for (LabelledText turn : dialogues.next().turns()) {
                if (identifying || turn.values().isEmpty()) {
                    text.append(turn.text()).append('\n');
                }
            }
        }
        return text.substring(0, chars);
    }
}
