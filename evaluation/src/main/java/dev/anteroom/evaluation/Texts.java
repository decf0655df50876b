package dev.anteroom.evaluation;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes the texts of an evaluation: the same for the same seed and data. Stateless. */
final class Texts {
    private static final int LONGEST = 3_000;

    private Texts() {}

    /** Texts with identifiers, {@code count} of most styles. */
    static List<EvaluationText> labelled(DataFolder data, int count, long seed) {
        Random random = new Random(seed);
        Filler filler = new Filler(random, data);
        List<EvaluationText> texts = new ArrayList<>();
        List<String> frames = data.frames("INTRO");
        for (int i = 0; i < count; i++) {
            LabelledText query = filler.fill(filler.pick(frames));
            texts.add(new EvaluationText("query", query));
            texts.add(new EvaluationText("lower case", lower(query)));
            texts.add(new EvaluationText("capitals", capitals(query)));
            texts.add(new EvaluationText("no punctuation", unpunctuated(query)));
            Forms.Form form = Forms.ALL.get(i % Forms.ALL.size());
            texts.add(new EvaluationText(form.style(), filler.fill(form.frame())));
        }
        inserted(texts, "note", data.notes(), count / 4, seed);
        inserted(texts, "dialogue", data.dialogues(), count / 4, seed + 1);
        for (Attack attack : Attack.values()) {
            for (int i = 0; i < count; i++) {
                LabelledText plain = filler.fill(Forms.LABELLED.get(i % Forms.LABELLED.size()));
                LabelledText attacked = TextBuilder.rewrite(plain, between -> between, attack::apply);
                if (!attacked.text().equals(plain.text())) {
                    texts.add(new EvaluationText(attack.style(), attacked));
                }
            }
        }
        return texts;
    }

    /** Texts that need no data folder. */
    static List<EvaluationText> invented(int count, long seed) {
        ClinicalDialogues source = ClinicalDialogues.seeded(seed);
        List<EvaluationText> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LabelledText dialogue = source.next().joined();
            texts.add(new EvaluationText("dialogue", dialogue));
            texts.add(new EvaluationText("lower case", lower(dialogue)));
        }
        return texts;
    }

    private static void inserted(List<EvaluationText> texts, String style, List<String> base, int count, long seed) {
        ClinicalDialogues source = ClinicalDialogues.seeded(seed);
        for (int i = 0; i < count; i++) {
            String text = base.get(i % base.size());
            texts.add(new EvaluationText(
                    style, source.insertInto(text.substring(0, Math.min(LONGEST, text.length())))));
        }
    }

    /** Texts that hold clinical numbers and nothing else; they need no data folder. */
    static List<EvaluationText> clinicalNumbers(int count, long seed) {
        Random random = new Random(seed);
        List<EvaluationText> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String frame = Forms.clinical().get(random.nextInt(Forms.clinical().size()));
            texts.add(
                    new EvaluationText("clinical numbers", new LabelledText(Filler.decide(frame, random), List.of())));
        }
        return texts;
    }

    /** Texts without identifiers, {@code count} of every kind. */
    static List<EvaluationText> clean(DataFolder data, int count, long seed) {
        Random random = new Random(seed);
        Filler filler = new Filler(random, data);
        List<EvaluationText> texts = new ArrayList<>(clinicalNumbers(count, seed));
        List<String> diseases = data.diseases();
        List<String> sentences = data.dialogues().stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("^(?:\\[[a-z_]+]|[A-Z][a-z_]+:)\\s*", ""))
                .filter(line -> line.length() > 20 && line.substring(1).chars().noneMatch(Character::isUpperCase))
                .toList();
        for (int i = 0; i < count; i++) {
            texts.add(new EvaluationText("diseases", new LabelledText(filler.pick(diseases), List.of())));
            texts.add(new EvaluationText("sentences", new LabelledText(filler.pick(sentences), List.of())));
        }
        for (String frame : data.frames("NEG")) {
            LabelledText text = filler.fill(frame);
            if (text.values().isEmpty()) {
                texts.add(new EvaluationText("look-alikes", text));
            }
        }
        return texts;
    }

    static LabelledText lower(LabelledText text) {
        return TextBuilder.rewrite(
                text, between -> between.toLowerCase(Locale.ROOT), (kind, value) -> value.toLowerCase(Locale.ROOT));
    }

    static LabelledText capitals(LabelledText text) {
        return TextBuilder.rewrite(
                text, between -> between.toUpperCase(Locale.ROOT), (kind, value) -> value.toUpperCase(Locale.ROOT));
    }

    static LabelledText unpunctuated(LabelledText text) {
        return TextBuilder.rewrite(text, between -> between.replaceAll("[.,;:?!()#]", ""), (kind, value) -> value);
    }

    /** What stands between the values of a text. */
    static String around(LabelledText text) {
        StringBuilder around = new StringBuilder();
        int at = 0;
        for (Value value : text.values()) {
            around.append(text.text(), at, value.start()).append('\n');
            at = value.end();
        }
        return around.append(text.text(), at, text.text().length()).toString();
    }
}
