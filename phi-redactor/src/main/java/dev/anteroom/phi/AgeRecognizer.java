package dev.anteroom.phi;

/** Finds ages over 89. Stateless. */
final class AgeRecognizer {

    private static final int OLDEST = 125;

    private AgeRecognizer() {}

    /** Proposes the age that a number token gives. */
    static void recognizeNumber(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) < 2 || t.length(i) > 3) {
            return;
        }
        int value = t.value(i);
        if (value < 90 || value > OLDEST || t.attachedToWord(i) || t.attachedTo(i, '.')) {
            return;
        }
        if (afterIsAge(t, i + 1) || (beforeIsAge(t, i) && !ClinicalGrammar.unitAfter(t, i + 1))) {
            p.add(i, i + 1, PhiCategory.AGE, "age.pattern", 0.85f);
        } else if (t.attachedWord(i + 1)
                && t.is(i + 1, "s")
                && (t.is(i - 1, "his")
                        || t.is(i - 1, "her")
                        || t.is(i - 1, "their")
                        || t.is(i - 1, "early")
                        || t.is(i - 1, "mid")
                        || t.is(i - 1, "late"))) {
            p.add(i, i + 2, PhiCategory.AGE, "age.pattern", 0.7f);
        }
    }

    /** Returns whether a number is an age, of years, months, weeks or days. */
    static boolean isAge(Tokens t, int i) {
        if (!t.number(i) || t.length(i) > 3 || t.attachedTo(i, '.')) {
            return false;
        }
        int at = t.mark(i + 1, '-') ? i + 2 : i + 1;
        boolean young = t.is(at, "day") || t.is(at, "week") || t.is(at, "month") || t.is(at, "mo");
        return young ? t.is(t.mark(at + 1, '-') || t.mark(at + 1, '/') ? at + 2 : at + 1, "old") : afterIsAge(t, i + 1);
    }

    private static boolean afterIsAge(Tokens t, int i) {
        int at = t.mark(i, '-') ? i + 1 : i;
        if (t.is(at, "yo")
                || t.is(at, "yrold")
                || t.is(at, "yearold")
                || t.is(at, "yof")
                || t.is(at, "yom")
                || t.is(at, "yf")
                || t.is(at, "ym")) {
            return true;
        }
        if (t.is(at, "y")) {
            int next = t.mark(at + 1, '/') || t.mark(at + 1, '.') || t.mark(at + 1, '-') ? at + 2 : at + 1;
            return t.is(next, "o") || t.is(next, "old") || !t.attached(at + 1);
        }
        if (t.is(at, "year") || t.is(at, "years") || t.is(at, "yr") || t.is(at, "yrs")) {
            int next = at + 1;
            while (t.mark(next, '-') || t.mark(next, '.')) {
                next++;
            }
            return t.is(next, "old")
                    || t.is(next, "o")
                    || t.is(next, "young")
                    || (t.is(next, "of") && t.is(next + 1, "age"));
        }
        return (t.attachedWord(at) && (t.is(at, "m") || t.is(at, "f")))
                && (t.is(at + 1, "with")
                        || t.is(at + 1, "w")
                        || t.is(at + 1, "who")
                        || t.is(at + 1, "presents")
                        || t.is(at + 1, "presenting")
                        || t.is(at + 1, "hx")
                        || t.is(at + 1, "c")
                        || t.is(at + 1, "s")
                        || t.is(at + 1, "admitted"));
    }

    private static boolean beforeIsAge(Tokens t, int i) {
        int at = i - 1;
        for (int steps = 0; steps < 2 && (t.mark(at, ':') || t.mark(at, '=') || t.is(at, Lexicon.COPULA)); steps++) {
            at--;
        }
        boolean lived = t.is(at, "to") && t.is(at - 1, "lived");
        return lived
                || (t.is(at, "be") && t.is(at - 1, "to") && t.is(at - 2, "lived"))
                || t.is(at, "age")
                || t.is(at, "aged")
                || t.is(at, "turned")
                || t.is(at, "turning")
                || t.is(at, "turns")
                || t.is(at, "ages");
    }

    /** Proposes the age that number words give, such as ninety-two years old. */
    static void recognizeWord(Passage p, int i) {
        Tokens t = p.tokens;
        int end;
        if (t.is(i, "ninety")) {
            end = i + 1;
            if (t.mark(end, '-') && t.is(end + 1, Lexicon.NUMBER_WORD)) {
                end += 2;
            } else if (t.is(end, Lexicon.NUMBER_WORD)) {
                end++;
            }
        } else if (t.is(i, "hundred") && t.word(i - 1)) {
            end = i + 1;
            if (t.is(end, "and") && t.is(end + 1, Lexicon.NUMBER_WORD)) {
                end += 2;
            } else if (t.is(end, Lexicon.NUMBER_WORD)) {
                end++;
            }
        } else if (t.is(i, "nonagenarian") || t.is(i, "centenarian")) {
            p.add(i, i + 1, PhiCategory.AGE, "age.words", 0.8f);
            return;
        } else {
            return;
        }
        if (afterIsAge(t, end) || beforeIsAge(t, i)) {
            p.add(t.is(i, "hundred") ? i - 1 : i, end, PhiCategory.AGE, "age.words", 0.85f);
        }
    }

    /** Proposes the age that a label announces at a token. */
    static void recognizeLabelled(Passage p, int i, String layer) {
        Tokens t = p.tokens;
        int value = t.value(i);
        if (value >= 90 && value <= OLDEST) {
            p.add(i, i + 1, PhiCategory.AGE, layer, 0.9f);
        }
    }
}
