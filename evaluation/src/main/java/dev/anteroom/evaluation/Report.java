package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes what was counted as tables. Immutable. */
final class Report {
    /** Kinds of which no value may leak where a label or its form tells it. */
    static final Set<Identifier> STRUCTURED = EnumSet.range(Identifier.PHONE, Identifier.AGE_OVER_89);

    private final Score score;
    private final boolean markdown;

    Report(Score score, boolean markdown) {
        this.score = score;
        this.markdown = markdown;
    }

    long structuredLeaks() {
        return score.kinds.entrySet().stream()
                .filter(entry -> STRUCTURED.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().leaks)
                .sum();
    }

    String text(String profile) {
        StringBuilder out = new StringBuilder();
        List<List<String>> kinds = new ArrayList<>();
        kinds.add(List.of("category", "values", "leaks", "value recall", "95 %", "character recall"));
        score.kinds.forEach((kind, tally) -> kinds.add(row(kind.name(), tally)));
        kinds.add(row("all", score.all));
        table(out, "Profile " + profile + ": by category", kinds);

        List<List<String>> styles = new ArrayList<>();
        styles.add(List.of("style", "values", "leaks", "value recall", "95 %", "character recall"));
        score.styles.forEach((style, tally) -> styles.add(row(style, tally)));
        table(out, "By style", styles);

        List<List<String>> cells = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("style"));
        STRUCTURED.forEach(kind -> head.add(kind == Identifier.AGE_OVER_89 ? "AGE>89" : kind.name()));
        cells.add(head);
        score.cells.forEach((style, tallies) -> cells.add(cells(style, tallies)));
        table(out, "Structured: leaks/values", cells);

        List<List<String>> clean = new ArrayList<>();
        clean.add(List.of(
                "clean texts", "texts", "changed", "share", "95 %", "changed, ages and bare years not counted"));
        score.clean.forEach((kind, row) -> clean.add(List.of(
                kind,
                number(row.texts),
                number(row.changed),
                percent(row.changed, row.texts),
                interval(Wilson.of(row.changed, row.texts)),
                percent(row.changedCounted, row.texts))));
        table(out, "Over-redaction", clean);
        List<List<String>> lost = new ArrayList<>();
        lost.add(List.of(
                "style", "other characters", "replaced", "share", "95 %", "share, ages and bare years not counted"));
        score.plain.forEach((style, row) -> lost.add(lost(style, row)));
        lost.add(lost("all", score.plainAll));
        table(out, "Other characters replaced", lost);
        out.append("Were days told from the day of writing (\"last week\") replaced too, ")
                .append(percent(score.relativeCharacters, score.plainAll.characters))
                .append(" more would be; the label words before values, ")
                .append(percent(score.labelCharacters, score.plainAll.characters))
                .append(" more.\n");
        out.append(String.format(
                Locale.ROOT,
                "Throughput: %.1f million characters/s on one thread.%n",
                score.readCharacters * 1e3 / Math.max(1, score.nanos)));
        return out.toString();
    }

    private static List<String> lost(String style, Score.Plain row) {
        return List.of(
                style,
                number(row.characters),
                number(row.replaced),
                percent(row.replaced, row.characters),
                row.characters == 0 ? "-" : interval(Wilson.of(row.replaced, row.characters)),
                percent(row.replacedCounted, row.characters));
    }

    private static List<String> cells(String style, Map<Identifier, Tally> tallies) {
        List<String> row = new ArrayList<>(List.of(style));
        for (Identifier kind : STRUCTURED) {
            Tally tally = tallies.get(kind);
            row.add(tally == null ? "" : tally.leaks + "/" + tally.values);
        }
        return row;
    }

    private static List<String> row(String name, Tally tally) {
        long kept = tally.values - tally.leaks;
        // Where nothing leaked, the rule of three bounds the rate.
        String bound = tally.leaks == 0
                ? String.format(Locale.ROOT, "leaks < %.2f %%", Math.min(100, 300.0 / tally.values))
                : interval(Wilson.of(kept, tally.values));
        return List.of(
                name,
                number(tally.values),
                number(tally.leaks),
                percent(kept, tally.values),
                bound,
                percent(tally.replaced, tally.characters));
    }

    private static String number(long count) {
        return Long.toString(count);
    }

    private static String percent(long part, long of) {
        return of == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / of);
    }

    private static String interval(Wilson wilson) {
        return String.format(Locale.ROOT, "%.2f-%.2f %%", 100 * wilson.low(), 100 * wilson.high());
    }

    private void table(StringBuilder out, String title, List<List<String>> rows) {
        out.append(markdown ? "### " : "").append(title).append(markdown ? "\n\n" : "\n");
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                out.append(markdown ? "| " + cell + ' ' : cell + " ".repeat(widths[i] - cell.length() + 2));
            }
            out.append(markdown ? "|\n" : "\n");
            if (markdown && r == 0) {
                out.append("|---".repeat(columns)).append("|\n");
            }
        }
        out.append('\n');
    }
}
