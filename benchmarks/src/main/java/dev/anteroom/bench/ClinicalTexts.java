package dev.anteroom.bench;

import static dev.anteroom.corpus.Identifier.AGE_OVER_89;
import static dev.anteroom.corpus.Identifier.DATE;
import static dev.anteroom.corpus.Identifier.FACILITY;
import static dev.anteroom.corpus.Identifier.MRN;
import static dev.anteroom.corpus.Identifier.NAME;
import static dev.anteroom.corpus.Identifier.PHONE;
import static dev.anteroom.corpus.Identifier.PLACE;
import static dev.anteroom.corpus.Identifier.RECORD_NUMBER;
import static dev.anteroom.corpus.Identifier.ZIP;

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
    private static final int KIBIBYTE = 1 << 10;
    private static final int STYLES = 5;

    /** What a KiB names in turn: six values, of the kinds that such texts hold most of. */
    private static final List<List<Identifier>> SIX = List.of(
            List.of(NAME, NAME, DATE, MRN, PHONE, FACILITY),
            List.of(NAME, DATE, DATE, DATE, FACILITY, PLACE),
            List.of(NAME, NAME, NAME, DATE, DATE, ZIP),
            List.of(NAME, DATE, DATE, AGE_OVER_89, RECORD_NUMBER, FACILITY));

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
     * So many prompts of 1 KiB as apps send them, in turn: a question about an excerpt of a note, a note, a letter, a dialogue, a form.
     * Each holds six values or a few less, as clinical text does: 28,867 in 984,723 tokens, three in a hundred, are identifiers in the
     * 1,304 notes of i2b2 2014 (Dernoncourt et al., JAMIA 24 (3), 2017, table 1).
     */
    static List<String> typicalPrompts(int count) {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        String turns = clean(count * KIBIBYTE);
        List<String> prompts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String excerpt = turns.substring(i * KIBIBYTE, i * KIBIBYTE + KIBIBYTE * 3 / 4);
            String prose = excerpt.replace('\n', ' ');
            List<Identifier> kinds = SIX.get(i / STYLES % SIX.size());
            String text = switch (i % STYLES) {
                case 0 ->
                    "Summarise this note for the next shift, and list what is still open.\n\n"
                            + source.insertInto(prose, kinds).text();
                case 1 -> source.insertInto(prose, kinds).text();
                case 2 ->
                    "Dear colleague,\n\nthank you for seeing this patient. "
                            + source.insertInto(prose, kinds).text() + "\n\nKind regards,\n";
                case 3 -> source.insertInto(excerpt, kinds).text();
                default -> form(source.insertInto("", kinds)) + "\n\n" + prose;
            };
            prompts.add((text + "\n\n" + turns).substring(0, KIBIBYTE));
        }
        return prompts;
    }

    /** So many prompts of so many characters of notes, dialogues and forms that hold a value of every kind, in turn: three to six times as dense as clinical text is. */
    static List<String> densePrompts(int count, int chars) {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        List<String> prompts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(4 * chars);
            while (text.length() < chars) {
                switch (i % 3) {
                    case 0 -> text.append(source.nextNote().text());
                    case 1 -> text.append(source.next().joined().text());
                    default -> text.append(form(source.nextNote()));
                }
                text.append('\n');
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
