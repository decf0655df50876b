package dev.anteroom.phi;

/** Finds places smaller than a state: street addresses, boxes, cities with their state, postal codes. Stateless. */
final class AddressRecognizer {

    private static final String STREET = "location.street";
    private static final String CITY = "location.city";
    private static final String POSTAL = "location.postal";
    private static final int LONGEST_LABELLED = 24;

    private AddressRecognizer() {}

    /** Returns the token after the street address that begins with a house number, having proposed it, or -1. */
    static int recognizeStreet(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) > 6
                || (t.attached(i)
                        && !t.mark(i - 1, '"')
                        && !t.mark(i - 1, '(')
                        && !t.mark(i - 1, '|')
                        && !t.mark(i - 1, ':')
                        && !t.mark(i - 1, '#')
                        && !t.mark(i - 1, ','))) {
            return -1;
        }
        int at = i + 1;
        if ((t.attachedMark(at, '-') && t.attachedNumber(at + 1))
                || (t.attachedMark(at, '/') && t.attachedNumber(at + 1))) {
            at += 2;
        }
        if (t.attachedWord(at) && t.length(at) == 1) {
            at++;
        }
        int first = at;
        if (t.is(first, Lexicon.FUNCTION_WORD) && !t.is(first, "the") && !t.is(first, "a")) {
            return -1;
        }
        boolean capitals = true;
        for (int words = 0; words < 6; words++) {
            if (!t.has(at) || (t.lineBefore(at) && words == 0)) {
                return -1;
            }
            if (t.word(at)) {
                if (goesOn(t, at) || t.is(at, "disease") || t.is(at, "syndrome")) {
                    return -1;
                }
                boolean capital = t.upperFirst(at);
                if (words > 0 && t.is(at, Lexicon.STREET_SUFFIX)) {
                    boolean plain = !t.is(at, Lexicon.AMBIGUOUS_STREET);
                    boolean longer = t.is(at + 1, Lexicon.STREET_SUFFIX)
                            && t.upperFirst(at + 1)
                            && !t.lineBefore(at + 1)
                            && words < 4;
                    if (!longer
                            && ((capitals
                                            && (capital || plain)
                                            && !(t.allCapitals(first) && t.is(first, Lexicon.UNIT | Lexicon.DURATION)))
                                    || (plain
                                            && words <= 3
                                            && !t.lowerCase(i)
                                            && !t.is(first, Lexicon.UNIT | Lexicon.DURATION))
                                    || (words <= 2
                                            && (t.is(at, "st") || t.is(at, "road") || t.is(at, "drive"))
                                            && t.lowerCase(first)
                                            && !t.is(first, Lexicon.COMMON | Lexicon.UNIT | Lexicon.DURATION)))) {
                        return addressFrom(p, i, at);
                    }
                }
                if ((t.is(at, Lexicon.UNIT | Lexicon.DURATION) && t.length(at) <= 3 && t.lowerCase(at))
                        || (t.lowerCase(at)
                                && t.is(at, Lexicon.COMMON)
                                && !t.is(at, Lexicon.ORDINAL)
                                && !t.is(at, Lexicon.SURNAME))) {
                    return -1;
                }
                capitals &= capital;
                at++;
                if (t.attachedMark(at, '.') && t.length(at - 1) <= 3) {
                    at++;
                }
                if (t.attachedMark(at, '\'') && t.attachedWord(at + 1)) {
                    at += 2;
                }
                if (t.attachedMark(at, '-') && t.attachedWord(at + 1)) {
                    at += 2;
                }
            } else if (t.number(at)
                    && t.length(at) <= 3
                    && t.attachedWord(at + 1)
                    && (t.is(at + 1, "st") || t.is(at + 1, "nd") || t.is(at + 1, "rd") || t.is(at + 1, "th"))) {
                at += 2;
            } else if (t.number(at)
                    && t.length(at) <= 4
                    && (t.is(at - 1, Lexicon.STREET_SUFFIX) || t.is(at - 1, "county"))) {
                return addressFrom(p, i, at);
            } else {
                return -1;
            }
        }
        return -1;
    }

    /** Returns whether a sentence goes on with a word, where nothing but the word tells: among capitals. */
    static boolean goesOn(Tokens t, int i) {
        return !t.anyLowerCase()
                && (t.is(i, Lexicon.FUNCTION_WORD) || t.is(i, "for") || t.is(i, "and") || t.is(i, "about"))
                && !t.is(i, "a");
    }

    /** Extends an address from its street suffix over unit, city, state and postal code. */
    private static int addressFrom(Passage p, int from, int suffix) {
        Tokens t = p.tokens;
        int end = suffix + 1;
        if (t.attachedMark(end, '.') && t.length(suffix) <= 4) {
            end++;
        }
        if (t.is(end, Lexicon.DIRECTION) && t.upperFirst(end) && !t.lineBefore(end)) {
            end++;
            if (t.attachedMark(end, '.') && t.length(end - 1) <= 2) {
                end++;
            }
        }
        if (t.number(end)
                && t.length(end) <= 4
                && (t.is(suffix, "highway") || t.is(suffix, "hwy") || t.is(suffix, "route"))) {
            end++;
        }
        end = unit(t, end);
        end = PostalRecognizer.blockEnd(t, locality(t, end));
        addPlace(p, from, end, STREET, 0.9f);
        return end;
    }

    /** Proposes a place, but for the state before its postal code or at its end: that may stand, as it may elsewhere. */
    static void addPlace(Passage p, int from, int end, String layer, float score) {
        Tokens t = p.tokens;
        int code = end - 1;
        if (t.number(code) && t.mark(code - 1, '-') && t.number(code - 2)) {
            code -= 2;
        }
        boolean coded = code >= from && t.number(code) && t.length(code) == 5;
        int after = coded ? code : end;
        while (after > from && t.mark(after - 1) && (t.mark(after - 1, ',') || t.mark(after - 1, '.'))) {
            after--;
        }
        int state = stateStart(t, from, after);
        if (state < 0) {
            p.add(from, end, PhiCategory.LOCATION, layer, score);
            return;
        }
        p.add(from, t.mark(state - 1, ',') ? state - 1 : state, PhiCategory.LOCATION, layer, score);
        if (coded) {
            p.add(code, end, PhiCategory.LOCATION, layer, score);
        }
    }

    /**
     * Returns the first token of the state that ends before a token, or -1. One that is written out and has no place before it may be the city of
     * that name.
     */
    private static int stateStart(Tokens t, int from, int end) {
        for (int state = Math.max(from, end - 2); state < end; state++) {
            if (stateEnd(t, state) == end && (state > from || t.is(state, Lexicon.STATE_ABBREVIATION))) {
                return state;
            }
        }
        return -1;
    }

    private static int unit(Tokens t, int end) {
        int at = t.mark(end, ',') ? end + 1 : end;
        if (t.is(at, Lexicon.STREET_UNIT)) {
            at++;
            if (t.attachedMark(at, '.')) {
                at++;
            }
            if (t.mark(at, '#')) {
                at++;
            }
        } else if (t.mark(at, '#')) {
            at++;
        } else {
            return end;
        }
        boolean value = t.number(at) || (t.word(at) && t.length(at) <= 2);
        if (!value) {
            return end;
        }
        at++;
        while (at - end < LONGEST_LABELLED
                && t.attached(at)
                && (t.number(at) || t.word(at) || (t.mark(at, '-') && !t.mark(at + 1)))
                && !t.lineBefore(at)) {
            at++;
        }
        return at;
    }

    /** Returns the token after a city, state and postal code that follow an address, or {@code end} where none do. */
    private static int locality(Tokens t, int end) {
        int at = t.mark(end, ',') ? end + 1 : end;
        boolean comma = at > end;
        boolean line = t.lineBefore(at);
        int words = 0;
        int city = at;
        while (words < 4
                && t.upperFirst(city)
                && !(words > 0 && t.lineBefore(city))
                && !(isState(t, city) && (words > 0 || !t.upperFirst(city + 1)))) {
            if (t.is(city, Lexicon.LABEL) && !t.is(city, Lexicon.CITY) && words == 0) {
                break;
            }
            words++;
            city++;
            if (t.attachedMark(city, '.') && t.length(city - 1) <= 2) {
                city++;
            }
            if ((t.attachedMark(city, '-') || t.attachedMark(city, '\'')) && t.attachedWord(city + 1)) {
                city += 2;
            }
        }
        int state = t.mark(city, ',') ? city + 1 : city;
        boolean line2 = t.lineBefore(state);
        int afterState = line2 ? state : stateEnd(t, state);
        if (afterState > state) {
            return postalCode(t, afterState);
        }
        if (words > 0 && t.number(state) && t.length(state) == 5) {
            return postalCodeAt(t, state);
        }
        if (comma && words > 0 && words <= 3 && !line && !t.is(at, Lexicon.COMMON)) {
            return city;
        }
        return end;
    }

    /** Returns whether the letters that are short for Idaho announce the identifier behind them: Plan Quill, ID Z23859. */
    private static boolean isIdentifier(Tokens t, int i) {
        int end = i;
        boolean digits = false;
        while (t.has(end) && (end == i || t.attached(end)) && !t.mark(end, ',')) {
            digits |= t.number(end);
            end++;
        }
        return digits && !t.lineBefore(i);
    }

    private static boolean isState(Tokens t, int i) {
        return stateEnd(t, i) > i;
    }

    /** Returns the token after the state name or abbreviation at a token, or that token. */
    static int stateEnd(Tokens t, int i) {
        if (t.is(i, Lexicon.STATE_ABBREVIATION) && t.length(i) == 2 && t.allCapitals(i)) {
            return i + 1;
        }
        if (!t.upperFirst(i) && !t.lowerCase(i)) {
            return i;
        }
        boolean second = t.is(i + 1, "york")
                || t.is(i + 1, "jersey")
                || t.is(i + 1, "hampshire")
                || t.is(i + 1, "mexico")
                || t.is(i + 1, "carolina")
                || t.is(i + 1, "dakota")
                || t.is(i + 1, "virginia");
        if (second && (t.is(i, "new") || t.is(i, "north") || t.is(i, "south") || t.is(i, "west"))) {
            return i + 2;
        }
        if (t.is(i, "rhode") && t.is(i + 1, "island")) {
            return i + 2;
        }
        boolean half = t.is(i, "york")
                || t.is(i, "jersey")
                || t.is(i, "hampshire")
                || t.is(i, "mexico")
                || t.is(i, "carolina")
                || t.is(i, "dakota");
        return t.is(i, Lexicon.STATE) && !half && t.upperFirst(i) ? i + 1 : i;
    }

    private static int postalCode(Tokens t, int at) {
        int code = t.attachedMark(at, '.') ? at + 1 : at;
        if (t.mark(code, ',')) {
            code++;
        }
        return t.number(code) && t.length(code) == 5 && !(t.lineBefore(code) && code > at) ? postalCodeAt(t, code) : at;
    }

    private static int postalCodeAt(Tokens t, int code) {
        boolean plusFour = t.mark(code + 1, '-') && t.number(code + 2) && t.length(code + 2) <= 4;
        return plusFour ? code + 3 : code + 1;
    }

    /** Proposes city, state and postal code around a state name or abbreviation; returns the token after them, or -1. */
    static int recognizeState(Passage p, int i) {
        Tokens t = p.tokens;
        int after = stateEnd(t, i);
        if (after == i) {
            return -1;
        }
        int end = postalCode(t, after);
        boolean coded = end > after;
        if (!coded && t.is(i, "id") && isIdentifier(t, after)) {
            return -1;
        }
        int from = i;
        if (t.mark(i - 1, ',') || coded) {
            int at = t.mark(i - 1, ',') ? i - 2 : i - 1;
            boolean abbreviation = after == i + 1 && t.length(i) == 2;
            boolean doubtful = abbreviation
                    && (t.is(i, Lexicon.COMMON | Lexicon.CREDENTIAL)
                            || t.is(i, "me")
                            || t.is(i, "ok")
                            || t.is(i, "hi"));
            int words = 0;
            boolean apart = t.spaceBefore(i) || coded;
            while (apart
                    && at >= 0
                    && words < 3
                    && t.upperFirst(at)
                    && (t.length(at) > 2 || words > 0 || t.is(at, Lexicon.CITY))
                    && (words == 0 || (!t.lineBefore(at + 1) && t.spaceBefore(at + 1)))) {
                boolean block =
                        (t.is(at, Lexicon.COMMON | Lexicon.MONTH | Lexicon.WEEKDAY | Lexicon.LABEL | Lexicon.TITLE)
                                        && !t.is(at, Lexicon.CITY))
                                || (words > 0 && t.allCapitals(at) != t.allCapitals(at + 1) && t.length(at) > 1);
                if (block) {
                    break;
                }
                from = at;
                words++;
                if ((t.attachedMark(at - 1, '-') || t.attachedMark(at - 1, '\'') || t.attachedMark(at - 1, '.'))
                        && t.word(at - 2)
                        && t.upperFirst(at - 2)) {
                    at -= 2;
                    from = at;
                }
                at--;
            }
            boolean shouting = from < i && t.allCapitals(from) && t.length(from) > 1;
            if (from < i
                    && doubtful
                    && !coded
                    && (shouting
                            || (!t.is(i - 2, Lexicon.CITY) && t.is(i, Lexicon.CREDENTIAL) && !placed(t, from))
                            || (t.is(i, Lexicon.COMMON) && !t.allCapitals(i)))) {
                from = i;
            }
            if (from < i && shouting && !coded && !t.is(i - 2, Lexicon.CITY) && !placed(t, from)) {
                from = i;
            }
        }
        if (from == i && !coded) {
            return -1;
        }
        addPlace(p, from, end, coded ? POSTAL : CITY, coded ? 0.88f : 0.75f);
        return end;
    }

    private static boolean placed(Tokens t, int from) {
        return t.is(from - 1, "in")
                || t.is(from - 1, "from")
                || t.is(from - 1, "to")
                || t.is(from - 1, "near")
                || t.is(from - 1, "at");
    }

    /** Proposes a postal code with its four-digit extension, or after a comma and a state in small letters. */
    static int recognizePlusFour(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) == 5
                && t.mark(i - 2, ',')
                && t.is(i - 1, Lexicon.STATE_ABBREVIATION)
                && t.lowerCase(i - 1)
                && !t.lineBefore(i)
                && !ClinicalGrammar.unitAfter(t, i + 1)) {
            int end = postalCodeAt(t, i);
            p.add(i, end, PhiCategory.LOCATION, POSTAL, 0.7f);
            return end;
        }
        if (t.length(i) == 5
                && !t.attached(i)
                && t.attachedMark(i + 1, '-')
                && t.attachedNumber(i + 2)
                && t.length(i + 2) == 4
                && !t.attachedMark(i + 3, '-')
                && !t.attachedWord(i + 3)) {
            p.add(i, i + 3, PhiCategory.LOCATION, POSTAL, 0.7f);
            return i + 3;
        }
        return -1;
    }

    /** Proposes a post office box that begins at the word for it; returns the token after it, or -1. */
    static int recognizeBox(Passage p, int i) {
        Tokens t = p.tokens;
        int at;
        if (t.is(i, "po") || t.is(i, "pobox")) {
            at = i + 1;
        } else if (t.is(i, "p")) {
            at = t.mark(i + 1, '.') ? i + 2 : i + 1;
            if (!t.is(at, "o")) {
                return -1;
            }
            at++;
        } else {
            return -1;
        }
        if (t.mark(at, '.')) {
            at++;
        }
        if (t.is(at, "box")) {
            at++;
        } else if (!t.is(i, "pobox")) {
            return -1;
        }
        if (t.mark(at, '#') || t.mark(at, ':')) {
            at++;
        }
        if (!t.number(at)) {
            return -1;
        }
        int end = locality(t, at + 1);
        addPlace(p, i, end, "location.box", 0.9f);
        return end;
    }

    /** Proposes the words before County. */
    static void recognizeCounty(Passage p, int i) {
        Tokens t = p.tokens;
        int from = i;
        while (i - from < 3
                && t.capitalised(from - 1)
                && !t.lineBefore(from)
                && !t.is(from - 1, Lexicon.COMMON | Lexicon.LABEL)) {
            from--;
            if (t.attachedMark(from - 1, '.') && t.is(from - 2, "st")) {
                from -= 2;
            }
        }
        if (from < i) {
            p.add(from, i + 1, PhiCategory.LOCATION, "location.county", 0.75f);
        }
    }

    /** Proposes a well-known city that stands alone. */
    static int recognizeCity(Passage p, int i) {
        Tokens t = p.tokens;
        if (!t.upperFirst(i)
                || (t.allCapitals(i) && t.anyLowerCase())
                || (t.is(i, Lexicon.SURNAME | Lexicon.GIVEN_NAME) && !placed(t, i))
                || t.is(i + 1, Lexicon.DISEASE_NOUN | Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD)
                || (t.lowerCase(i + 1) && t.is(i + 2, Lexicon.DISEASE_NOUN))
                || t.is(i + 1, "heart")
                || t.is(i + 1, "sleep")
                || t.attachedTo(i, '-')
                || t.attachedMark(i + 1, '-')) {
            return -1;
        }
        boolean ambiguous = t.is(i, "phoenix")
                || t.is(i, "buffalo")
                || t.is(i, "plano")
                || t.is(i, "providence")
                || t.is(i, "mobile")
                || t.is(i, "queens")
                || t.is(i, "columbus")
                || t.is(i, "reno")
                || t.is(i, "newark")
                || t.is(i, "berlin")
                || t.is(i, "manchester");
        if (ambiguous && !placed(t, i)) {
            return -1;
        }
        p.add(i, i + 1, PhiCategory.LOCATION, CITY, 0.55f);
        return i + 1;
    }

    /** Proposes the place that a label announces at a token. */
    static void recognizePlace(Passage p, int i, boolean explicit, String layer) {
        Tokens t = p.tokens;
        int at = i;
        if (t.is(at, "the") || t.is(at, "a")) {
            return;
        }
        int end = at;
        int words = 0;
        while (words < 4 && t.word(end) && !(words > 0 && t.lineBefore(end))) {
            boolean blocked =
                    t.is(end, Lexicon.COMMON | Lexicon.MONTH | Lexicon.WEEKDAY | Lexicon.TITLE | Lexicon.LABEL)
                            && !t.is(end, Lexicon.CITY | Lexicon.DIRECTION)
                            && !(t.upperFirst(end)
                                    && (t.is(end, "new") || t.is(end, "city") || (t.is(end, "county") && words > 0)))
                            && !(explicit
                                    && t.capitalised(end)
                                    && !t.is(end, Lexicon.COMMON | Lexicon.MONTH | Lexicon.TITLE)
                                    && !t.mark(end + 1, ':'));
            if (blocked
                    || (!t.upperFirst(end) && !(explicit && words < 2 && t.lowerCase(end)))
                    || (t.is(end, Lexicon.STATE) && words == 0 && !t.mark(end + 1, ','))) {
                break;
            }
            words++;
            end++;
            while (end - at < LONGEST_LABELLED
                    && (t.attachedMark(end, '-') || t.attachedMark(end, '\''))
                    && t.attachedWord(end + 1)
                    && !t.is(end + 1, "s")) {
                end += 2;
            }
            if (t.attachedMark(end, '.') && t.is(end - 1, "st")) {
                end++;
            }
        }
        if (end == at && !explicit && t.is(at, Lexicon.CITY)) {
            end++;
        }
        if (end == at || stateEnd(t, at) == end) {
            return;
        }
        int state = t.mark(end, ',') ? end + 1 : end;
        int afterState = t.lineBefore(state) ? state : stateEnd(t, state);
        if (afterState > state) {
            end = postalCode(t, afterState);
        }
        addPlace(p, at, end, layer, 0.8f);
    }

    /** Proposes the address that a label announces at a token: up to the end of the line or the next label. */
    static void recognizeLabelledAddress(Passage p, int i, String layer) {
        Tokens t = p.tokens;
        int end = i;
        int digits = 0;
        while (t.has(end) && end - i < LONGEST_LABELLED && !(end > i && t.lineBefore(end))) {
            if (t.mark(end, ';')
                    || t.mark(end, '|')
                    || t.mark(end, '"')
                    || t.mark(end, '(')
                    || t.mark(end, ')')
                    || t.mark(end, '<')
                    || t.mark(end, '@')
                    || (t.mark(end, '.')
                            && !(t.length(end - 1) <= 4 && t.upperFirst(end - 1) && end > i)
                            && !t.attached(end + 1))
                    || (end > i
                            && t.is(end, Lexicon.LABEL)
                            && (t.mark(end + 1, ':')
                                    || t.mark(end + 2, ':')
                                    || t.is(end, "phone")
                                    || t.is(end, "zip")))) {
                break;
            }
            digits += t.number(end) ? 1 : 0;
            if (end > i
                    && t.lowerCase(end)
                    && t.is(end, Lexicon.COMMON)
                    && !t.is(end, Lexicon.STREET_UNIT | Lexicon.DIRECTION)) {
                break;
            }
            end++;
        }
        while (end > i && t.mark(end - 1) && !t.mark(end - 1, ')')) {
            end--;
        }
        if (end > i && (digits > 0 || t.upperFirst(i)) && !t.is(i, Lexicon.COMMON)) {
            addPlace(p, i, end, layer, 0.85f);
        }
    }

    /** Proposes the postal code that a label announces at a token. */
    static void recognizePostalCode(Passage p, int i, String layer) {
        Tokens t = p.tokens;
        if (t.number(i) && t.length(i) >= 3 && t.length(i) <= 9) {
            p.add(i, postalCodeAt(t, i), PhiCategory.LOCATION, layer, 0.95f);
        } else if (t.word(i) && t.length(i) <= 2 && t.attachedNumber(i + 1)) {
            int end = i + 2;
            while (end - i < 7
                    && t.has(end)
                    && !t.mark(end)
                    && !t.lineBefore(end)
                    && (t.attached(end) || (t.number(end) && t.attachedWord(end + 1)))) {
                end++;
            }
            p.add(i, end, PhiCategory.LOCATION, layer, 0.9f);
        }
    }
}
