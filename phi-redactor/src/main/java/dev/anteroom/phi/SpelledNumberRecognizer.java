package dev.anteroom.phi;

/** Finds numbers that are told digit by digit, in words or in single digits: "four one two, five five five", "1 2 3 - 4 5 - 6 7 8 9". Stateless. */
final class SpelledNumberRecognizer {

    private static final int LEAST_DIGITS = 7;
    private static final int MOST_DIGITS = 24;
    private static final int MOST_JOINTS = 3;

    private SpelledNumberRecognizer() {}

    /** Returns whether a number told digit by digit may begin at a token. */
    static boolean begins(Tokens t, int i) {
        boolean repeated = (t.is(i, "double") || t.is(i, "triple")) && isDigitWord(t, i + 1);
        return (repeated || isDigitWord(t, i) || isSingleDigit(t, i)) && next(t, i + 1) > 0;
    }

    /** Returns the token after the number told at a token, having proposed it, or {@code i + 1}. */
    static int recognize(Passage p, int i) {
        Tokens t = p.tokens;
        if (!begins(t, i)) {
            return i + 1;
        }
        int end = end(t, i);
        int digits = digits(t, i, end);
        if (digits >= LEAST_DIGITS && !counts(t, i, end) && !ClinicalGrammar.measured(t, i)) {
            PhiCategory category = digits == 9
                    ? PhiCategory.SSN
                    : digits == 7 || digits == 10 || digits == 11 ? PhiCategory.PHONE : PhiCategory.ID;
            p.add(i, end, category, "number.spelled", 0.7f);
        }
        return end;
    }

    /** Returns the token after the number told at a token. */
    static int end(Tokens t, int i) {
        int end = i + 1;
        int digits = 1;
        int next;
        while (digits < MOST_DIGITS && (next = next(t, end)) > 0) {
            end = next;
            digits++;
        }
        return end;
    }

    /** Returns how many digits the tokens tell. */
    static int digits(Tokens t, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            if (t.number(i)) {
                digits += t.length(i);
            } else if (t.is(i, Lexicon.NUMBER_WORD) || isZero(t, i)) {
                boolean unit = i > from && isDigitWord(t, i) && t.is(i - 1, Lexicon.NUMBER_WORD) && isTens(t, i - 1);
                digits += isDigitWord(t, i) ? unit ? 0 : 1 : 2;
            } else if (t.is(i, "double") || t.is(i, "triple")) {
                digits += t.is(i, "double") ? 1 : 2;
            }
        }
        return digits;
    }

    /** Returns the token after the next digit, with what may stand before it, or -1. */
    private static int next(Tokens t, int at) {
        int i = at;
        for (int joints = 0; joints < MOST_JOINTS; joints++, i++) {
            boolean spoken = isSpokenJoint(t, i);
            boolean mark = t.mark(i)
                    && (t.first(i) == '-'
                            || t.first(i) == '.'
                            || t.first(i) == '/'
                            || t.first(i) == '('
                            || t.first(i) == ')'
                            || (t.first(i) == ',' && !t.number(at - 1)));
            if (!spoken && !mark) {
                break;
            }
        }
        if (t.lineBefore(i)) {
            return -1;
        }
        if (t.is(i, "double") || t.is(i, "triple")) {
            return isDigitWord(t, i + 1) || isSingleDigit(t, i + 1) ? i + 2 : -1;
        }
        boolean digit = isSingleDigit(t, i) && (t.spaceBefore(i) || t.mark(i - 1) || t.word(at - 1));
        return digit || isZero(t, i) || isDigitWord(t, i) || (t.is(i, Lexicon.NUMBER_WORD) && t.word(at - 1))
                ? i + 1
                : -1;
    }

    /** Whether a word tells what stands between two digits. */
    private static boolean isSpokenJoint(Tokens t, int i) {
        return t.word(i)
                && switch (Lexicon.lower(t.first(i))) {
                    case 'd' -> t.is(i, "dash");
                    case 'e' -> t.is(i, "ext");
                    case 'h' -> t.is(i, "hyphen");
                    case 's' -> t.is(i, "space");
                    case 't' -> t.is(i, "then");
                    default -> false;
                };
    }

    private static boolean isSingleDigit(Tokens t, int i) {
        return t.number(i) && t.length(i) == 1 && !t.attachedWord(i + 1) && !t.attachedToWord(i);
    }

    private static boolean isZero(Tokens t, int i) {
        return t.is(i, "oh") || (t.is(i, "o") && !t.attachedMark(i + 1, '\''));
    }

    private static boolean isDigitWord(Tokens t, int i) {
        return t.is(i, Lexicon.DIGIT_WORD);
    }

    private static boolean isTens(Tokens t, int i) {
        return t.length(i) > 4 && !isDigitWord(t, i);
    }

    /** Whether the digits only count upwards, without a mark between them, as on the scale of a question. */
    private static boolean counts(Tokens t, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (!t.number(i) || t.value(i) != (t.value(i - 1) + 1) % 10) {
                return false;
            }
        }
        return t.number(from);
    }
}
