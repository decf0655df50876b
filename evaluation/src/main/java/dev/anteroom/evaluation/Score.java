package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.Value;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.PhiCategory;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a redactor over texts and counts. Confined to one thread. */
final class Score {
    /** A day told from the day of writing. */
    private static final Pattern RELATIVE = Pattern.compile(
            "\\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this|past) (?:night|week|weekend|month|year|spring|summer|fall|autumn|winter"
                    + "|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|(?:\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|few)"
                    + " (?:day|week|month|year)s? ago)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The word that says what follows is. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z ]{0,20}[:#=]\\s*$");

    private static final int LABEL_REACH = 24;

    /** One leak. */
    record Miss(String style, Identifier kind, String value, String text) {}

    /** A stretch that identifies nobody and was replaced. */
    record Loss(String style, Span span, String stretch, String text) {}

    /** Over-redaction of the clean texts of one kind. */
    static final class Clean {
        long texts;
        long changed;
        long changedCounted;
    }

    /** Letters and digits that identify nobody. */
    static final class Plain {
        long characters;
        long replaced;
        long replacedCounted;
    }

    final Map<Identifier, Tally> kinds = new TreeMap<>();
    final Map<String, Tally> styles = new TreeMap<>();
    final Map<String, Map<Identifier, Tally>> cells = new TreeMap<>();
    final Map<String, Clean> clean = new TreeMap<>();
    final Tally all = new Tally();
    final List<Miss> misses = new ArrayList<>();
    final List<Loss> losses = new ArrayList<>();
    final Map<String, Plain> plain = new TreeMap<>();
    final Plain plainAll = new Plain();
    long relativeCharacters;
    long labelCharacters;
    long readCharacters;
    long nanos;

    private final Redactor redactor;
    private final Random random = new Random(1);

    Score(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Counts a text with identifiers. */
    void labelled(EvaluationText text) {
        String from = text.labelled().text();
        Redaction redaction = redact(from);
        BitSet replaced = replaced(redaction, true, from);
        String output = LeakRule.words(redaction.text(0).value());
        String around = LeakRule.words(Texts.around(text.labelled()));
        BitSet labelled = (BitSet) text.ignored().clone();
        for (Value value : text.labelled().values()) {
            labelled.set(value.start(), value.end());
            label(from, value.start());
            BitSet here = replaced.get(value.start(), value.end());
            String string = value.of(text.labelled());
            boolean leak = LeakRule.leftOver(value.kind(), string, here) || LeakRule.readable(string, output, around);
            BitSet core = Core.of(value.kind(), string);
            int length = core.cardinality();
            core.and(here);
            for (Tally tally : List.of(
                    all,
                    kinds.computeIfAbsent(value.kind(), _ -> new Tally()),
                    styles.computeIfAbsent(text.style(), _ -> new Tally()),
                    cells.computeIfAbsent(text.style(), _ -> new TreeMap<>())
                            .computeIfAbsent(value.kind(), _ -> new Tally()))) {
                tally.values++;
                tally.leaks += leak ? 1 : 0;
                tally.characters += length;
                tally.replaced += core.cardinality();
            }
            if (leak) {
                misses.add(new Miss(text.style(), value.kind(), string, from));
            }
        }
        plain(text.style(), redaction, from, labelled);
    }

    /** Counts a text without identifiers. */
    void clean(EvaluationText text) {
        String from = text.labelled().text();
        Redaction redaction = redact(from);
        Clean row = clean.computeIfAbsent(text.style(), _ -> new Clean());
        row.texts++;
        row.changed += redaction.spans().isEmpty() ? 0 : 1;
        row.changedCounted += replaced(redaction, false, from).isEmpty() ? 0 : 1;
        plain(text.style(), redaction, from, new BitSet());
    }

    private void label(String text, int start) {
        String before = text.substring(Math.max(0, start - LABEL_REACH), start);
        Matcher label = LABEL.matcher(before.substring(before.lastIndexOf('\n') + 1));
        if (label.find()) {
            labelCharacters += label.group().chars().filter(Character::isLetter).count();
        }
    }

    private Redaction redact(String text) {
        long start = System.nanoTime();
        Redaction redaction = redactor.redact(List.of(Position.text("text", text)), KnownValues.none(), random);
        nanos += System.nanoTime() - start;
        readCharacters += text.length();
        return redaction;
    }

    private void plain(String style, Redaction redaction, String text, BitSet labelled) {
        BitSet replaced = replaced(redaction, true, text);
        BitSet counted = replaced(redaction, false, text);
        for (Matcher relative = RELATIVE.matcher(text); relative.find(); ) {
            for (int i = relative.start(); i < relative.end(); i++) {
                relativeCharacters +=
                        Character.isLetterOrDigit(text.charAt(i)) && !labelled.get(i) && !replaced.get(i) ? 1 : 0;
            }
        }
        List<Plain> rows = List.of(plainAll, plain.computeIfAbsent(style, _ -> new Plain()));
        for (int i = 0; i < text.length(); i++) {
            if (!labelled.get(i) && Character.isLetterOrDigit(text.charAt(i))) {
                for (Plain row : rows) {
                    row.characters++;
                    row.replaced += replaced.get(i) ? 1 : 0;
                    row.replacedCounted += counted.get(i) ? 1 : 0;
                }
            }
        }
        for (Span span : redaction.spans()) {
            StringBuilder stretch = new StringBuilder();
            for (int i = span.start(); i < span.end(); i++) {
                stretch.append(labelled.get(i) ? '_' : text.charAt(i));
            }
            if (stretch.chars().anyMatch(Character::isLetterOrDigit)) {
                losses.add(new Loss(style, span, stretch.toString(), text));
            }
        }
    }

    /** The characters that were replaced, with or without those of ages and bare years. */
    private static BitSet replaced(Redaction redaction, boolean agesAndYears, String text) {
        BitSet replaced = new BitSet();
        for (Span span : redaction.spans()) {
            String string = text.substring(span.start(), span.end());
            boolean forgiven = span.category() == PhiCategory.AGE || string.matches("(?:18|19|20)\\d\\d");
            if (agesAndYears || !forgiven) {
                replaced.set(span.start(), span.end());
            }
        }
        return replaced;
    }
}
