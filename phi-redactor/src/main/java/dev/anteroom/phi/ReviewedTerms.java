package dev.anteroom.phi;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The reviewed exceptions of a site, laid out to be looked up by the first word of their terms.
 * Immutable. Thread-safe. The work for a candidate is bounded by the lengths of terms and contexts.
 */
final class ReviewedTerms {

    private static final int LONGEST_TOKEN = 64;

    /** A term as the texts of its tokens in lower case. Immutable; equal only to itself. */
    private static final class Term {

        private final ReviewedException exception;
        private final Tokens tokens;
        private final String[] words;
        private final String[] context;

        private Term(ReviewedException exception, Tokens tokens, String[] words, String[] context) {
            this.exception = exception;
            this.tokens = tokens;
            this.words = words;
            this.context = context;
        }

        static Term of(ReviewedException exception) {
            FoldedText text = FoldedText.of(exception.term());
            return new Term(
                    exception,
                    Tokens.of(text),
                    lowerTokens(text),
                    exception.context().stream()
                            .map(word -> lowerTokens(FoldedText.of(word))[0])
                            .toArray(String[]::new));
        }

        private static String[] lowerTokens(FoldedText text) {
            Tokens tokens = Tokens.of(text);
            String[] words = new String[tokens.count()];
            for (int i = 0; i < words.length; i++) {
                char[] word = new char[tokens.length(i)];
                for (int k = 0; k < word.length; k++) {
                    word[k] = Lexicon.lower(text.charAt(tokens.start(i) + k));
                }
                words[i] = new String(word);
            }
            return words;
        }

        /** Returns the token after the term that begins at a token, or -1 where it does not. */
        int end(Tokens t, char[] chars, int token) {
            int end = token + words.length;
            if (end > t.count() || t.attachedToWord(token) || (t.attached(token) && t.number(token - 1))) {
                return -1;
            }
            for (int i = 0; i < words.length; i++) {
                if (!same(words[i], t, chars, token + i)
                        || (i > 0 && t.spaceBefore(token + i) != tokens.spaceBefore(i))) {
                    return -1;
                }
            }
            return t.attachedWord(end) || t.attachedNumber(end) ? -1 : end;
        }

        boolean contextStands(Tokens t, char[] chars, int from, int to) {
            int first = Math.max(0, from - ReviewedException.WINDOW);
            int last = Math.min(t.count(), to + ReviewedException.WINDOW);
            for (String word : context) {
                boolean stands = false;
                for (int i = first; i < last && !stands; i++) {
                    stands = (i < from || i >= to) && same(word, t, chars, i);
                }
                if (!stands) {
                    return false;
                }
            }
            return true;
        }

        private static boolean same(String word, Tokens t, char[] chars, int token) {
            int start = t.start(token);
            if (t.length(token) != word.length()) {
                return false;
            }
            for (int i = 0; i < word.length(); i++) {
                if (Lexicon.lower(chars[start + i]) != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return "Term[" + words.length + "]";
        }
    }

    private final List<List<Term>> byFirstWord;
    private final int size;

    private ReviewedTerms(Collection<Term> terms) {
        int room = Math.max(4, Integer.highestOneBit(terms.size() + 1) * 4);
        List<List<Term>> table = new ArrayList<>(room);
        for (int i = 0; i < room; i++) {
            table.add(new ArrayList<>(0));
        }
        for (Term term : terms) {
            char[] first = term.words[0].toCharArray();
            table.get(hash(first, 0, first.length) & room - 1).add(term);
        }
        this.byFirstWord = List.copyOf(table);
        this.size = terms.size();
    }

    static ReviewedTerms of(List<ReviewedException> exceptions) {
        return new ReviewedTerms(exceptions.stream().map(Term::of).toList());
    }

    /** Returns how many there are. */
    int size() {
        return size;
    }

    /** Returns those that are in force on a day: the later the day, the fewer of the same. */
    ReviewedTerms on(LocalDate day) {
        return only(term -> term.exception.holdsOn(day));
    }

    private ReviewedTerms only(Predicate<Term> condition) {
        if (size == 0) {
            return this;
        }
        List<Term> left =
                byFirstWord.stream().flatMap(List::stream).filter(condition).toList();
        return left.size() == size ? this : new ReviewedTerms(left);
    }

    /** Returns these without the terms that stand, as whole words, in one of the values: what is known is no exception. */
    ReviewedTerms without(List<KnownValues.Value> values) {
        if (size == 0 || values.isEmpty()) {
            return this;
        }
        Set<Term> known = new HashSet<>();
        for (KnownValues.Value value : values) {
            FoldedText text = FoldedText.of(value.text());
            Tokens t = Tokens.of(text);
            for (int token = 0; token < t.count(); token++) {
                for (Term term : beginningLike(t, text.array(), token)) {
                    if (term.end(t, text.array(), token) > 0) {
                        known.add(term);
                    }
                }
            }
        }
        return only(term -> !known.contains(term));
    }

    /** Returns the terms that may begin with a token. */
    private List<Term> beginningLike(Tokens t, char[] chars, int token) {
        return t.length(token) > LONGEST_TOKEN
                ? List.of()
                : byFirstWord.get(hash(chars, t.start(token), t.end(token)) & byFirstWord.size() - 1);
    }

    private static int hash(char[] chars, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + Lexicon.lower(chars[i]);
        }
        return hash ^ hash >>> 15;
    }

    /** Takes back the candidates, from an index on, that lie within a term where it stands as it was reviewed. */
    void withdraw(Document document, Candidates candidates, int from) {
        if (size == 0 || candidates.size() == from) {
            return;
        }
        Judgement judgement = new Judgement(document, candidates);
        candidates.withdraw(from, judgement::stays);
    }

    /** The candidates of one call. Confined to one thread. */
    private final class Judgement {

        private final Document document;
        private final Candidates candidates;
        private int position = -1;
        private boolean open;

        Judgement(Document document, Candidates candidates) {
            this.document = document;
            this.candidates = candidates;
        }

        boolean stays(int i) {
            return ReviewedException.isOpen(candidates.category(i))
                    && !candidates.layer(i).equals(PlaceholderRecognizer.LAYER)
                    && isOpen(candidates.position(i))
                    && liesInTerm(i);
        }

        /** Returns whether a position is prose; what a field says of its value is not judged by words. */
        private boolean isOpen(int asked) {
            if (asked != position) {
                position = asked;
                Position here = document.position(asked);
                open = here.isText() && Labels.ofPosition(here) == null;
            }
            return open;
        }

        private boolean liesInTerm(int i) {
            Tokens t = document.tokens(position);
            char[] chars = document.text(position).array();
            int last = tokenAt(t, candidates.start(i));
            for (int token = last; token >= 0 && token > last - ReviewedException.MOST_TOKENS; token--) {
                for (Term term : beginningLike(t, chars, token)) {
                    if (holds(term.exception, candidates.category(i))) {
                        int end = term.end(t, chars, token);
                        if (end > 0
                                && candidates.end(i) <= t.end(end - 1)
                                && term.contextStands(t, chars, token, end)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        private static boolean holds(ReviewedException exception, PhiCategory category) {
            PhiCategory only = exception.category();
            return only == null || only == category;
        }
    }

    /** Returns the last token that begins at or before a folded char. */
    private static int tokenAt(Tokens t, int start) {
        int low = 0;
        int high = t.count() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (t.start(middle) <= start) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    @Override
    public String toString() {
        return "ReviewedTerms";
    }
}
