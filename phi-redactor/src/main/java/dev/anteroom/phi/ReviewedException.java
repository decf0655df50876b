package dev.anteroom.phi;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's finding that a term identifies nobody and stays, although a detector takes it for an identifier.
 * Immutable. It never shows its term.
 *
 * <p>It takes back what detectors propose within the term, and nothing else: not what is known from the call or a list of the site, not what was
 * found elsewhere in the call, not what a field of structured data says, and no identifier of a structured kind.
 *
 * @param term one to eight words, found in any case, as whole words
 * @param context words that must all stand near the term, at most {@value #WINDOW} tokens before or after it
 * @param category the one category that it holds for; null for all that are open to exceptions
 * @param reason why the term identifies nobody
 * @param reviewer who found so
 * @param expires the last day on which it holds (UTC)
 */
public record ReviewedException(
        String term,
        List<String> context,
        @Nullable PhiCategory category,
        String reason,
        String reviewer,
        LocalDate expires) {

    /** How many tokens may stand between a term and a word of its context, that word included. */
    public static final int WINDOW = 8;

    static final int MOST_TOKENS = 8;
    private static final int LONGEST_TERM = 64;

    private static final Set<PhiCategory> OPEN = EnumSet.of(
            PhiCategory.NAME,
            PhiCategory.LOCATION,
            PhiCategory.FACILITY,
            PhiCategory.DATE,
            PhiCategory.AGE,
            PhiCategory.ID);

    public ReviewedException {
        context = List.copyOf(context);
        Objects.requireNonNull(expires);
        String problem = termProblem(term);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (!context.stream().allMatch(ReviewedException::isWord)) {
            throw new IllegalArgumentException("a context is a list of single words");
        }
        if (category != null && !isOpen(category)) {
            throw new IllegalArgumentException("no exception can let " + category + " pass");
        }
        if (reason.isBlank() || reviewer.isBlank()) {
            throw new IllegalArgumentException("an exception needs a reason and a reviewer");
        }
    }

    /** Returns whether identifiers of a category can be judged by their words, so that an exception may hold for them. */
    public static boolean isOpen(PhiCategory category) {
        return OPEN.contains(category);
    }

    /** Returns what keeps a text from being the term of an exception, without repeating it, or null where nothing does. */
    public static @Nullable String termProblem(String term) {
        Tokens tokens = Tokens.of(FoldedText.of(term));
        int plain = 0;
        for (int i = 0; i < tokens.count(); i++) {
            plain += tokens.mark(i) ? 0 : tokens.length(i);
        }
        if (plain < 2) {
            return "a term needs two letters or digits";
        }
        return tokens.count() > MOST_TOKENS || term.length() > LONGEST_TERM
                ? "a term has at most " + MOST_TOKENS + " words and marks, and " + LONGEST_TERM + " characters"
                : null;
    }

    /** Returns whether a text is one word or number, as a context is made of. */
    public static boolean isWord(String text) {
        Tokens tokens = Tokens.of(FoldedText.of(text));
        return tokens.count() == 1 && !tokens.mark(0) && text.length() <= LONGEST_TERM;
    }

    /** Returns whether it still holds on a day (UTC). */
    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(expires);
    }

    @Override
    public String toString() {
        return "ReviewedException[" + (category == null ? "any" : category) + ", " + expires + "]";
    }
}
