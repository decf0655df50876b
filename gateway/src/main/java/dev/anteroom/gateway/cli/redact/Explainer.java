package dev.anteroom.gateway.cli.redact;

import dev.anteroom.phi.Explanation;
import dev.anteroom.phi.PhiCategory;
import dev.anteroom.phi.ReviewedException;
import dev.anteroom.phi.Span;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Tells a person why each stretch is replaced, and which exception would let it stay. Confined to one thread.
 *
 * <p>It names places, never values, unless the person who holds the text asks for them.
 */
final class Explainer {
    private static final int MOST_TERMS = 50;

    private final PrintWriter err;
    private final Ansi ansi;
    private final boolean showValues;
    private final Map<String, String> entries = new LinkedHashMap<>();
    private boolean anyOpen;

    Explainer(PrintWriter err, boolean colour, boolean showValues) {
        this.err = err;
        this.ansi = colour ? Ansi.ON : Ansi.OFF;
        this.showValues = showValues;
    }

    void explain(Input.Text input, Explanation explanation) {
        Places places = new Places(input.text());
        for (Explanation.Finding finding : explanation.findings()) {
            Span span = finding.span();
            String place = input.name() + " " + places.of(span);
            err.println(place + " " + strong(span.category()) + " " + proposal(span));
            String others = finding.votes().stream()
                    .filter(vote -> !vote.layer().equals(span.layer()))
                    .map(vote -> vote.category() + " " + vote.layer() + " " + score(vote))
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!others.isEmpty()) {
                err.println("    also " + others);
            }
            collect(finding, input.text(), place);
        }
        for (Span span : explanation.withdrawn()) {
            err.println(input.name() + " " + places.of(span) + " a reviewed exception holds against "
                    + strong(span.category()) + " " + proposal(span));
        }
    }

    private static String proposal(Span span) {
        return score(span) + " by " + span.layer() + ": " + LayerWords.of(span.layer());
    }

    private static String score(Span span) {
        return String.format(Locale.ROOT, "%.2f", span.score());
    }

    private String strong(PhiCategory category) {
        return ansi.string("@|bold,yellow " + category + "|@");
    }

    private void collect(Explanation.Finding finding, String text, String place) {
        Span span = finding.span();
        List<Span> guesses = finding.votes().stream()
                .filter(vote -> !LayerWords.follows(vote.layer()))
                .toList();
        if (guesses.isEmpty()
                || guesses.stream()
                        .anyMatch(
                                vote -> LayerWords.knows(vote.layer()) || !ReviewedException.isOpen(vote.category()))) {
            return;
        }
        anyOpen = true;
        String term = text.substring(span.start(), span.end());
        if (showValues && entries.size() < MOST_TERMS && ReviewedException.termProblem(term) == null) {
            PhiCategory category =
                    guesses.stream().allMatch(vote -> vote.category() == span.category()) ? span.category() : null;
            entries.putIfAbsent(term + "\n" + category, entry(term, category, place));
        }
    }

    private static String entry(String term, @Nullable PhiCategory category, String place) {
        return "  - term: " + Yaml.quoted(term) + "   # " + place
                + "\n    context: []   # words that must stand near it\n"
                + (category == null ? "" : "    category: " + category.name().toLowerCase(Locale.ROOT) + "\n")
                + """
                    reason: ""    # why it identifies nobody
                    reviewer: ""  # who reviewed it, another person than who writes this
                    expires: ""   # the last day on which it holds, such as 2027-12-31
                """.indent(0);
    }

    /** Suggests the exceptions for what was explained; called once, after all texts. */
    void suggest() {
        if (!anyOpen) {
            return;
        }
        err.println(
                "If one of these is no identifier: fill in its entry, let another person review it, and put it into the file"
                        + " that site.exceptionsFile names.");
        err.println("exceptions:");
        if (entries.isEmpty()) {
            err.print(entry("", null, "the term; --show-values fills it in"));
        }
        entries.values().forEach(err::print);
    }
}
