package dev.anteroom.phi;

import dev.anteroom.phi.LabelPhrase.Shape;
import dev.anteroom.phi.LabelPhrase.Strength;

/** Finds the values that labels announce, in prose, forms and field notation. The label stays. Stateless. */
final class LabelledRecognizer {

    private static final int LONGEST_VALUE = 64;
    private static final int LONGEST_FIELD = 160;
    private static final int MOST_FIELD_TOKENS = 24;
    private static final int SEPARATORS = 10;
    private static final int MOST_WORDS_BETWEEN = 7;
    private static final int LEAST_DISTANT_DIGITS = 4;
    private static final int LEAST_TEMPLATE_CHARS = 6;

    private static final long EXPLICIT = 1L << 32;
    private static final long SUFFIX = 1L << 33;
    private static final long COPULA = 1L << 34;

    private LabelledRecognizer() {}

    /** Looks for a value after the label that begins at a token; returns the token after the label, or the next token where there is none. */
    static int recognize(Passage p, int i) {
        if (p.tokens.attachedTo(i, '/') && p.tokens.is(i, Lexicon.UNIT)) {
            return i + 1;
        }
        long label = Labels.longest(p.tokens, i);
        if (label < 0) {
            return i + 1;
        }
        LabelPhrase phrase = Labels.phrase(label);
        int after = Labels.after(label);
        recognize(p, i, after, phrase);
        LabelPhrase second = Labels.secondMeaning(phrase);
        if (second != null) {
            recognize(p, i, after, second);
        }
        return after;
    }

    /** Looks for a value after the name of a field whose words are joined by capitals, such as {@code guarantorPhone}. */
    static void recognizeKey(Passage p, int i) {
        Tokens t = p.tokens;
        int after = i + 1;
        boolean key = t.attachedMark(after, '"')
                || t.attachedMark(after, '\'')
                || t.attachedMark(after, ':')
                || t.attachedMark(after, '=')
                || t.attachedMark(after, '>');
        if (!key || !t.camelCase(i)) {
            return;
        }
        LabelPhrase phrase = Labels.ofField(p.text.subSequence(t.start(i), t.end(i)));
        if (phrase != null) {
            recognize(p, i, after, phrase);
        }
    }

    private static void recognize(Passage p, int i, int after, LabelPhrase phrase) {
        if (phrase.shape() == Shape.NOTHING) {
            return;
        }
        long found = value(p, after, phrase);
        if (found < 0 || !p.tokens.number((int) found)) {
            int distant = distantNumber(p.tokens, after, phrase);
            if (distant < 0 && isTold(phrase)) {
                distant = AnswerRecognizer.value(p, i, after);
            }
            found = distant < 0 ? found : EXPLICIT | distant;
        }
        if (isTold(phrase) && (found < 0 || !p.tokens.number((int) found))) {
            AnswerRecognizer.recognizeBefore(p, i, phrase);
        }
        if (found < 0) {
            return;
        }
        int at = behindResource(p.tokens, i, (int) found);
        boolean explicit = (found & EXPLICIT) != 0;
        boolean suffix = (found & SUFFIX) != 0;
        boolean copula = (found & COPULA) != 0;
        Tokens t = p.tokens;
        boolean reached = switch (phrase.strength()) {
            case STRONG -> true;
            case WEAK ->
                explicit
                        || suffix
                        || phrase.shape() == Shape.PERSON
                        || phrase.shape() == Shape.IDENTIFIER
                        || (phrase.shape() == Shape.CHUNK && t.word(at) && t.attachedNumber(at + 1));
            case FIELD -> explicit;
            case KEY -> explicit && p.tokens.mark(i - 1, '"') && p.tokens.mark(after, '"');
        };
        if (!reached) {
            return;
        }
        if (isNumber(phrase) && phrase.category() != PhiCategory.IP && spelled(p, phrase, at)) {
            return;
        }
        switch (phrase.shape()) {
            case IDENTIFIER -> identifiers(p, phrase, at, explicit || suffix);
            case CHUNK -> chunk(p, phrase, at, explicit);
            case PERSON -> NameRecognizer.recognizeLabelled(p, phrase, i, at, explicit, copula);
            case PLACE -> AddressRecognizer.recognizePlace(p, at, explicit, phrase.layer());
            case ADDRESS -> AddressRecognizer.recognizeLabelledAddress(p, at, phrase.layer());
            case POSTAL_CODE -> AddressRecognizer.recognizePostalCode(p, at, phrase.layer());
            case DATE -> DateRecognizer.recognizeLabelled(p, at, phrase.layer());
            case AGE -> AgeRecognizer.recognizeLabelled(p, at, phrase.layer());
            case PHONE -> {
                boolean shortNumber = t.is(after - 1, "ext")
                        || t.is(after - 1, "extension")
                        || t.is(after - 1, "pager")
                        || t.is(after - 1, "beeper")
                        || endsIn(t, at - 1);
                PhoneRecognizer.recognizeLabelled(p, at, phrase.category(), phrase.layer(), shortNumber);
            }
            case ORGANISATION -> FacilityRecognizer.recognizeLabelled(p, i, at, explicit, phrase.layer());
            case NOTHING -> {}
        }
    }

    /** Returns where the identifier begins in a reference of FHIR, behind the type of resource: {@code Patient/48217}. */
    private static int behindResource(Tokens t, int label, int at) {
        boolean typed =
                t.is(label, "reference") && t.capitalised(at) && t.attachedMark(at + 1, '/') && t.attached(at + 2);
        return typed ? at + 2 : at;
    }

    /** Whether a token is the second word of "ending in" or "ends in", which a few digits of a number follow. */
    private static boolean endsIn(Tokens t, int at) {
        return t.is(at, "in") && (t.is(at - 1, "ending") || t.is(at - 1, "ends"));
    }

    private static boolean isNumber(LabelPhrase phrase) {
        return switch (phrase.shape()) {
            case IDENTIFIER, PHONE, POSTAL_CODE -> true;
            case CHUNK, PERSON, PLACE, ADDRESS, DATE, AGE, ORGANISATION, NOTHING -> false;
        };
    }

    /** Whether a value may stand far from its label: in an answer, or before it. */
    private static boolean isTold(LabelPhrase phrase) {
        return phrase.strength() == Strength.STRONG && isNumber(phrase);
    }

    /** Proposes the number that is told digit by digit at a token. */
    private static boolean spelled(Passage p, LabelPhrase phrase, int at) {
        Tokens t = p.tokens;
        int first = t.mark(at, '(') ? at + 1 : at;
        if (!SpelledNumberRecognizer.begins(t, first)) {
            return false;
        }
        int end = SpelledNumberRecognizer.end(t, first);
        if (SpelledNumberRecognizer.digits(t, at, end) < LEAST_DISTANT_DIGITS || ClinicalGrammar.unitAfter(t, end)) {
            return false;
        }
        p.add(at, end, phrase.category(), phrase.layer(), 0.9f);
        return true;
    }

    /**
     * Returns the number that a sentence gives to its label after some words, or -1: "the MRN on the wristband is 11269", "asked for the
     * postal code and I said 28274".
     */
    private static int distantNumber(Tokens t, int after, LabelPhrase phrase) {
        boolean postal = phrase.shape() == Shape.POSTAL_CODE;
        if (!postal && (phrase.shape() != Shape.IDENTIFIER || phrase.strength() != Strength.STRONG)) {
            return -1;
        }
        for (int at = after; at < after + MOST_WORDS_BETWEEN && t.word(at) && !t.lineBefore(at); at++) {
            boolean told = t.is(at, "is")
                    || t.is(at, "was")
                    || t.is(at, "reads")
                    || t.is(at, "says")
                    || t.is(at, "shows")
                    || (postal && (t.is(at, "said") || t.is(at, "gave")));
            int number = told && t.allCapitals(at + 1) && t.length(at + 1) <= 4 && t.attachedMark(at + 2, '-')
                    ? at + 3
                    : at + 1;
            if (told && t.number(number) && !t.lineBefore(at + 1) && t.length(number) >= LEAST_DISTANT_DIGITS) {
                return at + 1;
            }
        }
        return -1;
    }

    /** Returns the first token of the value after a label with what stood between, or -1. */
    private static long value(Passage p, int after, LabelPhrase phrase) {
        Tokens t = p.tokens;
        int at = after;
        long found = t.has(after) && TableRecognizer.isTab(p, after) ? EXPLICIT : 0;
        boolean identifier =
                phrase.shape() == Shape.IDENTIFIER || phrase.shape() == Shape.PHONE || phrase.shape() == Shape.CHUNK;
        boolean lines = t.lineBefore(after);
        for (int steps = 0; steps < SEPARATORS && t.has(at); steps++) {
            if (t.lineBefore(at) && at > after) {
                if (lines) {
                    return -1;
                }
                lines = true;
            }
            if (t.number(at)) {
                boolean four = t.length(at) == 1 && t.value(at) == 4 && t.is(at + 1, "digits");
                if (!four) {
                    break;
                }
                at += 2;
                continue;
            }
            if (t.word(at)) {
                if (identifier && (found & EXPLICIT) == 0 && t.is(at, Lexicon.LABEL_SUFFIX)) {
                    found |= SUFFIX;
                    at++;
                } else if (t.is(at, Lexicon.COPULA) && !(t.is(at, "of") && !identifier) && !t.attached(at + 1)) {
                    found |= COPULA
                            | (identifier && phrase.strength() == Strength.STRONG && !t.is(at, "of") ? SUFFIX : 0);
                    at++;
                } else if (identifier && endsIn(t, at)) {
                    found |= phrase.category() == PhiCategory.ACCOUNT ? SUFFIX : 0;
                    at++;
                } else if (identifier
                        && (t.is(at, "ending")
                                || t.is(at, "ends")
                                || (t.is(at, "with") && t.is(at - 1, "ends"))
                                || (t.is(at, "last") && phrase.category() == PhiCategory.SSN)
                                || (t.is(at, "four") && !SpelledNumberRecognizer.begins(t, at))
                                || t.is(at, "digits"))) {
                    at++;
                } else {
                    break;
                }
                continue;
            }
            char c = t.first(at);
            if (c == '<' && Markup.tagEnd(t, at) > 0) {
                found |= EXPLICIT;
                at = Markup.tagEnd(t, at);
            } else if (c == '.' && t.mark(at + 1, '.')) {
                while (t.mark(at, '.')) {
                    at++;
                }
            } else if (c == '(' && t.word(at + 1) && (t.mark(at + 2, ')') || t.mark(at + 3, ')'))) {
                at = t.mark(at + 2, ')') ? at + 3 : at + 4;
            } else if (c == '|' && t.attachedMark(at + 1, '|') && t.attachedMark(at + 2, '|')) {
                // Empty fields: the value of this one is not behind them.
                break;
            } else if (c == ':' || c == '=' || c == '#' || c == '|' || c == '>') {
                found |= EXPLICIT;
                at++;
            } else if (c == '-' && t.spaceBefore(at)) {
                found |= EXPLICIT;
                at++;
            } else if (c == '"'
                    || c == '\''
                    || c == '*'
                    || c == '`'
                    || c == '_'
                    || c == '\\'
                    || c == '-'
                    || (c == '.' && t.attached(at))
                    || c == ')'
                    || (c == '/' && t.attached(at))
                    || (c == ',' && identifier && phrase.strength() == Strength.STRONG)
                    || (c == '[' && (identifier || t.mark(at + 1, '"')))
                    || c == '~'
                    || (c == '(' && phrase.shape() != Shape.PHONE && identifier)) {
                at++;
            } else {
                break;
            }
        }
        if (!t.has(at) || (lines && phrase.strength() != Strength.STRONG && (found & EXPLICIT) == 0)) {
            return -1;
        }
        return found | at;
    }

    private static void chunk(Passage p, LabelPhrase phrase, int at, boolean explicit) {
        Tokens t = p.tokens;
        int end = at + 1;
        while (t.attached(end)
                && end - at < LONGEST_VALUE
                && !t.mark(end, '"')
                && !t.mark(end, ',')
                && !t.mark(end, ';')
                && !t.mark(end, '|')) {
            end++;
        }
        while (end > at + 1 && (t.mark(end - 1, '.') || t.mark(end - 1, ')') || t.mark(end - 1, '\''))) {
            end--;
        }
        boolean digits = false;
        for (int i = at; i < end; i++) {
            digits |= t.number(i);
        }
        if ((explicit || digits) && !t.mark(at) && (end - at > 1 || !t.is(at, Lexicon.COMMON))) {
            p.add(at, end, phrase.category(), phrase.layer(), 0.8f);
        }
    }

    /** One identifier, or several with commas or "and" between them. */
    private static void identifiers(Passage p, LabelPhrase phrase, int first, boolean explicit) {
        Tokens t = p.tokens;
        int at = first;
        int size = 0;
        while (true) {
            int end = identifierEnd(t, at, phrase);
            int digits = 0;
            for (int i = at; i < end; i++) {
                digits += t.number(i) ? t.length(i) : 0;
            }
            if (end < 0
                    || AgeRecognizer.isAge(t, at)
                    || !accepted(p, phrase, at, end, digits, explicit)
                    || (size > 0 && Math.abs(size - digits) > 1)) {
                return;
            }
            // Among capitals a preposition is no part of what stands behind it: PACEMAKER FROM 2011.
            p.add(AddressRecognizer.goesOn(t, at) ? at + 1 : at, end, phrase.category(), phrase.layer(), 0.95f);
            size = digits;
            int next = end;
            if (t.mark(next, ',') || t.mark(next, ';') || t.mark(next, '&')) {
                next++;
            }
            if (t.is(next, "and") || t.is(next, "or")) {
                next++;
            }
            if (next == end || size < 4 || t.mark(next) || t.is(next, Lexicon.LABEL)) {
                return;
            }
            at = next;
        }
    }

    private static boolean accepted(Passage p, LabelPhrase phrase, int at, int end, int digits, boolean explicit) {
        Tokens t = p.tokens;
        boolean strong = phrase.strength() == Strength.STRONG;
        int characters = t.end(end - 1) - t.start(at);
        if (phrase.category() == PhiCategory.SSN) {
            return digits == 4 || (digits >= 7 && digits <= 12);
        }
        if (phrase.category() == PhiCategory.BIOMETRIC && digits > 0 && characters >= LEAST_TEMPLATE_CHARS) {
            return true;
        }
        boolean plate = phrase.category() == PhiCategory.VEHICLE
                && end == at + 2
                && digits >= 3
                && characters - digits <= 5
                && t.word(at)
                && t.length(at) <= 4
                && !t.is(at, Lexicon.COMMON | Lexicon.COPULA | Lexicon.UNIT)
                && !ClinicalGrammar.unitAfter(t, end);
        if (plate) {
            return true;
        }
        if (digits < (strong ? explicit ? 2 : 3 : 4) && !(digits >= 2 && characters >= 5 && explicit)) {
            return false;
        }
        if (digits == characters && digits < 4 && ClinicalGrammar.unitAfter(t, end)) {
            return false;
        }
        if (end == at + 1
                && t.number(at)
                && ((t.attachedMark(end, '-') && t.is(end + 1, Lexicon.DURATION | Lexicon.UNIT)) || t.is(end, "yo"))) {
            return false;
        }
        if (strong) {
            return true;
        }
        boolean mixed = digits < characters && digits >= 3 && characters >= 6;
        if (!explicit && ((digits < 5 && !mixed) || t.lineBefore(at))) {
            return false;
        }
        if (ClinicalGrammar.unitAfter(t, end) || (DateRecognizer.isYear(t, at) && end == at + 1)) {
            return false;
        }
        int date = DateRecognizer.end(p, at, false);
        return date < 0 || date < end;
    }

    /** Returns the token after the identifier at a token, or -1. */
    private static int identifierEnd(Tokens t, int at, LabelPhrase phrase) {
        if (t.mark(at) && !(t.mark(at, '(') && phrase.category() == PhiCategory.DEVICE)) {
            return -1;
        }
        int end = at;
        boolean digits = false;
        boolean address = phrase.category() == PhiCategory.IP;
        while (t.has(end)
                && (end == at || t.attached(end) || isSpacedDigit(t, end) || (address && isSpacedAddress(t, end)))
                && t.end(end) - t.start(at) <= LONGEST_VALUE) {
            if (t.mark(end)) {
                char c = t.first(end);
                boolean inner = c == '-'
                        || c == '/'
                        || c == '.'
                        || c == '_'
                        || c == '*'
                        || c == '#'
                        || c == '\\'
                        || c == '+'
                        || c == '^'
                        || ((c == '(' || c == ')') && phrase.category() == PhiCategory.DEVICE)
                        || (c == '=' && phrase.category() == PhiCategory.BIOMETRIC)
                        || (c == ':' && address);
                if (!inner
                        || (end > at
                                && !(t.attachedNumber(end + 1)
                                        || t.attachedWord(end + 1)
                                        || (c == ':' && t.attachedMark(end + 1, ':'))))
                        || (c == '.' && t.attachedWord(end + 1) && (t.capitalised(end + 1) || t.length(end + 1) > 4))) {
                    break;
                }
            }
            boolean foreign = (t.word(end)
                            && end > at
                            && (isLong(t, end, phrase)
                                    || (t.is(end, Lexicon.DURATION | Lexicon.UNIT)
                                            && t.number(end - 1)
                                            && !t.attachedNumber(end + 1)
                                            && end == at + 1)))
                    || (t.word(end) && end == at && isLong(t, end, phrase) && !t.attachedMark(end + 1, '-'));
            if (foreign) {
                return digits && isLong(t, end, phrase) ? end : -1;
            }
            if (t.word(end) && t.is(end, "year") && t.attachedTo(end, '-')) {
                return -1;
            }
            digits |= t.number(end);
            end++;
        }
        if (!digits
                && t.number(end)
                && end - at == 1
                && t.length(at) <= 4
                && (t.allCapitals(at) || phrase.category() == PhiCategory.VEHICLE)
                && !t.lineBefore(end)) {
            digits = true;
            end++;
            while (end - at < LONGEST_VALUE && t.attached(end) && !t.mark(end)) {
                end++;
            }
        }
        if (!digits) {
            return -1;
        }
        for (int groups = 0; groups < 6; groups++) {
            int next = t.mark(end, '-') || t.mark(end, '/') ? end + 1 : end;
            boolean grouped = t.number(end - 1)
                    && t.length(end - 1) <= 4
                    && t.number(next)
                    && (!t.lineBefore(next) || isBroken(t, next, phrase))
                    && t.length(next) >= 2
                    && t.length(next) <= 4
                    && !ClinicalGrammar.unitAfter(t, next + 1)
                    && !((t.attachedMark(next + 1, '/') || t.attachedMark(next + 1, '.'))
                            && t.attachedNumber(next + 2));
            if (!grouped
                    || (groups == 0
                            && end - at == 1
                            && t.length(at) == 4
                            && t.length(next) == 4
                            && DateRecognizer.isYear(t, next)
                            && next == end)) {
                break;
            }
            end = next + 1;
        }
        return end;
    }

    /** Whether a word is too long for an identifier; a vehicle's may have any number of letters before a digit. */
    private static boolean isLong(Tokens t, int word, LabelPhrase phrase) {
        return t.length(word) > 8 && !(phrase.category() == PhiCategory.VEHICLE && t.attachedNumber(word + 1));
    }

    /** Whether a digit with a space before it goes on with digits that are written one by one. */
    private static boolean isSpacedDigit(Tokens t, int i) {
        return t.number(i)
                && t.length(i) == 1
                && !t.lineBefore(i)
                && t.number(i - 1)
                && (t.length(i - 1) == 1 || (t.number(i + 1) && t.length(i + 1) == 1))
                && (!ClinicalGrammar.unitAfter(t, i + 1)
                        || t.is(i + 1, "in")
                        || (t.attachedWord(i + 1) && t.attachedNumber(i + 2)));
    }

    /** Whether an address of the net goes on after a space, its digits being written one by one. */
    private static boolean isSpacedAddress(Tokens t, int i) {
        return t.number(i)
                && !t.lineBefore(i)
                && t.number(i - 1)
                && (t.length(i) == 1 || t.length(i - 1) == 1)
                && (t.length(i) + t.length(i - 1) <= 3 || t.attached(i + 1));
    }

    /** Whether the groups of a number go on after a line break. */
    private static boolean isBroken(Tokens t, int next, LabelPhrase phrase) {
        return phrase.category() == PhiCategory.SSN
                || (phrase.category() == PhiCategory.ACCOUNT && t.length(next - 1) == 4 && t.length(next) == 4);
    }

    /** Proposes all of a field's value, the tokens in {@code [from, to)}, where the field's name says what it is. */
    static void recognizeField(Passage p, LabelPhrase phrase, int from, int to) {
        Tokens t = p.tokens;
        int count = to - from;
        if (count <= 0 || count > MOST_FIELD_TOKENS || t.end(to - 1) - t.start(from) > LONGEST_FIELD) {
            return;
        }
        int digits = 0;
        int letters = 0;
        boolean common = true;
        for (int i = from; i < to; i++) {
            digits += t.number(i) ? t.length(i) : 0;
            letters += t.word(i) ? t.length(i) : 0;
            common &= !t.word(i) || (t.is(i, Lexicon.COMMON) && !t.is(i, Lexicon.GIVEN_NAME | Lexicon.SURNAME));
        }
        boolean known = count == 1 && t.is(from, Lexicon.STATE | Lexicon.STATE_ABBREVIATION | Lexicon.COMMON);
        boolean whole = switch (phrase.shape()) {
            case IDENTIFIER -> digits >= (phrase.category() == PhiCategory.ID ? 3 : 2) && count <= 20;
            case CHUNK -> count <= 12 && !common;
            case PERSON -> letters >= 2 && count <= 12 && digits == 0 && !common;
            case PLACE, ORGANISATION -> letters >= 2 && count <= 12 && !known;
            case ADDRESS -> letters + digits >= 2 && (digits > 0 || count <= 8);
            case POSTAL_CODE -> digits >= 3 || (digits == 2 && letters <= 5);
            case DATE -> digits >= 2 && !(count == 1 && DateRecognizer.isYear(t, from));
            case PHONE -> digits >= 4;
            case AGE -> count == 1 && t.value(from) >= 90;
            case NOTHING -> false;
        };
        LabelPhrase second = whole ? null : Labels.secondMeaning(phrase);
        if (second != null) {
            recognizeField(p, second, from, to);
        } else if (whole) {
            p.add(from, to, phrase.category(), phrase.layer(), 0.93f);
        }
    }
}
