package dev.anteroom.phi;

/**
 * Names that nothing but their surroundings tell: two capitalised words that no list knows, where grammar puts a person.
 * Stateless. Looks at most a dozen tokens ahead.
 */
final class NameContextRecognizer {

    private static final String LAYER = "name.context";
    private static final float SCORE = 0.72f;
    private static final int MOST_WORDS = 4;

    private static final String[] VERBS = {"asks", "asked", "complains", "denies", "refuses", "wants", "lives", "called"
    };

    /** What a word of a name is not. */
    private static final long OTHER = Lexicon.COMMON
            | Lexicon.MONTH
            | Lexicon.WEEKDAY
            | Lexicon.HOLIDAY
            | Lexicon.TITLE
            | Lexicon.WEAK_TITLE
            | Lexicon.CREDENTIAL
            | Lexicon.STATE
            | Lexicon.FACILITY_HEAD
            | Lexicon.FACILITY_WORD
            | Lexicon.FACILITY_BRAND
            | Lexicon.GENERIC_FACILITY
            | Lexicon.STREET_SUFFIX
            | Lexicon.DISEASE_NOUN
            | Lexicon.MEASURE
            | Lexicon.UNIT
            | Lexicon.CODE_LABEL
            | Lexicon.LABEL;

    private NameContextRecognizer() {}

    /** Returns whether a capitalised word may begin such a name; cheap, and seldom so in prose. */
    static boolean begins(Tokens t, int i) {
        return isPart(t, i)
                && t.spaceBefore(i)
                && !t.capitalised(i - 1)
                && (isPart(t, i + 1) || (t.attachedMark(i + 1, ',') && isPart(t, i + 2) && t.spaceBefore(i + 2)));
    }

    /** Returns whether a word may be part of a name if it is written like one. */
    static boolean begins(int word) {
        return (Lexicon.classes(word) & OTHER) == 0;
    }

    private static boolean isPart(Tokens t, int i) {
        return t.capitalised(i) && t.length(i) > 1 && !t.is(i, OTHER);
    }

    /** Looks at the words from one that {@link #begins}, and returns the token after the name, or -1. */
    static int recognize(Passage p, int i) {
        Tokens t = p.tokens;
        int end = end(t, i);
        if (t.is(end, Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD | Lexicon.STREET_SUFFIX | Lexicon.DISEASE_NOUN)) {
            return -1;
        }
        if (!announced(t, i) && !described(t, end) && !(t.lineBefore(i) && row(t, end))) {
            return -1;
        }
        p.add(i, end, PhiCategory.NAME, LAYER, SCORE);
        return end;
    }

    private static int end(Tokens t, int i) {
        int at = i + 1;
        if (t.attachedMark(at, ',')) {
            at++;
        }
        int words = 1;
        while (words < MOST_WORDS && !t.lineBefore(at)) {
            if (isPart(t, at)) {
                at++;
            } else if (t.capitalised(at) && t.length(at) == 1 && t.attachedMark(at + 1, '.')) {
                at += 2;
            } else if (t.attachedMark(at, '-') && t.attachedWord(at + 1) && t.capitalised(at + 1)) {
                at += 2;
            } else {
                break;
            }
            words++;
        }
        return at;
    }

    /** "family of", "relatives of", "index case", "Case:" before it. */
    private static boolean announced(Tokens t, int i) {
        if (t.is(i - 1, "of")) {
            return t.is(i - 2, "family")
                    || t.is(i - 2, "relatives")
                    || t.is(i - 2, "parents")
                    || t.is(i - 2, "mother")
                    || t.is(i - 2, "father")
                    || t.is(i - 2, "guardian");
        }
        if (t.is(i - 1, "case")) {
            return t.is(i - 2, "index");
        }
        return t.mark(i - 1, ':') && t.is(i - 2, "case") && t.lineBefore(i - 2);
    }

    /** An age, a birth date or record number, a bed, or what only people do, after it. */
    private static boolean described(Tokens t, int end) {
        if (t.lineBefore(end)) {
            return false;
        }
        if (t.mark(end, '(')) {
            return t.is(end + 1, Lexicon.LABEL) || isAge(t, end + 1);
        }
        if (t.mark(end, ',')) {
            return isPersonal(t, end + 1);
        }
        return isPersonal(t, end)
                || (t.is(end, "in") && (t.is(end + 1, "room") || t.is(end + 1, "bed")) && t.number(end + 2))
                || acts(t, end);
    }

    private static boolean isPersonal(Tokens t, int i) {
        return !t.lineBefore(i) && (isAge(t, i) || t.is(i, "dob") || t.is(i, "mrn") || t.is(i, "born"));
    }

    private static boolean acts(Tokens t, int i) {
        if (!t.lowerCase(i)) {
            return false;
        }
        for (String verb : VERBS) {
            if (t.is(i, verb)) {
                return true;
            }
        }
        return false;
    }

    /** "62 y/o", "62-year-old", "62M". */
    private static boolean isAge(Tokens t, int i) {
        if (!t.number(i) || t.length(i) > 3) {
            return false;
        }
        int unit = t.mark(i + 1, '-') ? i + 2 : i + 1;
        return t.is(unit, "y")
                || t.is(unit, "yo")
                || t.is(unit, "year")
                || t.is(unit, "years")
                || t.is(unit, "yr")
                || t.is(unit, "m")
                || t.is(unit, "f")
                || t.is(unit, "male")
                || t.is(unit, "female");
    }

    /** A date after the first words of a line, as lists of people have it. */
    private static boolean row(Tokens t, int end) {
        if (t.lineBefore(end)) {
            return false;
        }
        if (t.is(end, Lexicon.MONTH)) {
            return true;
        }
        return t.number(end)
                && (t.attachedMark(end + 1, '/') || t.attachedMark(end + 1, '-') || t.attachedMark(end + 1, '.'))
                && (t.attachedNumber(end + 2) || t.is(end + 2, Lexicon.MONTH));
    }
}
