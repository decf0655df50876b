package dev.anteroom.phi;

/** Says which numbers are clinical and identify nobody. Stateless. */
final class ClinicalGrammar {

    private ClinicalGrammar() {}

    /** Returns whether a unit of measure or of time begins at a token. */
    static boolean unitAfter(Tokens t, int i) {
        if (!t.has(i) || t.lineBefore(i)) {
            return false;
        }
        if (t.is(i, Lexicon.UNIT | Lexicon.DURATION)) {
            return !(t.length(i) == 1 && t.attachedMark(i + 1, '/') && t.is(i + 2, "o"));
        }
        if (t.mark(i)) {
            char c = t.first(i);
            return c == '%'
                    || (c == '/' && t.attached(i + 1) && t.is(i + 1, Lexicon.UNIT))
                    || c == '\u00B0'
                    || c == '\u00BA'
                    || (c == '-' && t.attached(i + 1) && t.is(i + 1, Lexicon.UNIT | Lexicon.DURATION));
        }
        return false;
    }

    /**
     * Returns whether a unit begins at a token after a number of seven digits or more. A single letter apart from it is none there, but
     * "U": nobody measures millions of watts or degrees, while initials follow record numbers.
     */
    static boolean unitAfterLongNumber(Tokens t, int i) {
        boolean initial = t.word(i) && t.length(i) == 1 && !t.attached(i) && !t.is(i, "u");
        return !initial && unitAfter(t, i);
    }

    /** Returns whether the words just before a number name something measured, counted or coded. */
    static boolean measured(Tokens t, int number) {
        int at = number - 1;
        for (int steps = 0; steps < 5 && at >= 0; steps++, at--) {
            if (t.lineBefore(at + 1) && steps > 0) {
                return false;
            }
            if (t.is(at, Lexicon.MEASURE | Lexicon.CODE_LABEL | Lexicon.NUMBERED)) {
                return true;
            }
            boolean joint = t.mark(at)
                    ? ":=~<>-+(,/#.".indexOf(t.first(at)) >= 0
                    : t.number(at)
                            ? t.length(at) <= 3
                            : t.is(at, Lexicon.COPULA)
                                    || t.is(at, "to")
                                    || t.is(at, "at")
                                    || t.is(at, "and")
                                    || t.is(at, "from")
                                    || t.is(at, "now")
                                    || t.is(at, "score");
            if (!joint) {
                return false;
            }
        }
        return false;
    }

    /** Returns whether a code label such as ICD or LOINC stands within the three tokens before one. */
    static boolean codeLabelled(Tokens t, int i) {
        for (int at = i - 1; at >= 0 && at >= i - 5; at--) {
            if (t.is(at, Lexicon.CODE_LABEL)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a number is explained by dose, vital sign, laboratory value, score, count, year, time or code. */
    static boolean explains(Tokens t, int i) {
        int length = t.length(i);
        if (length <= 2 && loose(t, i)) {
            return true;
        }
        int end = groupEnd(t, i);
        boolean preposition = length > 3 && t.is(end, "in");
        if ((unitAfter(t, end) && !preposition) || (t.mark(end, '|') && unitAfter(t, end + 1)) || codeLabelled(t, i)) {
            return true;
        }
        if (trial(t, i, end)) {
            return true;
        }
        int start = groupStart(t, i);
        if (t.attachedToWord(start)) {
            return attachedCode(t, start, i, end);
        }
        if (years(t, start, end)) {
            return true;
        }
        if (length <= 4 && measured(t, start)) {
            return true;
        }
        if (time(t, start, end)) {
            return true;
        }
        if ((t.attachedMark(i + 1, '-')
                        && t.attachedNumber(i + 2)
                        && t.length(i + 2) == 1
                        && length <= 5
                        && end == i + 3)
                || (t.attachedTo(i, '-') && t.number(i - 2) && length == 1 && start == i - 2 && t.length(start) <= 5)) {
            return true;
        }
        return ratio(t, start, end) || (length <= 2 && start == i && end == i + 1);
    }

    /** Whether a number of up to three digits ends the name of a trial, which has capitals inside, or nothing else and a hyphen: CheckMate 227, KEYNOTE-189. */
    private static boolean trial(Tokens t, int i, int end) {
        boolean hyphen = t.attachedTo(i, '-');
        int word = hyphen ? i - 2 : i - 1;
        return t.length(i) <= 3
                && end == i + 1
                && !t.attachedWord(end)
                && t.wordId(word) == 0
                && t.word(word)
                && t.length(word) > 5
                && !t.lineBefore(i)
                && (t.camelCase(word) || (hyphen && t.allCapitals(word) && t.anyLowerCase()));
    }

    private static boolean loose(Tokens t, int i) {
        return !t.attached(i)
                && (!t.attached(i + 1) || (t.mark(i + 1) && !t.attachedNumber(i + 2) && !t.attachedWord(i + 2)));
    }

    private static boolean isJoint(Tokens t, int i) {
        if (!t.mark(i)) {
            return false;
        }
        char c = t.first(i);
        return c == '.' || c == '/' || c == '-' || c == ':' || (c == ',' && t.number(i + 1) && t.length(i + 1) == 3);
    }

    /** Returns the first token of the digits and joints that a number belongs to. */
    static int groupStart(Tokens t, int i) {
        int at = i;
        for (int steps = 0;
                steps < 8 && t.attached(at) && isJoint(t, at - 1) && t.attached(at - 1) && t.number(at - 2);
                steps++) {
            at -= 2;
        }
        return at;
    }

    /** Returns the token after the digits and joints that a number belongs to. */
    static int groupEnd(Tokens t, int i) {
        int at = i + 1;
        for (int steps = 0; steps < 8 && t.attached(at) && isJoint(t, at) && t.attachedNumber(at + 1); steps++) {
            at += 2;
        }
        return at;
    }

    private static boolean time(Tokens t, int start, int end) {
        return end - start >= 3
                && t.mark(start + 1, ':')
                && t.length(start) <= 2
                && t.length(start + 2) == 2
                && t.value(start) < 24
                && t.value(start + 2) < 60;
    }

    private static boolean ratio(Tokens t, int start, int end) {
        if (end - start < 3) {
            return false;
        }
        if (t.value(start) == 1 && t.mark(start + 1, ':')) {
            return true;
        }
        int digits = 0;
        for (int at = start; at < end; at++) {
            if (t.number(at)) {
                if (t.length(at) > 3) {
                    return false;
                }
                digits += t.length(at);
            }
        }
        char joint = t.first(start + 1);
        return joint == ',' || (digits <= 6 && end - start == 3) || (joint == '.' && digits <= 5) || digits <= 4;
    }

    /** One year or a range of years. */
    private static boolean years(Tokens t, int start, int end) {
        boolean range = end == start + 3 && (t.mark(start + 1, '-') || t.mark(start + 1, '/'));
        return DateRecognizer.isYear(t, start)
                && (end == start + 1 || (range && (DateRecognizer.isYear(t, start + 2) || t.length(start + 2) == 2)));
    }

    /** Digits behind letters: a code such as E11.9, L4-5, CD4, B12, NCT01234567 or COVID-19. */
    private static boolean attachedCode(Tokens t, int start, int i, int end) {
        int word = start - 1;
        if (t.is(word, Lexicon.CODE_LABEL) || (t.is(word, Lexicon.MEASURE) && t.length(start) <= 4)) {
            return true;
        }
        if (t.length(start) > 2) {
            return t.length(start) == 3 && t.length(word) <= 2 && end == start + 1 && !t.attachedWord(end);
        }
        int digits = 0;
        for (int at = start; at < end; at++) {
            digits += t.number(at) ? t.length(at) : 0;
        }
        boolean diagnosis = t.length(word) == 1 && t.length(start) == 2 && t.mark(start + 1, '.');
        return digits <= (diagnosis ? 6 : 4) && i >= start;
    }
}
