package dev.anteroom.phi;

/** Finds the number that answers the question for it, and the number that stands before its label. Stateless. */
final class AnswerRecognizer {

    private static final int MOST_WORDS = 8;
    private static final int LEAST_DIGITS = 3;
    private static final int LONGEST_NUMBER = 12;

    private AnswerRecognizer() {}

    /**
     * Returns the first token of the answer to a question that ends with the label, or -1: "What is your MRN? It is 48217", with or without
     * a speaker in front.
     *
     * @param after the token after the label
     */
    static int value(Passage p, int label, int after) {
        Tokens t = p.tokens;
        int at = after;
        while (at < after + 2 && t.word(at) && !t.lineBefore(at)) {
            at++;
        }
        if (!t.mark(at, '?')) {
            return -1;
        }
        at++;
        while (t.mark(at, '"') || t.mark(at, '*') || t.mark(at, '>') || t.mark(at, '-')) {
            at++;
        }
        if (t.word(at) && (t.mark(at + 1, ':') || t.mark(at + 2, ':'))) {
            at += t.mark(at + 1, ':') ? 2 : 3;
        }
        for (int steps = 0; steps < 2 * MOST_WORDS && t.has(at); steps++, at++) {
            if (isNumber(t, at)) {
                return at;
            }
            boolean filler = t.word(at)
                    ? t.is(at, Lexicon.COMMON | Lexicon.COPULA | Lexicon.LABEL) || t.length(at) <= 2
                    : t.mark(at, ',') || t.mark(at, '\'') || t.mark(at, '.') || t.mark(at, ':') || t.mark(at, '*');
            if (!filler) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isNumber(Tokens t, int at) {
        return t.number(at)
                || t.mark(at, '+')
                || t.mark(at, '(')
                || SpelledNumberRecognizer.begins(t, at)
                || (t.word(at)
                        && t.length(at) <= 4
                        && (t.attachedNumber(at + 1)
                                || (t.number(at + 1) && t.length(at) > 1 && !t.is(at, Lexicon.COMMON | Lexicon.LABEL))
                                || (t.attachedMark(at + 1, '-') && t.attachedNumber(at + 2))));
    }

    /** Proposes the number before a label: "48217 is my MRN", "we have 48217 on file as her MRN", "48217 (MRN)". */
    static void recognizeBefore(Passage p, int label, LabelPhrase phrase) {
        Tokens t = p.tokens;
        int at = label - 1;
        boolean told = t.mark(at, '(');
        if (told) {
            at--;
        }
        for (int words = 0; words < MOST_WORDS && t.word(at) && !t.lineBefore(at + 1); words++, at--) {
            if (t.is(at, "s") && t.attachedTo(at, '\'')) {
                at--;
                continue;
            }
            told |= t.is(at, "is") || t.is(at, "as") || t.is(at, "was") || t.is(at, "for");
            if (t.attachedNumber(at + 1) || t.attachedTo(at, '-') || (t.attached(at) && t.number(at - 1))) {
                break;
            }
        }
        if (!told || t.lineBefore(at + 1)) {
            return;
        }
        if (t.mark(at, ',') || t.mark(at, '"')) {
            at--;
        }
        int end = at + 1;
        int from = at;
        while (from > 0
                && end - from < LONGEST_NUMBER
                && (t.attached(from)
                        ? !t.mark(from - 1) || t.mark(from - 1, '-') || t.mark(from - 1, '/') || t.mark(from - 1, '.')
                        : t.number(from) && t.number(from - 1) && t.length(from) <= 4 && !t.lineBefore(from))) {
            from--;
        }
        int digits = 0;
        for (int i = from; i < end; i++) {
            digits += t.number(i) ? t.length(i) : 0;
        }
        if (digits > LEAST_DIGITS && !DateRecognizer.isYear(t, at)) {
            p.add(from, end, phrase.category(), phrase.layer(), 0.8f);
        }
    }
}
