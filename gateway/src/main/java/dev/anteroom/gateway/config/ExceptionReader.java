package dev.anteroom.gateway.config;

import dev.anteroom.phi.PhiCategory;
import dev.anteroom.phi.ReviewedException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of the reviewed exceptions. Stateless. */
final class ExceptionReader {
    private static final String DATE = "a date such as 2027-12-31, the last day on which the exception holds (UTC)";
    private static final String TERM = "one to eight words, such as \"Baker cyst\"";
    private static final String CONTEXT = "a list of single words that must all stand near the term";
    private static final int MOST_CONTEXT = 8;
    private static final List<PhiCategory> OPEN =
            Stream.of(PhiCategory.values()).filter(ReviewedException::isOpen).toList();

    private ExceptionReader() {}

    /** The exceptions that have no errors; those that have expired on the day are warned of, and stay listed. */
    static List<ExceptionConfig> read(Node root, Problems problems, LocalDate today) {
        Section file = Section.of(problems, "", root, "version", "exceptions");
        file.number("version", 1, 1, null);
        List<Section> sections =
                file.sectionsOrNull("exceptions", 1, "term", "context", "category", "reason", "reviewer", "expires");
        List<ExceptionConfig> exceptions = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Section section : sections == null ? List.<Section>of() : sections) {
            ExceptionConfig exception = exception(section, today);
            if (exception == null) {
                continue;
            }
            String category = exception.category() == null ? "" : Section.nameOf(exception.category());
            if (!seen.add(
                    List.of(exception.term().toLowerCase(Locale.ROOT), Set.copyOf(exception.context()), category))) {
                section.wrong("term", "an exception for this term, context and category stands above", "one exception");
            }
            exceptions.add(exception);
        }
        return exceptions;
    }

    private static @Nullable ExceptionConfig exception(Section section, LocalDate today) {
        int before = section.problems().count();
        String term = section.text("term", TERM);
        String problem = term.isEmpty() ? null : ReviewedException.termProblem(term);
        if (problem != null) {
            section.wrong("term", problem, TERM);
        }
        List<String> context = context(section);
        PhiCategory category = category(section);
        String reason = section.text("reason", "why the term identifies nobody");
        String reviewer = section.text("reviewer", "who reviewed it, another person than the author of this entry");
        LocalDate expires = section.date("expires", true, DATE);
        if (expires == null || section.problems().count() > before) {
            return null;
        }
        if (today.isAfter(expires)) {
            section.warn(
                    "expires",
                    "this exception expired on " + expires + " and does nothing",
                    "a new review with a later date, or no entry");
        }
        return new ExceptionConfig(term, context, category, reason, reviewer, expires);
    }

    private static List<String> context(Section section) {
        List<String> context = section.texts("context", 0, CONTEXT);
        for (int i = 0; i < context.size(); i++) {
            if (!context.get(i).isEmpty() && !ReviewedException.isWord(context.get(i))) {
                section.wrong("context", i, "this is not one word", CONTEXT);
            }
        }
        if (context.size() > MOST_CONTEXT) {
            section.wrong("context", "too many words", "at most " + MOST_CONTEXT);
        }
        return context;
    }

    /** The category; one that no exception may let pass is called so, other than a misspelt one. */
    private static @Nullable PhiCategory category(Section section) {
        List<String> open = OPEN.stream().map(Section::nameOf).toList();
        String name = section.textOrNull("category", DidYouMean.oneOf("", open));
        if (name == null) {
            return null;
        }
        int index = open.indexOf(name);
        if (index >= 0) {
            return OPEN.get(index);
        }
        boolean closed = Stream.of(PhiCategory.values()).map(Section::nameOf).anyMatch(name::equals);
        section.wrong(
                "category",
                closed ? "no exception can let " + name + " pass" : "unknown value " + Problems.shown(name),
                DidYouMean.oneOf(name, open));
        return null;
    }
}
