package dev.anteroom.phi;

import dev.anteroom.phi.LabelPhrase.Strength;

/** Finds names of people by title, label, credential and well-known given names. Stateless. */
final class NameRecognizer {

    static final String TITLE = "name.title";
    static final String GIVEN = "name.given";
    static final String CREDENTIAL = "name.credential";

    private static final int MOST_PARTS = 5;
    private static final int MOST_TOKENS = 24;

    private static final long BLOCKED = Lexicon.COMMON
            | Lexicon.MONTH
            | Lexicon.WEEKDAY
            | Lexicon.LABEL
            | Lexicon.UNIT
            | Lexicon.DURATION
            | Lexicon.MEASURE
            | Lexicon.CODE_LABEL
            | Lexicon.FACILITY_HEAD;

    private static final long NOT_INITIALS = Lexicon.COMMON | Lexicon.TITLE | Lexicon.LABEL;

    /** What two capitals in a note stand for, other than a name. */
    private static final String[] ABBREVIATIONS = {
        "af", "am", "bm", "bp", "br", "bs", "ca", "cc", "cf", "ck", "co", "cp", "ct", "cv", "cx", "dm", "do", "dx",
        "ed", "er", "et", "fu", "fx", "gb", "gi", "gu", "hd", "hr", "hs", "ht", "hx", "ii", "im", "iv", "ld", "md",
        "mi", "mr", "ms", "mv", "na", "nb", "np", "ns", "ob", "od", "ok", "or", "os", "ot", "ou", "pa", "pd", "pe",
        "pm", "po", "pp", "pr", "pt", "ra", "rn", "ro", "rr", "rt", "rx", "sc", "sp", "sq", "st", "sz", "tb", "tx",
        "ua", "us", "vs", "vt", "wt", "xr"
    };

    private NameRecognizer() {}

    private enum Letters {
        /** Every part begins with a capital. */
        CAPITAL,
        /** Lower case too. */
        ANY
    }

    /** Returns the token after the name that begins at a token, or that token. */
    private static int grow(Tokens t, int from, Letters letters, int mostParts) {
        int at = from;
        int end = from;
        int parts = 0;
        boolean commaSeen = false;
        while (parts < mostParts && t.word(at) && (at == from || !t.lineBefore(at))) {
            if (t.is(at, Lexicon.PARTICLE)
                    && at - from < 2 * MOST_PARTS
                    && t.word(at + 1)
                    && !t.lineBefore(at + 1)
                    && t.length(at) <= 4
                    && (isPart(t, at + 1, letters) || (t.is(at + 1, Lexicon.PARTICLE) && isPart(t, at + 2, letters)))
                    && (t.upperFirst(at) || t.upperFirst(at + 1) || t.upperFirst(at + 2) || letters == Letters.ANY)) {
                if (t.is(at, "mac") || t.is(at, "ben")) {
                    parts++;
                }
                at++;
                if (t.attachedMark(at, '.')) {
                    at++;
                }
                continue;
            }
            if (!isPart(t, at, letters)) {
                break;
            }
            parts++;
            int word = at++;
            while (at - from < MOST_TOKENS
                    && (t.attachedMark(at, '\'') || t.attachedMark(at, '-') || t.attachedMark(at, '+'))
                    && t.attachedWord(at + 1)
                    && (!t.mark(at, '\'') || t.length(at + 1) >= 3)
                    && (t.upperFirst(at + 1) || letters == Letters.ANY || t.mark(at, '\''))) {
                at += 2;
            }
            end = at;
            if (t.attachedMark(at, '.')
                    && (t.length(word) == 1 || t.is(word, Lexicon.NAME_SUFFIX) || t.is(word, "st"))) {
                at++;
                boolean goesOn = t.word(at) && !t.lineBefore(at) && isPart(t, at, letters);
                end = at;
                if (!goesOn) {
                    break;
                }
            }
            if (t.mark(at, ',') && t.is(at + 1, Lexicon.NAME_SUFFIX)) {
                at += 2;
                end = t.attachedMark(at, '.') ? at + 1 : at;
                break;
            }
            if (parts == 1
                    && !commaSeen
                    && t.mark(at, ',')
                    && t.word(at + 1)
                    && !t.lineBefore(at + 1)
                    && mostParts == MOST_PARTS
                    && isPart(t, at + 1, letters)
                    && !t.is(at + 1, Lexicon.CREDENTIAL)
                    && !t.is(at + 1, Lexicon.STATE | Lexicon.CITY)) {
                commaSeen = true;
                at++;
            }
            if (t.mark(at, '(') || t.mark(at, '"')) {
                boolean nickname = t.upperFirst(at + 1)
                        && (t.mark(at + 2, ')') || t.mark(at + 2, '"'))
                        && t.upperFirst(at + 3)
                        && isPart(t, at + 1, letters);
                if (!nickname) {
                    break;
                }
                at += 3;
                end = at;
            }
        }
        return end;
    }

    private static boolean isPart(Tokens t, int i, Letters letters) {
        if (!t.word(i)) {
            return false;
        }
        if (t.length(i) == 1) {
            return (t.upperFirst(i) && !t.attachedNumber(i + 1) && !t.attachedMark(i + 1, '/') && !isDotted(t, i))
                    || (letters == Letters.ANY && t.attachedMark(i + 1, '.'));
        }
        if ((letters == Letters.CAPITAL && !t.upperFirst(i))
                || t.attachedNumber(i + 1)
                || (t.is(i, Lexicon.STREET_UNIT) && (t.number(i + 1) || t.number(i + 2)))) {
            return false;
        }
        if (t.is(i, Lexicon.CREDENTIAL) && t.allCapitals(i)) {
            return false;
        }
        if (t.is(i, Lexicon.LABEL)
                && !t.is(i, BLOCKED & ~Lexicon.LABEL)
                && t.capitalised(i)
                && (t.upperFirst(i - 1) || (t.mark(i - 1, '.') && t.upperFirst(i - 2)))) {
            return !t.mark(i + 1, ':') && !t.mark(i + 1, '#') && !t.number(i + 1) && !t.is(i + 1, Lexicon.LABEL_SUFFIX);
        }
        return !t.is(i, BLOCKED)
                || (t.is(i, Lexicon.GIVEN_NAME | Lexicon.SURNAME) && t.upperFirst(i) && !t.is(i, Lexicon.LABEL));
    }

    /** Returns whether a label written letter by letter begins at a letter, such as D.O.B. */
    private static boolean isDotted(Tokens t, int i) {
        return t.attachedMark(i + 1, '.') && t.attached(i + 2) && Labels.after(Labels.longest(t, i)) > i + 2;
    }

    private static int words(Tokens t, int from, int to) {
        int words = 0;
        for (int i = from; i < to; i++) {
            words += t.word(i) && t.length(i) > 1 && !(i > from && t.attachedTo(i, '-')) ? 1 : 0;
        }
        return words;
    }

    /** Proposes the name after a title such as Dr.; returns the token after it, or -1. */
    static int recognizeTitle(Passage p, int i) {
        Tokens t = p.tokens;
        boolean weak = !t.is(i, Lexicon.TITLE);
        int at = i + 1;
        boolean dot = t.attachedMark(at, '.');
        if (dot) {
            at++;
        }
        if (t.lineBefore(at)
                || !t.word(at)
                || (weak
                        && ((dot && !t.is(i, "rev") && !t.is(i, "sgt") && !t.is(i, "capt"))
                                || (!t.upperFirst(i) && !t.upperFirst(at))))) {
            return -1;
        }
        boolean shouting = t.allCapitals(i) && t.length(i) > 1;
        if (shouting && !dot && t.anyLowerCase() && (t.is(i, "ms") || t.is(i, "mr"))) {
            return -1;
        }
        if (t.is(i, "dr") && i >= 2 && !dot && t.upperFirst(i - 1) && t.number(i - 2)) {
            return -1;
        }
        if (t.is(i, "ms") && t.lowerCase(i) && !dot) {
            return -1;
        }
        if (t.is(at, Lexicon.TITLE) || (t.is(i, "ms") && t.is(at, "contin"))) {
            return -1;
        }
        int end = grow(t, at, Letters.CAPITAL, 4);
        if (end == at && t.upperFirst(at) && !weak && t.is(at, Lexicon.MONTH | Lexicon.WEEKDAY)) {
            end = at + 1;
        }
        if (end == at && !weak && t.lowerCase(at) && t.length(at) >= 3 && !t.is(at, BLOCKED & ~Lexicon.LABEL)) {
            end = at + 1;
            if (t.attachedMark(end, '\'') && t.attachedWord(end + 1) && !t.is(end + 1, "s")) {
                end += 2;
            }
            if (t.lowerCase(end) && !t.lineBefore(end) && t.is(end, Lexicon.SURNAME)) {
                end++;
            }
        }
        if (end == at
                || (weak && t.allCapitals(at) && t.anyLowerCase() && !t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME))) {
            return -1;
        }
        if (end == at + 1 && !weak && isEverydaySurname(t, at, end)) {
            end++;
        }
        p.add(at, end, PhiCategory.NAME, TITLE, weak ? 0.75f : 0.92f);
        if ((t.is(end, "and") || t.mark(end, '&'))
                && (t.is(i, "drs") || t.is(i, "dr"))
                && t.upperFirst(end + 1)
                && !t.lineBefore(end + 1)
                && !t.is(end + 1, Lexicon.TITLE)
                && !isSubject(t, end + 1)) {
            int second = grow(t, end + 1, Letters.CAPITAL, 3);
            if (second > end + 1) {
                p.add(end + 1, second, PhiCategory.NAME, TITLE, 0.8f);
                return second;
            }
        }
        return end;
    }

    /** Returns whether a word is the pronoun: "my name is Dr. Ng and I work". */
    private static boolean isSubject(Tokens t, int i) {
        return t.length(i) == 1 && t.is(i, "i") && t.spaceBefore(i + 1) && t.word(i + 1);
    }

    /** Returns whether a given name behind a title goes on with a common word, as no text in title case does: Dr. Anna Good. */
    private static boolean isEverydaySurname(Tokens t, int given, int i) {
        return t.is(given, Lexicon.GIVEN_NAME)
                && t.capitalised(given)
                && t.capitalised(i)
                && t.length(i) > 1
                && t.spaceBefore(i)
                && !t.lineBefore(i)
                && t.is(i, Lexicon.COMMON)
                && !t.is(i, BLOCKED & ~Lexicon.COMMON)
                && !t.upperFirst(i + 1)
                && !t.attachedMark(i + 1, ':');
    }

    /** Proposes the name that a label announces at a token. */
    static void recognizeLabelled(
            Passage p, LabelPhrase phrase, int label, int from, boolean explicit, boolean copula) {
        Tokens t = p.tokens;
        int at = isRank(t, from) ? from + 1 : from;
        while (t.is(at, Lexicon.TITLE | Lexicon.WEAK_TITLE) && (t.word(at + 1) || t.mark(at + 1, '.'))) {
            at += t.mark(at + 1, '.') ? 2 : 1;
        }
        if (!t.word(at) || (t.lineBefore(at) && !explicit)) {
            return;
        }
        boolean strong = phrase.strength() == Strength.STRONG;
        if (!explicit && !strong) {
            boolean preposition = t.is(label, "from")
                    || t.is(label, "to")
                    || t.is(label, "re")
                    || t.is(label, "by")
                    || t.is(label, "cc")
                    || t.is(label, "contact")
                    || t.is(label, "attention")
                    || t.is(label, "referring")
                    || t.is(label, "subject")
                    || t.is(label, "witness")
                    || t.is(label, "proxy")
                    || t.is(label, "signed")
                    || t.is(label, "dictated");
            if (preposition || (copula && !t.is(at, Lexicon.GIVEN_NAME)) || (t.mark(at - 1) && !t.mark(at - 1, ')'))) {
                return;
            }
            boolean inHeading = t.upperFirst(label) && !t.sentenceStart(label);
            boolean shouting = t.allCapitals(at) && t.anyLowerCase();
            if ((shouting
                            && !t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME)
                            && !(t.length(at) == 1 && t.attachedMark(at + 1, '.')))
                    || (inHeading && !t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME))) {
                return;
            }
        }
        int end = grow(t, at, Letters.CAPITAL, explicit || strong ? MOST_PARTS : 4);
        boolean initials = end > at && words(t, at, end) == 0;
        if (initials && end - at < 2 && !explicit) {
            return;
        }
        boolean named =
                strong && (explicit || isNameLabel(t, label, from) || t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME));
        if (end == at
                && t.lowerCase(at)
                && ((explicit && !t.is(label, "to") && !t.is(label, "from") && !t.is(label, "re") && !t.is(label, "by"))
                        || named)) {
            boolean known = t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME);
            end = grow(t, at, Letters.ANY, known || strong ? 3 : 2);
            if (!known && !strong && words(t, at, end) != 2 && !t.is(at + 1, Lexicon.SURNAME)) {
                return;
            }
        }
        if (end == at
                || (t.is(at, Lexicon.STATE | Lexicon.CITY)
                        && !t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME)
                        && !strong)) {
            return;
        }
        boolean article = !explicit && (t.is(label - 1, "the") || t.is(label - 1, "this"));
        if (!strong && article && words(t, at, end) < 2 && !t.is(at, Lexicon.GIVEN_NAME | Lexicon.SURNAME)) {
            return;
        }
        boolean heading = !explicit && t.mark(end, ':') && words(t, at, end) < 2;
        if (!strong && (heading || (explicit && !introduced(t, at, end)))) {
            return;
        }
        boolean disease =
                t.is(end, Lexicon.DISEASE_NOUN) || (t.attachedMark(end, '\'') && t.is(end + 2, Lexicon.DISEASE_NOUN));
        if (disease && !explicit) {
            return;
        }
        p.add(at, end, PhiCategory.NAME, phrase.layer(), strong || explicit ? 0.9f : 0.7f);
    }

    /** Returns whether a word says of what the officer or nurse behind it is one: police officer. */
    private static boolean isRank(Tokens t, int i) {
        return t.is(i + 1, Lexicon.WEAK_TITLE)
                && (t.is(i, "police")
                        || t.is(i, "parole")
                        || t.is(i, "probation")
                        || t.is(i, "charge")
                        || t.is(i, "school"));
    }

    /** Tells "Patient: Wilma Okonjo" from a turn of a dialogue, "Patient: Yeah, I do". */
    private static boolean introduced(Tokens t, int from, int end) {
        if (from == end || (t.length(from) == 1 && !t.attachedMark(from + 1, '.') && words(t, from, end) < 2)) {
            return false;
        }
        boolean known = t.is(from, Lexicon.GIVEN_NAME | Lexicon.SURNAME) && !t.is(from, Lexicon.AMBIGUOUS_NAME);
        boolean comma = false;
        for (int i = from; i < end; i++) {
            comma |= t.mark(i, ',');
        }
        if (known || (words(t, from, end) >= 2 && !comma)) {
            return true;
        }
        return t.lineBefore(end)
                || Labels.longest(t, end) >= 0
                || t.mark(end, '|')
                || t.mark(end, ';')
                || t.mark(end, '(')
                || t.mark(end, '"')
                || (t.mark(end, ',')
                        && (t.number(end + 1)
                                || t.is(end + 1, Lexicon.CREDENTIAL)
                                || Labels.longest(t, end + 1) >= 0
                                || t.lineBefore(end + 1)));
    }

    /** Returns whether the label before a token, a verb aside, ends in "name". */
    private static boolean isNameLabel(Tokens t, int label, int value) {
        for (int i = label; i < value; i++) {
            if (t.is(i, "name") || t.is(i, "surname")) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether what is written like a credential is done: DC'D from there, DO I need it. */
    private static boolean isAction(Tokens t, int i) {
        return t.attachedMark(i + 1, '\'')
                || (t.is(i, "do")
                        && (t.is(i + 1, "i") || t.is(i + 1, "you") || t.is(i + 1, "we") || t.is(i + 1, "they")));
    }

    /** Proposes the name before a credential such as MD. */
    static void recognizeCredential(Passage p, int i) {
        Tokens t = p.tokens;
        boolean dotted = t.length(i) == 1;
        if (isAction(t, i)) {
            return;
        }
        if (dotted) {
            boolean degree = t.attachedMark(i + 1, '.')
                    && t.attachedWord(i + 2)
                    && t.attachedMark(i + 3, '.')
                    && t.length(i + 2) == 1
                    && ((t.is(i, "m") && t.is(i + 2, "d"))
                            || (t.is(i, "d") && t.is(i + 2, "o"))
                            || (t.is(i, "r") && t.is(i + 2, "n"))
                            || (t.is(i, "n") && t.is(i + 2, "p")));
            if (!degree) {
                return;
            }
        } else if (!t.allCapitals(i) && !(t.is(i, "phd") || t.is(i, "pharmd") || t.is(i, "psyd"))) {
            return;
        }
        int at = i - 1;
        boolean comma = t.mark(at, ',');
        if (comma) {
            at--;
        }
        int last = at;
        int parts = 0;
        int full = 0;
        int from = i;
        while (at >= 0 && parts < 4 && i - at < MOST_TOKENS && !t.lineBefore(at + 1)) {
            if (t.mark(at, '.') && t.word(at - 1) && t.length(at - 1) == 1 && t.attached(at)) {
                at--;
            }
            if ((t.mark(at, '-') || t.mark(at, '\'')) && t.attached(at) && t.attached(at + 1)) {
                at--;
                continue;
            }
            if (!isPart(t, at, Letters.CAPITAL) || (t.allCapitals(at) && t.length(at) > 1 && t.anyLowerCase())) {
                break;
            }
            from = at;
            parts++;
            full += t.length(at) > 1 ? 1 : 0;
            at--;
        }
        boolean ambiguous =
                t.is(i, Lexicon.STATE_ABBREVIATION) || t.is(i, "od") || t.is(i, "ot") || t.is(i, "pt") || t.is(i, "rd");
        if (full == 0 || (!comma && full < 2 && !t.is(last, Lexicon.SURNAME))) {
            return;
        }
        if (ambiguous
                && (parts < 2 || t.number(i + 1))
                && !t.is(last, Lexicon.SURNAME)
                && !(t.is(i, "pa") && t.mark(i + 1, '-'))) {
            return;
        }
        p.add(from, last + 1, PhiCategory.NAME, CREDENTIAL, 0.85f);
    }

    /** Proposes the name that a well-known given name begins; returns the token after it, or -1. */
    static int recognizeGiven(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.attachedTo(i, '.') || t.attachedTo(i, '-') || t.attachedMark(i + 1, '@') || isSaint(t, i)) {
            return -1;
        }
        if (t.lowerCase(i)) {
            if (t.is(i + 1, Lexicon.SURNAME)
                    && t.lowerCase(i + 1)
                    && !t.lineBefore(i + 1)
                    && !t.is(i, Lexicon.SURNAME | Lexicon.CITY | Lexicon.STATE)
                    && !t.is(i + 1, Lexicon.COMMON | Lexicon.MEASURE | Lexicon.UNIT)
                    && !ambiguous(t, i)) {
                p.add(i, i + 2, PhiCategory.NAME, GIVEN, 0.6f);
                return i + 2;
            }
            return -1;
        }
        int end = grow(t, i, Letters.CAPITAL, 4);
        if (end == i) {
            return -1;
        }
        boolean disease = t.is(end, Lexicon.DISEASE_NOUN)
                || t.is(end - 1, Lexicon.DISEASE_NOUN)
                || (end == i + 3 && t.mark(i + 1, '-') && !t.is(i + 2, Lexicon.GIVEN_NAME | Lexicon.SURNAME))
                || (t.attachedMark(end, '\'') && t.is(end + 2, Lexicon.DISEASE_NOUN))
                || (t.mark(end, '-') && t.upperFirst(end + 1));
        if (disease || (t.is(end, Lexicon.STREET_SUFFIX | Lexicon.FACILITY_HEAD) && t.upperFirst(end))) {
            return -1;
        }
        int parts = words(t, i, end);
        int from = t.attachedTo(i, '\'') && t.word(i - 2) && t.length(i - 2) <= 2 && t.upperFirst(i - 2) ? i - 2 : i;
        float score;
        if (parts >= 2) {
            if (t.allCapitals(i + 1) && t.length(i + 1) > 1 && t.anyLowerCase() && end == i + 2) {
                parts = 1;
                end = i + 1;
            }
        }
        if (t.mark(i - 1, ',')
                && t.upperFirst(i - 2)
                && !t.lineBefore(i)
                && isPart(t, i - 2, Letters.CAPITAL)
                && (t.is(i - 2, Lexicon.SURNAME)
                        || (t.sentenceStart(i - 2)
                                && !t.is(i - 2, Lexicon.GIVEN_NAME | Lexicon.CITY | Lexicon.STATE)))) {
            from = i - 2;
            parts = Math.max(parts, 2);
        }
        if (parts >= 2 || end - i >= 2) {
            score = 0.8f;
        } else {
            if (ambiguous(t, i)
                    || t.is(i, Lexicon.SURNAME | Lexicon.CITY | Lexicon.STATE | Lexicon.MONTH | Lexicon.COMMON)
                    || t.allCapitals(i)) {
                return -1;
            }
            score = 0.55f;
        }
        p.add(from, end, PhiCategory.NAME, GIVEN, score);
        return end;
    }

    /** Returns whether a given name is that of a saint, after whom places and what comes from there are called: St. Louis encephalitis. */
    private static boolean isSaint(Tokens t, int i) {
        return t.is(i - 1, "st") || (t.mark(i - 1, '.') && t.is(i - 2, "st"));
    }

    private static boolean ambiguous(Tokens t, int i) {
        return t.is(i, Lexicon.AMBIGUOUS_NAME);
    }

    /** Proposes a name whose given names are initials: J. Smith, J.R. Smith. */
    static int recognizeInitial(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) != 1
                || !t.upperFirst(i)
                || !t.attachedMark(i + 1, '.')
                || t.attachedTo(i, '.')
                || (t.attached(i) && t.number(i - 1))) {
            return -1;
        }
        int at = i + 2;
        int initials = 1;
        while (initials < 3
                && t.word(at)
                && t.length(at) == 1
                && t.upperFirst(at)
                && t.attachedMark(at + 1, '.')
                && !t.lineBefore(at)) {
            initials++;
            at += 2;
        }
        if (t.capitalised(at) && t.length(at) > 1 && !t.lineBefore(at) && isPart(t, at, Letters.CAPITAL)) {
            boolean item = t.lineBefore(i) && initials == 1 && !t.is(at, Lexicon.SURNAME);
            boolean known = t.is(at, Lexicon.SURNAME);
            boolean middle = t.capitalised(i - 1)
                    && t.length(i - 1) > 1
                    && !t.lineBefore(i)
                    && isPart(t, i - 1, Letters.CAPITAL);
            if (middle) {
                int end = grow(t, at, Letters.CAPITAL, 2);
                p.add(i - 1, end, PhiCategory.NAME, "name.initials", 0.7f);
                return end;
            }
            if (!item && (known || (t.word(i - 1) && !t.lineBefore(i)) || initials > 1)) {
                int end = grow(t, at, Letters.CAPITAL, 2);
                p.add(i, end, PhiCategory.NAME, "name.initials", known ? 0.75f : 0.6f);
                return end;
            }
            return -1;
        }
        if (initials >= 2 && !isDegree(t, i)) {
            int next = t.mark(at, ',') ? at + 1 : at;
            boolean aged = (t.mark(at, ',') && (t.number(next) || t.is(next, "a")))
                    || (t.is(at, "is") && (t.is(at + 1, "a") || t.is(at + 1, "an")))
                    || (t.mark(at, '(') && t.is(at + 1, Lexicon.LABEL));
            boolean patient = t.is(i - 1, "patient") || t.is(i - 1, "pt") || (t.mark(i - 1, '.') && t.is(i - 2, "pt"));
            boolean subject = initials == 2
                    && !t.is(i, "u")
                    && (t.is(at, "takes")
                            || t.is(at, "has")
                            || t.is(at, "is")
                            || t.is(at, "was")
                            || t.is(at, "reports")
                            || t.is(at, "presents"));
            boolean person = t.is(i - 1, "old")
                    || t.is(i - 1, "male")
                    || t.is(i - 1, "female")
                    || t.is(i - 1, "man")
                    || t.is(i - 1, "woman")
                    || t.is(i - 1, "initials")
                    || (t.mark(i - 1, ':') && t.is(i - 2, "initials"));
            if (aged || patient || subject || person) {
                p.add(i, at, PhiCategory.NAME, "name.initials", 0.65f);
                return at;
            }
        }
        return -1;
    }

    /** Proposes the two letters behind Pt that stand for a name: Pt LT in the nursery. */
    static void recognizeInitialsOfPatient(Passage p, int i) {
        Tokens t = p.tokens;
        int at = t.attachedMark(i + 1, '.') ? i + 2 : i + 1;
        int next = at + 1;
        boolean goesOn = t.mark(next, ',')
                ? !t.spaceBefore(next)
                : t.spaceBefore(next) && (t.is(next, Lexicon.FUNCTION_WORD) || t.is(next, "with") || t.mark(next, '('));
        if (goesOn && !t.lineBefore(at) && isInitials(t, at)) {
            p.add(at, at + 1, PhiCategory.NAME, "name.initials", 0.65f);
        }
    }

    /** Proposes the two letters at the beginning of a sentence that an age follows: GA 2 y/o. */
    static void recognizeInitialsBeforeAge(Passage p, int age) {
        Tokens t = p.tokens;
        int at = age - 1;
        if (t.spaceBefore(age)
                && isInitials(t, at)
                && (at == 0 || t.sentenceStart(at))
                && AgeRecognizer.isAge(t, age)) {
            p.add(at, at + 1, PhiCategory.NAME, "name.initials", 0.65f);
        }
    }

    /** Returns whether a token may be the initials of a name: two capitals that are short for nothing else in a note. */
    private static boolean isInitials(Tokens t, int i) {
        boolean alone = !t.attached(i + 1) || t.mark(i + 1, ',');
        if (!alone || !t.word(i) || t.length(i) != 2 || !t.allCapitals(i) || t.is(i, NOT_INITIALS)) {
            return false;
        }
        for (String abbreviation : ABBREVIATIONS) {
            if (t.is(i, abbreviation)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether two letters with full stops, behind a comma, say what somebody is: Ada Quill, M.D. */
    private static boolean isDegree(Tokens t, int i) {
        if (!t.mark(i - 1, ',')) {
            return false;
        }
        return (t.is(i, "m") && t.is(i + 2, "d"))
                || (t.is(i, "d") && (t.is(i + 2, "o") || t.is(i + 2, "c")))
                || (t.is(i, "r") && t.is(i + 2, "n"))
                || (t.is(i, "n") && t.is(i + 2, "p"))
                || (t.is(i, "p") && t.is(i + 2, "a"));
    }
}
