package dev.anteroom.bench;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Clinical texts, the same for the same seed. */
final class ClinicalTexts {
    private static final long SEED = 20_261_101L;

    /** What an excerpt of a note names. */
    private static final List<Identifier> FEW = List.of(
            Identifier.NAME, Identifier.NAME, Identifier.DATE, Identifier.MRN, Identifier.PHONE, Identifier.FACILITY);

    private ClinicalTexts() {}

    /** A conversation of so many characters in which people are named and numbered. */
    static String withIdentifiers(int chars) {
        return text(chars, true);
    }

    /** Turns that identify nobody. */
    static String clean(int chars) {
        return text(chars, false);
    }

    /**
     * So many prompts of so many characters as apps send them, in turn: a question about an excerpt of a note, a note, a letter, a dialogue, a form.
     * The question and the letter name a person twice and have a number or two; the others hold values of all kinds.
     */
    static List<String> prompts(int count, int chars) {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        String prose = clean(count * chars).replace('\n', ' ');
        List<String> prompts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(4 * chars);
            while (text.length() < chars) {
                String excerpt = prose.substring(i * chars, i * chars + chars * 3 / 4);
                switch (i % 5) {
                    case 0 ->
                        text.append("Summarise this note for the next shift, and list what is still open.\n\n")
                                .append(source.insertInto(excerpt, FEW).text())
                                .append("\n\n");
                    case 1 -> text.append(source.nextNote().text()).append('\n');
                    case 2 ->
                        text.append("Dear colleague,\n\nthank you for seeing this patient. ")
                                .append(source.insertInto(excerpt, FEW).text())
                                .append("\n\nKind regards,\n");
                    case 3 -> text.append(source.next().joined().text()).append('\n');
                    default -> text.append(form(source.nextNote())).append('\n');
                }
            }
            prompts.add(text.substring(0, chars));
        }
        return prompts;
    }

    /** The values of a text, a line each with their kind before them. */
    private static String form(LabelledText text) {
        return text.values().stream()
                .map(value -> value.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + value.of(text))
                .collect(Collectors.joining("\n"));
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
