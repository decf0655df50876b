package dev.anteroom.phi;

import java.util.BitSet;

/**
 * Finds postal codes of other countries, and the street beside them: by a form that nothing else has, by the place before or after them, or at
 * the end of an address of several lines. Stateless.
 */
final class PostalRecognizer {

    private static final String CODE = "location.postal";
    private static final String STREET = "location.street";
    private static final int MOST_PLACE_WORDS = 4;
    private static final int MOST_BLOCK_TOKENS = 14;
    private static final int MOST_BLOCK_LINES = 5;

    private static final long NO_PLACE = Lexicon.COMMON
            | Lexicon.LABEL
            | Lexicon.MEASURE
            | Lexicon.NUMBERED
            | Lexicon.CODE_LABEL
            | Lexicon.UNIT
            | Lexicon.DURATION
            | Lexicon.MONTH
            | Lexicon.WEEKDAY
            | Lexicon.TITLE
            | Lexicon.CREDENTIAL
            | Lexicon.DISEASE_NOUN;

    /** The letters with which British codes begin: one, or two at 26 times the first and the second. */
    private static final BitSet BRITISH_AREAS = british(
            "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA"
                    + " HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE"
                    + " PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR"
                    + " WS WV YO ZE");

    private static final String NOT_BRITISH_INWARD = "CIKMOV";
    private static final String NOT_CANADIAN = "DFIOQU";

    /** What words for a street end with in German, Dutch and Nordic languages, as folded. */
    private static final String[] STREET_ENDS =
            ("strasse gasse weg platz allee ufer damm laan straat gracht plein gade gata gatan gaten vej vejen vagen veien katu tie"
                            + " straeti stien utca")
                    .split(" ");

    /** Words for a street that stand before its name. */
    private static final String[] STREET_WORDS =
            "rue via viale piazza corso calle avenida paseo rua ulica ul chemin quai boulevard avenue".split(" ");

    private static final String[] COUNTRIES =
            "a at b be ch cz d de dk e es f fi fin fr gr hr hu i it l lt lu lv n nl no p pl pt ro s se si sk"
                    .split(" ");

    private PostalRecognizer() {}

    private static BitSet british(String areas) {
        BitSet set = new BitSet();
        for (String area : areas.split(" ")) {
            set.set(area.length() == 1 ? area.charAt(0) - 'A' : area(area.charAt(0), area.charAt(1)));
        }
        return set;
    }

    private static int area(char first, char second) {
        return 26 + (first - 'A') * 26 + second - 'A';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Proposes the British or Canadian code that begins at a word of one or two letters with a number attached. */
    static void recognizeLettered(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.attached(i) && !t.mark(i - 1)) {
            return;
        }
        int end = canadian(p, i);
        if (end < 0) {
            end = british(p, i);
        }
        if (end > 0 && !t.attachedWord(end) && !t.attachedNumber(end)) {
            p.add(i, end, PhiCategory.LOCATION, CODE, 0.8f);
        }
    }

    /** Letter, digit, letter; digit, letter, digit. */
    private static int canadian(Passage p, int i) {
        Tokens t = p.tokens;
        int second = t.mark(i + 3, '-') ? i + 4 : i + 3;
        boolean shape = t.length(i) == 1
                && t.attachedNumber(i + 1)
                && t.length(i + 1) == 1
                && t.attachedWord(i + 2)
                && t.length(i + 2) == 1
                && t.number(second)
                && t.length(second) == 1
                && (second == i + 4 || !t.attached(second))
                && !t.lineBefore(second)
                && t.attachedWord(second + 1)
                && t.length(second + 1) == 1
                && t.attachedNumber(second + 2)
                && t.length(second + 2) == 1;
        return shape
                        && isCanadian(t.first(i))
                        && t.first(i) != 'W'
                        && t.first(i) != 'Z'
                        && isCanadian(t.first(i + 2))
                        && isCanadian(t.first(second + 1))
                ? second + 3
                : -1;
    }

    private static boolean isCanadian(char c) {
        return isCapital(c) && NOT_CANADIAN.indexOf(c) < 0;
    }

    /** An area, a district; a digit and two letters, which no unit and no ordinal number is. */
    private static int british(Passage p, int i) {
        Tokens t = p.tokens;
        if (!t.allCapitals(i) || t.length(i) > 2 || !t.attachedNumber(i + 1) || t.length(i + 1) > 2) {
            return -1;
        }
        char first = t.first(i);
        char second = p.chars[t.end(i) - 1];
        if (!isCapital(first)
                || !isCapital(second)
                || !BRITISH_AREAS.get(t.length(i) == 1 ? first - 'A' : area(first, second))) {
            return -1;
        }
        int inward = i + 2;
        if (t.attachedWord(inward) && t.length(inward) == 1 && t.allCapitals(inward)) {
            inward++;
        }
        int letters = inward + 1;
        if (!t.number(inward)
                || t.attached(inward)
                || t.lineBefore(inward)
                || t.length(inward) != 1
                || !t.attachedWord(letters)
                || t.length(letters) != 2
                || !t.allCapitals(letters)
                || t.is(letters, Lexicon.UNIT | Lexicon.DURATION)
                || t.is(letters, "st")
                || t.is(letters, "nd")
                || t.is(letters, "rd")
                || t.is(letters, "th")) {
            return -1;
        }
        char third = t.first(letters);
        char fourth = p.chars[t.end(letters) - 1];
        return isCapital(third)
                        && isCapital(fourth)
                        && NOT_BRITISH_INWARD.indexOf(third) < 0
                        && NOT_BRITISH_INWARD.indexOf(fourth) < 0
                ? letters + 1
                : -1;
    }

    /** Proposes the code, or the house number and its street, that a number is by what stands beside it; returns the token after it, or -1. */
    static int recognizeNumber(Passage p, int i) {
        Tokens t = p.tokens;
        int length = t.length(i);
        if (length > 5 || i == 0) {
            return -1;
        }
        if (t.mark(i - 1)) {
            return marked(p, i);
        }
        if (!t.word(i - 1) || t.attached(i)) {
            return -1;
        }
        if (length <= 4 && t.wordId(i - 1) == 0 && !t.lineBefore(i)) {
            int end = street(p, i);
            if (end > 0) {
                return end;
            }
        }
        return length < 3 || t.lineBefore(i) ? -1 : placed(p, i);
    }

    /** A code behind the letters of its country, or behind the Japanese sign for one. */
    private static int marked(Passage p, int i) {
        Tokens t = p.tokens;
        char mark = t.first(i - 1);
        int end = -1;
        if (mark == '\u3012') {
            end = t.attachedMark(i + 1, '-') && t.attachedNumber(i + 2) ? i + 3 : i + 1;
            p.add(i, end, PhiCategory.LOCATION, CODE, 0.8f);
        } else if (mark == '-' && t.attached(i) && t.attached(i - 1) && isCountry(t, i - 2)) {
            end = codeEnd(t, i);
            if (end < 0 || !isPlaceWord(t, end) || t.lineBefore(end)) {
                return -1;
            }
            p.add(i - 2, placeEnd(t, end), PhiCategory.LOCATION, CODE, 0.75f);
        }
        return end;
    }

    private static boolean isCountry(Tokens t, int i) {
        if (!t.allCapitals(i) || t.length(i) > 3 || t.attached(i)) {
            return false;
        }
        for (String country : COUNTRIES) {
            if (t.is(i, country)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the token after a code of digits, of digits in two groups, or of digits and two letters; -1 where there is none. */
    private static int codeEnd(Tokens t, int i) {
        if (!t.number(i)) {
            return -1;
        }
        int length = t.length(i);
        int after = i + 1;
        boolean hyphen = t.attachedMark(after, '-') && t.attachedNumber(after + 1);
        if (hyphen) {
            int rest = t.length(after + 1);
            boolean two = (length == 2 && rest == 3) || (length == 4 && rest == 3) || (length == 3 && rest == 4);
            after += 2;
            return two && !t.attachedMark(after, '-') && !t.attachedNumber(after) && !t.attachedWord(after)
                    ? after
                    : -1;
        }
        if (length == 3 && t.number(after) && t.length(after) == 2 && !t.attached(after) && !t.lineBefore(after)) {
            after++;
        } else if (length == 4
                && t.allCapitals(after)
                && t.length(after) == 2
                && !t.lineBefore(after)
                && !t.is(after, NO_PLACE)) {
            after++;
        } else if (length < 4 || length > 5) {
            return -1;
        }
        boolean goesOn = t.attached(after)
                && (!t.mark(after) || t.attachedNumber(after + 1) || t.mark(after, '/') || t.mark(after, '%'));
        return goesOn ? -1 : after;
    }

    /** Returns whether a code is nothing but digits that may as well be a year. */
    private static boolean isPlainYear(Tokens t, int i, int end) {
        return end == i + 1 && DateRecognizer.isYear(t, i);
    }

    private static boolean isPlaceWord(Tokens t, int i) {
        return t.upperFirst(i) && t.length(i) > 1 && !t.camelCase(i) && (!t.is(i, NO_PLACE) || t.is(i, Lexicon.CITY));
    }

    private static int placeEnd(Tokens t, int from) {
        int end = from;
        while (end - from < MOST_PLACE_WORDS && isPlaceWord(t, end) && !(end > from && t.lineBefore(end))) {
            end++;
            if (t.attachedMark(end, '-') && t.attachedWord(end + 1)) {
                end += 2;
            }
        }
        return end;
    }

    /** A code behind a place that a preposition announces, or behind an Australian state. */
    private static int placed(Passage p, int i) {
        Tokens t = p.tokens;
        int end = codeEnd(t, i);
        if (end < 0 || isPlainYear(t, i, end) || (ClinicalGrammar.unitAfter(t, end) && !t.is(end, "in"))) {
            return -1;
        }
        if (end == i + 1 && t.length(i) == 4 && isAustralianState(t, i - 1) && isPlaceWord(t, i - 2)) {
            p.add(i, end, PhiCategory.LOCATION, CODE, 0.7f);
            return end;
        }
        int at = i - 1;
        boolean particles = false;
        boolean capitals = true;
        int words = 0;
        while (at > 0 && words < MOST_PLACE_WORDS && !t.lineBefore(at + 1) && !isPreposition(t, at)) {
            boolean particle = t.is(at, Lexicon.PARTICLE) || (t.length(at) == 1 && t.upperFirst(at));
            boolean unknown = t.word(at)
                    && !t.camelCase(at)
                    && (t.wordId(at) == 0
                            || t.is(at, Lexicon.CITY | Lexicon.SURNAME | Lexicon.GIVEN_NAME)
                            || (t.capitalised(at) && t.is(at - 1, Lexicon.PARTICLE)));
            if (!particle && !unknown) {
                return -1;
            }
            particles |= particle;
            capitals &= particle || t.upperFirst(at);
            words++;
            at--;
        }
        boolean telling = capitals || (particles && words >= 3 && t.length(i) == 5);
        if (words == 0 || !isPreposition(t, at) || !telling) {
            return -1;
        }
        p.add(at + 1, end, PhiCategory.LOCATION, CODE, 0.7f);
        return end;
    }

    private static boolean isPreposition(Tokens t, int i) {
        return t.is(i, "in") || t.is(i, "near");
    }

    private static boolean isAustralianState(Tokens t, int i) {
        return t.allCapitals(i)
                && (t.is(i, "nsw")
                        || t.is(i, "vic")
                        || t.is(i, "qld")
                        || t.is(i, "tas")
                        || t.is(i, "wa")
                        || t.is(i, "sa"));
    }

    /** A street whose house number stands behind it, as most of Europe writes, with what follows. */
    private static int street(Passage p, int i) {
        Tokens t = p.tokens;
        int from = -1;
        if (t.upperFirst(i - 1) && t.length(i - 1) > 5 && endsAsStreet(p, i - 1)) {
            from = i - 1;
        } else {
            for (int at = i - 2; at >= 0 && i - at <= MOST_PLACE_WORDS + 1; at--) {
                boolean particle = t.is(at + 1, Lexicon.PARTICLE);
                if (t.lineBefore(at + 1) || !(particle || t.upperFirst(at + 1))) {
                    break;
                }
                if (t.upperFirst(at) && isStreetWord(t, at)) {
                    from = at;
                    break;
                }
                if (t.attachedMark(at, '.') && at > 0 && t.is(at - 1, "ul")) {
                    from = at - 1;
                    break;
                }
            }
        }
        if (from < 0 || ClinicalGrammar.unitAfter(t, i + 1)) {
            return -1;
        }
        int end = i + 1;
        if (t.attachedWord(end) && t.length(end) == 1) {
            end++;
        }
        end = blockEnd(t, end);
        AddressRecognizer.addPlace(p, from, end, STREET, 0.8f);
        return end;
    }

    private static boolean endsAsStreet(Passage p, int word) {
        int start = p.tokens.start(word);
        int end = p.tokens.end(word);
        for (String street : STREET_ENDS) {
            int at = end - street.length();
            if (at - start >= 3 && matches(p.chars, at, street)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(char[] chars, int at, String word) {
        for (int k = 0; k < word.length(); k++) {
            if (Lexicon.lower(chars[at + k]) != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStreetWord(Tokens t, int i) {
        for (String word : STREET_WORDS) {
            if (t.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    /** Proposes the lines of an address around the flat or suite that is announced at a word. */
    static void recognizeFlat(Passage p, int i) {
        Tokens t = p.tokens;
        int number = t.attachedMark(i + 1, '.') ? i + 2 : i + 1;
        if (!t.upperFirst(i) || !t.number(number) || t.length(number) > 5 || t.lineBefore(number)) {
            return;
        }
        int from = i;
        int last = i;
        boolean word = false;
        while (i - last < 7
                && !t.lineBefore(last)
                && !t.mark(last - 1)
                && (t.number(last - 1) || t.upperFirst(last - 1))) {
            last--;
            word |= t.word(last);
            if (t.number(last)) {
                from = last;
            }
        }
        int end = number + 1;
        boolean street = from < i && word;
        if (t.number(end) && !t.lineBefore(end)) {
            int name = placeEnd(t, end + 1);
            if (name > end + 1 && t.number(name) && !t.lineBefore(name) && !ClinicalGrammar.unitAfter(t, name + 1)) {
                end = name + 1;
                street = true;
            }
        }
        if (street) {
            AddressRecognizer.addPlace(p, from, blockEnd(t, end), STREET, 0.8f);
        }
    }

    /** Returns the token after the code that ends an address over the lines that follow a street, or {@code from} where none does. */
    static int blockEnd(Tokens t, int from) {
        int lines = 0;
        for (int at = from; t.has(at) && at - from < MOST_BLOCK_TOKENS; at++) {
            lines += t.lineBefore(at) ? 1 : 0;
            if (lines > MOST_BLOCK_LINES) {
                return from;
            }
            if (t.number(at)) {
                int code = blockCodeEnd(t, at);
                return code > 0 && !(at == from && !t.lineBefore(at)) ? withPlace(t, from, at, code) : from;
            }
            boolean part = (t.word(at) && (t.upperFirst(at) || t.length(at) <= 3))
                    || t.mark(at, ',')
                    || t.mark(at, '-')
                    || t.mark(at, '\'');
            if (!part || t.is(at, Lexicon.LABEL) || AddressRecognizer.goesOn(t, at)) {
                return from;
            }
        }
        return from;
    }

    private static int blockCodeEnd(Tokens t, int at) {
        int end = codeEnd(t, at);
        boolean short3 = t.length(at) == 3 && (end < 0 || end == at + 1) && t.lineBefore(at) && t.lineBefore(at + 1);
        return short3 ? at + 1 : end;
    }

    /** A code ends its line, or a place follows it. */
    private static int withPlace(Tokens t, int from, int at, int code) {
        if (t.lineBefore(code) || t.mark(code)) {
            return code;
        }
        boolean first = at == from || t.mark(at - 1, ',') || t.lineBefore(at);
        int place = placeEnd(t, code);
        return first && place > code ? place : from;
    }
}
