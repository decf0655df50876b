package dev.anteroom.phi;

/** Finds names of hospitals, clinics and other organisations. Stateless. */
final class FacilityRecognizer {

    static final String HEAD = "facility.head";
    private static final int MOST_WORDS = 7;
    private static final int MOST_TOKENS = 32;

    /** Words that do not go on a name after its head. */
    private static final long TRAILING_NO = Lexicon.COMMON
            | Lexicon.LABEL
            | Lexicon.MONTH
            | Lexicon.WEEKDAY
            | Lexicon.TITLE
            | Lexicon.WEAK_TITLE
            | Lexicon.GIVEN_NAME
            | Lexicon.CREDENTIAL
            | Lexicon.DISEASE_NOUN;

    private static final long KIND = Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD | Lexicon.GENERIC_FACILITY;

    private FacilityRecognizer() {}

    /** Proposes the name that ends in a head noun such as Hospital; returns the token after it, or -1. */
    static int recognizeHead(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.is(i, "health")
                && !(t.is(i + 1, "system")
                        || t.is(i + 1, "center")
                        || t.is(i + 1, "network")
                        || (t.upperFirst(i) && t.is(i - 1, Lexicon.FACILITY_BRAND | Lexicon.CITY)))) {
            return -1;
        }
        if (t.is(i, "medicine") && !t.is(i - 1, Lexicon.FACILITY_BRAND)) {
            return -1;
        }
        boolean capital = t.upperFirst(i);
        int from = i;
        int words = 0;
        boolean own = false;
        int at = i - 1;
        while (at >= 0 && words < MOST_WORDS && i - at < MOST_TOKENS && !t.lineBefore(at + 1)) {
            if ((t.attachedMark(at, '\'') && t.word(at - 1)) || (t.is(at, "s") && t.attachedMark(at - 1, '\''))) {
                at--;
                continue;
            }
            if ((t.mark(at, '.') && t.is(at - 1, "st"))
                    || (t.mark(at, '.') && t.is(at - 1, "mt"))
                    || (t.mark(at, '-') && t.attached(at) && t.attached(at + 1))
                    || t.mark(at, '&')) {
                at--;
                continue;
            }
            if (!t.word(at)) {
                break;
            }
            boolean brand = t.is(at, Lexicon.FACILITY_BRAND)
                    || (t.is(at, Lexicon.FACILITY_WORD)
                            && (t.is(at, "mercy")
                                    || t.is(at, "st")
                                    || t.is(at, "mount")
                                    || t.is(at, "mt")
                                    || t.is(at, "saint")));
            boolean connector = (t.is(at, "of") || t.is(at, "and") || t.is(at, "for") || t.is(at, "the"))
                    && (t.lowerCase(at) || (t.allCapitals(at) && t.allCapitals(i)));
            if (connector) {
                if (words == 0
                        || !t.upperFirst(at - 1)
                        || t.is(at, "for")
                        || (t.is(at, "and") && t.is(at - 1, Lexicon.FACILITY_HEAD))
                        || (t.is(at, "the") && !t.is(at - 1, "of"))
                        || (!t.is(at - 1, KIND) && t.is(at, "of"))) {
                    break;
                }
            } else if (capital
                    ? !t.upperFirst(at)
                    : !((t.upperFirst(at) && !t.is(at, Lexicon.COMMON))
                            || brand
                            || (t.is(at, KIND) && !t.is(at, Lexicon.COMMON)))) {
                break;
            } else if (t.is(at, Lexicon.TITLE | Lexicon.WEEKDAY | Lexicon.FUNCTION_WORD)
                    || t.is(at, "disease")
                    || t.is(at, "syndrome")
                    || t.is(at, "near")
                    || (t.is(at, Lexicon.MONTH) && !t.is(at + 1, KIND))) {
                break;
            } else {
                boolean generic = t.is(at, Lexicon.GENERIC_FACILITY | Lexicon.COMMON)
                        && !t.is(at, Lexicon.FACILITY_BRAND)
                        && !t.is(at, Lexicon.SURNAME | Lexicon.CITY);
                boolean place = t.is(at, "city") || t.is(at, "new") || t.is(at, "old") || t.is(at, "good");
                boolean owner = words > 1 && isOwner(t, at);
                if (generic && t.is(at, Lexicon.COMMON) && !t.is(at, KIND) && !owner && !(place && t.capitalised(at))) {
                    break;
                }
                boolean shouting = t.allCapitals(at)
                        && !t.allCapitals(i)
                        && !brand
                        && t.length(at) > 1
                        && t.is(at, Lexicon.COMMON);
                if (shouting) {
                    break;
                }
                own |= (!generic || owner || isProper(t, at)) && (t.upperFirst(at) || brand);
                from = at;
            }
            words++;
            at--;
        }
        int end = i + 1;
        while (end - i < MOST_WORDS
                && t.word(end)
                && !t.lineBefore(end)
                && t.is(end, Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD)
                && (t.upperFirst(end) || (!capital && t.is(end, Lexicon.FACILITY_HEAD)))) {
            end++;
        }
        if (t.is(end, "of")
                && capital
                && t.upperFirst(end + 1)
                && !t.lineBefore(end + 1)
                && !t.is(end + 1, Lexicon.COMMON | Lexicon.MONTH)) {
            int more = capitals(t, end + 1, 4);
            if (more > end + 1) {
                end = more;
                own = true;
            }
        }
        if (own && (t.is(i, "center") || t.is(i, "centre") || t.is(i, "institute"))) {
            end = purposeEnd(t, end);
        }
        while (own
                && capital
                && end - i < MOST_WORDS
                && t.capitalised(end)
                && !t.lineBefore(end)
                && t.length(end) > 2
                && !t.is(end, TRAILING_NO)) {
            end++;
        }
        if (!own) {
            return -1;
        }
        while (from < i && t.is(from, Lexicon.COMMON) && !t.is(from, KIND) && !isOwner(t, from)) {
            from++;
        }
        p.add(from, end, PhiCategory.FACILITY, HEAD, capital ? 0.8f : 0.65f);
        return end;
    }

    /** Returns where what a center is for ends, in a text that has small letters too: Texas Center for Infectious Disease. */
    private static int purposeEnd(Tokens t, int from) {
        int end = from + 1;
        while (t.is(from, "for") && end - from < MOST_WORDS && t.capitalised(end) && !t.lineBefore(end)) {
            end++;
        }
        return end > from + 1 ? end : from;
    }

    /** Returns whether a word is an everyday one that a name of more generic words may begin with: Physician's Care Surgical Hospital. */
    private static boolean isOwner(Tokens t, int i) {
        return t.capitalised(i) && isPossessive(t, i + 1) && !t.is(i, "patient");
    }

    /** Returns whether an apostrophe and an s hang on the token before. */
    private static boolean isPossessive(Tokens t, int at) {
        return t.attachedMark(at, '\'') && t.is(at + 1, "s") && t.attachedWord(at + 1);
    }

    /** Words that with a capital make a name of a generic head: Memorial Hospital. */
    private static boolean isProper(Tokens t, int i) {
        return t.capitalised(i)
                && (t.is(i, "memorial")
                        || t.is(i, "regional")
                        || t.is(i, "general")
                        || t.is(i, "community")
                        || t.is(i, "university")
                        || t.is(i, "county"));
    }

    private static int capitals(Tokens t, int from, int most) {
        int at = from;
        int words = 0;
        while (words < most && t.upperFirst(at) && !(at > from && t.lineBefore(at))) {
            if ((t.is(at, Lexicon.COMMON) && !t.is(at, KIND)) || t.is(at, Lexicon.MONTH | Lexicon.TITLE)) {
                break;
            }
            at++;
            words++;
            if (t.attachedMark(at, '.') && t.length(at - 1) <= 2 && t.upperFirst(at + 1)) {
                at++;
            }
            while (at - from < MOST_TOKENS
                    && (t.attachedMark(at, '\'') || t.attachedMark(at, '-'))
                    && t.attachedWord(at + 1)) {
                at += 2;
            }
            if ((t.is(at, "of") || t.is(at, "and") || t.mark(at, '&'))
                    && t.upperFirst(at + 1)
                    && !t.lineBefore(at + 1)
                    && words < most
                    && t.is(at - 1, KIND)) {
                at++;
            }
        }
        return at;
    }

    /** Proposes a saint or a mountain that a hospital bears: St. Mary's, Mount Auburn. */
    static int recognizeSaint(Passage p, int i) {
        Tokens t = p.tokens;
        boolean saint = t.is(i, "st") || t.is(i, "saint") || t.is(i, "saints");
        int at = i + 1;
        boolean dot = t.attachedMark(at, '.');
        if (dot) {
            at++;
        }
        if (!t.upperFirst(at)
                || t.lineBefore(at)
                || !t.upperFirst(i)
                || t.is(at, Lexicon.COMMON | Lexicon.STREET_UNIT)) {
            return -1;
        }
        if (saint && !dot && t.is(i, "st") && t.allCapitals(i) && t.anyLowerCase()) {
            return -1;
        }
        if (saint && t.upperFirst(i - 1) && (t.number(i - 2) || t.number(i - 3))) {
            return -1;
        }
        int end = at + 1;
        boolean possessive = isPossessive(t, end);
        if (possessive) {
            end += 2;
        }
        while (end - i < MOST_TOKENS && t.attachedMark(end, '-') && t.attachedWord(end + 1)) {
            end += 2;
        }
        if (t.is(end, Lexicon.DISEASE_NOUN) && !t.is(end, "marie")) {
            return -1;
        }
        int more = end;
        while (more - i < MOST_TOKENS
                && t.upperFirst(more)
                && !t.lineBefore(more)
                && t.is(more, Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD)) {
            more++;
        }
        boolean placed = t.is(i - 1, "at") || t.is(i - 1, "to") || t.is(i - 1, "from") || t.is(i - 1, "by");
        boolean sinai = !saint
                && (t.is(at, Lexicon.FACILITY_BRAND) || t.is(at, "auburn") || t.is(at, "carmel") || t.is(at, "zion"));
        if (!possessive && more == end && !(saint && placed) && !sinai) {
            return -1;
        }
        p.add(i, more, PhiCategory.FACILITY, "facility.saint", 0.75f);
        return more;
    }

    /** Proposes a well-known name of a hospital. */
    static int recognizeBrand(Passage p, int i) {
        Tokens t = p.tokens;
        if (!t.upperFirst(i) || t.is(i, Lexicon.SURNAME | Lexicon.GIVEN_NAME)) {
            return -1;
        }
        int from = t.is(i, "hopkins") && t.is(i - 1, "johns") ? i - 1 : i;
        boolean ambiguous = t.is(i, "mayo")
                || t.is(i, "hopkins")
                || t.is(i, "sinai")
                || t.is(i, "cedars")
                || t.is(i, "banner")
                || t.is(i, "dignity")
                || t.is(i, "aurora")
                || t.is(i, "spectrum")
                || t.is(i, "ascension")
                || t.is(i, "duke")
                || t.is(i, "emory")
                || t.is(i, "beaumont")
                || t.is(i, "stanford")
                || t.is(i, "dartmouth")
                || t.is(i, "bellevue")
                || t.is(i, "intermountain")
                || t.is(i, "sutter")
                || t.is(i, "sanford")
                || t.is(i, "tufts")
                || t.is(i, "vanderbilt")
                || t.is(i, "chop")
                || t.is(i, "ochsner");
        int end = capitals(t, i, 1);
        while (end - i < MOST_WORDS
                && t.upperFirst(end)
                && !t.lineBefore(end)
                && (t.is(end, Lexicon.FACILITY_HEAD | Lexicon.FACILITY_WORD) || t.is(end, "permanente"))) {
            end++;
        }
        boolean placed = t.is(from - 1, "at") || t.is(from - 1, "to") || t.is(from - 1, "from") || t.is(from - 1, "by");
        if ((ambiguous && end == i + 1 && from == i && !placed)
                || (t.is(i, "chop") && !t.allCapitals(i))
                || t.is(end, Lexicon.DISEASE_NOUN)) {
            return -1;
        }
        p.add(from, end, PhiCategory.FACILITY, "facility.brand", 0.65f);
        return end;
    }

    /** Proposes the organisation that a label announces at a token. */
    static void recognizeLabelled(Passage p, int label, int i, boolean explicit, String layer) {
        Tokens t = p.tokens;
        if (t.is(label, Lexicon.FACILITY_HEAD) && endsName(t, label)) {
            return;
        }
        int at = t.is(i, "the") ? i + 1 : i;
        if (t.is(at, Lexicon.MEASURE) && !t.capitalised(at)) {
            return; // a result that a hospital reported
        }
        int end = capitals(t, at, 6);
        if (end == at && explicit && t.lowerCase(at) && !t.is(at, Lexicon.COMMON)) {
            while (t.word(end)
                    && end - at < 4
                    && !t.lineBefore(end)
                    && !(t.is(end, Lexicon.COMMON) && !t.is(end, KIND))) {
                end++;
            }
        }
        boolean own = false;
        for (int k = at; k < end; k++) {
            own |= t.word(k) && (!t.is(k, Lexicon.COMMON | Lexicon.GENERIC_FACILITY) || t.is(k, Lexicon.CITY));
        }
        if (own) {
            p.add(at, end, PhiCategory.FACILITY, layer, 0.75f);
        }
    }

    /** Returns whether a head noun ends a name, and announces nothing: {@code University of Colorado Hospital: acute pain}. */
    private static boolean endsName(Tokens t, int head) {
        return t.upperFirst(head - 1)
                && t.spaceBefore(head)
                && !t.lineBefore(head)
                && (t.is(head - 1, "memorial") || t.is(head - 1, "regional") || t.is(head - 2, "of"));
    }
}
