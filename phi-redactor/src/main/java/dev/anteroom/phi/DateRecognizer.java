package dev.anteroom.phi;

/** Finds dates, in digits and with month names. Stateless. */
final class DateRecognizer {

    private static final String PATTERN = "date.pattern";
    private static final String MONTH = "date.month";

    private DateRecognizer() {}

    /** Returns the token after the date that begins with the number token, having proposed it, or -1. */
    static int recognizeNumber(Passage p, int i) {
        Tokens t = p.tokens;
        int end = end(p, i, false);
        if (end < 0) {
            return t.attachedToWord(i) ? -1 : inMonth(p, i);
        }
        p.add(i, end, PhiCategory.DATE, PATTERN, 0.9f);
        return end;
    }

    /**
     * Returns the token after the numeric date at a token, or -1.
     *
     * @param labelled whether a label says that a date stands here
     */
    static int end(Passage p, int i, boolean labelled) {
        Tokens t = p.tokens;
        if (!t.number(i) || (t.attachedToWord(i)) || insideLonger(t, i)) {
            return -1;
        }
        int length = t.length(i);
        if (length > 4) {
            return compact(t, i, labelled);
        }
        int first = t.value(i);
        int separator = i + 1;
        if (!t.mark(separator)) {
            return spaced(t, i, labelled);
        }
        char c = t.first(separator);
        if ((c != '/' && c != '-' && c != '.') || !t.number(i + 2)) {
            return -1;
        }
        boolean tight = t.attached(separator) && t.attached(i + 2);
        int second = t.value(i + 2);
        if (t.mark(i + 3, c) && t.number(i + 4) && (t.attached(i + 3) == tight || tight)) {
            int third = t.value(i + 4);
            boolean longer = t.attached(i + 5) && t.mark(i + 5, c) && t.attachedNumber(i + 6);
            boolean valid = !longer && threeParts(t, i, c, first, second, third, labelled);
            if (valid && (tight || c != '-' || t.length(i + 4) == 4 || length == 4)) {
                return withTime(t, i + 5);
            }
            return -1;
        }
        if (!tight
                || (t.attached(i + 3)
                        && (t.mark(i + 3, '/') || t.mark(i + 3, '-') || t.mark(i + 3, '.'))
                        && t.attachedNumber(i + 4))) {
            return -1;
        }
        if (c != '.' && length <= 2 && isMonth(first) && isYear(t, i + 2)) {
            return i + 3;
        }
        if (c != '.' && isYear(t, i) && t.length(i + 2) == 2 && isMonth(second)) {
            return i + 3;
        }
        return monthAndDay(p, i, c, first, second, labelled) ? i + 3 : -1;
    }

    private static boolean insideLonger(Tokens t, int i) {
        return t.attached(i)
                && t.attached(i - 1)
                && (t.mark(i - 1, '/') || t.mark(i - 1, '-') || t.mark(i - 1, '.'))
                && t.number(i - 2);
    }

    private static boolean threeParts(
            Tokens t, int i, char separator, int first, int second, int third, boolean labelled) {
        if (t.length(i) == 4) {
            return isYear(t, i)
                    && ((isMonth(second) && isDay(third)) || (isDay(second) && isMonth(third)))
                    && t.length(i + 4) <= 2;
        }
        if (t.length(i) > 2 || t.length(i + 2) > 2) {
            return false;
        }
        boolean order = (isMonth(first) && isDay(second)) || (isDay(first) && isMonth(second));
        if (t.length(i + 4) == 4) {
            return order && isYear(t, i + 4);
        }
        if (t.length(i + 4) != 2) {
            return false;
        }
        if (separator == '.' && !labelled) {
            return order && t.length(i) == 2 && t.length(i + 2) == 2;
        }
        return order || (isYearFirst(first, second, third) && labelled);
    }

    private static boolean isYearFirst(int first, int second, int third) {
        return first >= 0 && isMonth(second) && isDay(third);
    }

    /** Three numbers with spaces, which only a label makes a date. */
    private static int spaced(Tokens t, int i, boolean labelled) {
        if (!labelled || !t.number(i + 1) || !t.number(i + 2)) {
            return -1;
        }
        int first = t.value(i);
        int second = t.value(i + 1);
        int third = t.value(i + 2);
        boolean valid = t.length(i) == 4
                ? isYear(t, i) && isMonth(second) && isDay(third)
                : ((isMonth(first) && isDay(second)) || (isDay(first) && isMonth(second)))
                        && (t.length(i + 2) == 2 || isYear(t, i + 2));
        return valid ? i + 3 : -1;
    }

    /** Eight, twelve or fourteen digits. */
    private static int compact(Tokens t, int i, boolean labelled) {
        int length = t.length(i);
        if (length != 8 && length != 12 && length != 14 && !(labelled && length == 6)) {
            return -1;
        }
        int year = digits(t, i, 0, 4);
        boolean valid = length > 6
                && year >= 1900
                && year < 2100
                && isMonth(digits(t, i, 4, 6))
                && isDay(digits(t, i, 6, 8))
                && (length == 8 || (digits(t, i, 8, 10) < 24 && digits(t, i, 10, 12) < 60));
        valid |= labelled && length == 8 && isMonth(digits(t, i, 0, 2)) && isDay(digits(t, i, 2, 4));
        valid |= labelled && length == 6 && isMonth(digits(t, i, 0, 2)) && isDay(digits(t, i, 2, 4));
        return valid ? i + 1 : -1;
    }

    private static int digits(Tokens t, int token, int from, int to) {
        return t.digits(token, from, to);
    }

    /** Month and day without a year are a date only in a context that says so. */
    private static boolean monthAndDay(Passage p, int i, char separator, int first, int second, boolean labelled) {
        Tokens t = p.tokens;
        if (separator == '.' || t.length(i) > 2 || t.length(i + 2) > 2 || (!isMonth(first) && !isMonth(second))) {
            return false;
        }
        if (!(isMonth(first) && isDay(second)) && !(isDay(first) && isMonth(second))) {
            return false;
        }
        if (labelled) {
            return true;
        }
        if (ClinicalGrammar.measured(t, i) || ClinicalGrammar.unitAfter(t, i + 3) || separator == '-') {
            return separator == '-' && t.is(i - 1, Lexicon.WEEKDAY);
        }
        if (p.strict()) {
            return true;
        }
        if (t.is(i - 1, Lexicon.DATE_CONTEXT)) {
            return true;
        }
        if ((t.is(i - 1, "to") || t.is(i - 1, "and") || t.mark(i - 1, '-')) && t.number(i - 2) && t.mark(i - 3, '/')) {
            return t.is(i - 5, Lexicon.DATE_CONTEXT);
        }
        boolean cell = ((t.mark(i - 1, '-') && t.mark(i + 3, '-')) || (t.mark(i - 1, '|') && t.mark(i + 3, '|')))
                && t.spaceBefore(i)
                && t.spaceBefore(i + 3);
        return cell
                || (t.mark(i - 1, ',') && t.is(i - 2, Lexicon.WEEKDAY))
                || (t.number(i + 3) && t.mark(i + 4, ':') && t.attachedNumber(i + 5))
                || (t.is(i + 3, "at") && t.number(i + 4));
    }

    private static int withTime(Tokens t, int end) {
        int at = end;
        if (t.number(at) && !t.lineBefore(at) && isClock(t, at)) {
            return t.attachedMark(at + 3, ':') && t.attachedNumber(at + 4) && t.length(at + 4) == 2 ? at + 5 : at + 3;
        }
        if (!(t.attachedWord(at) && t.is(at, "t") && t.attachedNumber(at + 1))) {
            return end;
        }
        at += 2;
        for (int part = 0;
                part < 3 && (t.attachedMark(at, ':') || t.attachedMark(at, '.')) && t.attachedNumber(at + 1);
                part++) {
            at += 2;
        }
        if (t.attachedWord(at) && t.is(at, "z")) {
            return at + 1;
        }
        if ((t.attachedMark(at, '+') || t.attachedMark(at, '-')) && t.attachedNumber(at + 1)) {
            at += 2;
            if (t.attachedMark(at, ':') && t.attachedNumber(at + 1)) {
                at += 2;
            }
        }
        return at;
    }

    private static boolean isClock(Tokens t, int i) {
        return t.length(i) <= 2
                && t.value(i) < 24
                && t.attachedMark(i + 1, ':')
                && t.attachedNumber(i + 2)
                && t.length(i + 2) == 2
                && t.value(i + 2) < 60;
    }

    /** "on the 3rd" without a month. */
    private static int inMonth(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.is(i - 1, "the")
                && isDay(t.value(i))
                && isOrdinalEnding(t, i + 1)
                && (t.is(i - 2, "on") || t.is(i - 2, "by") || t.is(i - 2, "until") || t.is(i - 2, "since"))
                && (!t.has(i + 2)
                        || t.lineBefore(i + 2)
                        || t.mark(i + 2, '.')
                        || t.mark(i + 2, ',')
                        || t.mark(i + 2, ';')
                        || t.is(i + 2, "at"))) {
            p.add(i, i + 2, PhiCategory.DATE, "date.day", 0.6f);
            return i + 2;
        }
        return -1;
    }

    private static boolean isOrdinalEnding(Tokens t, int i) {
        return t.attachedWord(i) && (t.is(i, "st") || t.is(i, "nd") || t.is(i, "rd") || t.is(i, "th"));
    }

    /** Proposes the date around a month name. */
    static void recognizeMonth(Passage p, int i) {
        recognizeMonth(p, i, false);
    }

    private static void recognizeMonth(Passage p, int i, boolean labelled) {
        Tokens t = p.tokens;
        int from = dayBefore(t, i);
        int at = t.attachedMark(i + 1, '.') ? i + 2 : i + 1;
        int end = isInFull(t, i) ? i + 1 : at;
        int after = end;
        boolean day = from < i;
        boolean year = false;
        if (t.mark(at) && (t.first(at) == '-' || t.first(at) == '/' || t.first(at) == ',')) {
            at++;
        }
        if (!day) {
            int afterDay = dayAfter(t, at);
            if (afterDay > 0) {
                day = true;
                end = afterDay;
                at = end;
                if (t.mark(at, ',') || t.attachedMark(at, '-') || t.attachedMark(at, '/')) {
                    at++;
                }
            }
        }
        if (t.is(at, "of")) {
            at++;
        }
        if (isYear(t, at)
                && (!ClinicalGrammar.unitAfter(t, at + 1) || t.is(at + 1, "in"))
                && !(t.attachedMark(at + 1, ':') && t.attachedNumber(at + 2))) {
            year = true;
            end = at + 1;
        } else if (t.mark(at, '\'') && t.attachedNumber(at + 1) && t.length(at + 1) == 2) {
            year = true;
            end = at + 2;
        } else if (day && t.attachedNumber(at) && t.length(at) == 2 && at > after) {
            year = true;
            end = at + 1;
        }
        if (!day && !year && !labelled && !bareMonth(t, i)) {
            return;
        }
        boolean doubtful = t.is(i, Lexicon.AMBIGUOUS_MONTH) && t.lowerCase(i) && !year;
        int weekday = from - 1;
        if (t.mark(weekday, ',') || t.mark(weekday, '.')) {
            weekday--;
        }
        boolean named = t.is(weekday, Lexicon.WEEKDAY);
        if (doubtful
                && from == i
                && !labelled
                && !t.is(i - 1, Lexicon.DATE_CONTEXT)
                && !(day && (named || closes(t, end)))) {
            return;
        }
        if (named) {
            from = weekday;
        }
        p.add(from, end, PhiCategory.DATE, MONTH, day ? 0.9f : 0.7f);
    }

    /** Whether a month's name is no abbreviation, so that a full stop after it ends a sentence. */
    private static boolean isInFull(Tokens t, int month) {
        return t.length(month) > 4 || t.is(month, "may") || t.is(month, "june") || t.is(month, "july");
    }

    /** Whether what stands after a day cannot be what is counted: "may 25, then home", but not "may 25 times". */
    private static boolean closes(Tokens t, int end) {
        if (!t.has(end) || t.lineBefore(end)) {
            return true;
        }
        return t.mark(end)
                ? ",.;:)!?".indexOf(t.first(end)) >= 0 && !t.attachedNumber(end + 1)
                : t.is(end, "at") || t.is(end, "with") || t.is(end, "through") || t.is(end, "until");
    }

    private static boolean bareMonth(Tokens t, int i) {
        if (t.is(i, Lexicon.AMBIGUOUS_MONTH) && !t.upperFirst(i)) {
            return false;
        }
        int before = t.mark(i - 1, '-') ? i - 2 : i - 1;
        if (t.is(i, Lexicon.AMBIGUOUS_MONTH)
                && (t.is(before, "to") || t.is(before, "of") || t.is(before, "by") || t.is(before, "from"))) {
            return false;
        }
        boolean event = t.is(before, "refill") || t.is(before, "refilled") || t.is(before, "due");
        return !t.lineBefore(i)
                && (t.is(before, Lexicon.DATE_PREPOSITION)
                        || (event && (!t.is(i, Lexicon.AMBIGUOUS_MONTH) || closes(t, i + 1))));
    }

    private static int dayBefore(Tokens t, int month) {
        int at = month - 1;
        if (t.mark(at, '-') || t.mark(at, '/') || t.mark(at, '.')) {
            at--;
        } else if (t.is(at, "of")) {
            at--;
            if (t.is(at, "day")) {
                at--;
            }
        }
        if (t.is(at, Lexicon.ORDINAL) && !t.lineBefore(month)) {
            return at;
        }
        if (isOrdinalEnding(t, at)) {
            at--;
        }
        boolean day = t.number(at)
                && t.length(at) <= 2
                && isDay(t.value(at))
                && !insideLonger(t, at)
                && !t.attachedTo(at, ':')
                && !(t.attachedTo(at, '.') && t.number(at - 2));
        return day ? at : month;
    }

    private static int dayAfter(Tokens t, int at) {
        int day = t.is(at, "the") ? at + 1 : at;
        if (t.is(day, Lexicon.ORDINAL)) {
            return day + 1;
        }
        if (!t.number(day) || t.length(day) > 2 || !isDay(t.value(day))) {
            return -1;
        }
        int end = day + 1;
        if (isOrdinalEnding(t, end)) {
            end++;
        }
        if (((t.attachedMark(end, ':') || t.attachedMark(end, '.')) && t.attachedNumber(end + 1))
                || (t.attachedMark(end, '/') && t.attachedNumber(end + 1) && t.length(end + 1) < 2)) {
            return -1;
        }
        if (end == day + 1 && ClinicalGrammar.unitAfter(t, end)) {
            return -1;
        }
        if (t.mark(end, '-')
                && t.number(end + 1)
                && t.length(end + 1) <= 2
                && isDay(t.value(end + 1))
                && !ClinicalGrammar.unitAfter(t, end + 2)
                && !t.attachedTo(day, '-')) {
            return isOrdinalEnding(t, end + 2) ? end + 3 : end + 2;
        }
        return end;
    }

    /** Returns the token after a date of three parts whose digits are written one by one, or -1. */
    private static int digitByDigit(Tokens t, int i) {
        int[] values = new int[3];
        int[] lengths = new int[3];
        int at = i;
        for (int part = 0; part < 3; part++) {
            if (part > 0) {
                if (!t.mark(at) || "/-.".indexOf(t.first(at)) < 0) {
                    return -1;
                }
                at++;
            }
            while (t.number(at)
                    && !t.lineBefore(at)
                    && lengths[part] < 4
                    && (lengths[part] == 0 || (t.length(at) == 1 && t.length(at - 1) == 1))) {
                values[part] = values[part] * 10 + t.value(at);
                lengths[part] += t.length(at++);
            }
        }
        boolean yearLast = lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 2 || lengths[2] == 4);
        boolean yearFirst = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2;
        boolean valid =
                (yearLast && isMonthAndDay(values[0], values[1])) || (yearFirst && isMonthAndDay(values[1], values[2]));
        return valid ? at : -1;
    }

    private static boolean isMonthAndDay(int first, int second) {
        return (isMonth(first) && isDay(second)) || (isDay(first) && isMonth(second));
    }

    /** Proposes a date that a label announces at a token, and returns the token after it, or -1. */
    static int recognizeLabelled(Passage p, int i, String layer) {
        Tokens t = p.tokens;
        int at = t.is(i, Lexicon.WEEKDAY) ? (t.mark(i + 1, ',') ? i + 2 : i + 1) : i;
        int end = Math.max(end(p, at, true), digitByDigit(t, at));
        if (end > 0) {
            p.add(at, end, PhiCategory.DATE, layer, 0.95f);
            return end;
        }
        if (t.is(at, Lexicon.MONTH)) {
            recognizeMonth(p, at, true);
        }
        return -1;
    }

    /** Proposes weekdays and holidays, for the strict profile. */
    static void recognizeRelative(Passage p, int i) {
        Tokens t = p.tokens;
        boolean name = t.is(i, Lexicon.HOLIDAY)
                || (t.is(i, Lexicon.WEEKDAY) && (t.length(i) > 4 || t.upperFirst(i)) && !t.number(i + 1));
        if ((name && !t.allCapitals(i)) || (name && t.length(i) > 5)) {
            p.add(i, i + 1, PhiCategory.DATE, "date.relative", 0.5f);
        }
    }

    static boolean isYear(Tokens t, int i) {
        if (!t.number(i) || t.length(i) != 4) {
            return false;
        }
        int value = t.value(i);
        return value >= 1850 && value < 2100;
    }

    private static boolean isMonth(int value) {
        return value >= 1 && value <= 12;
    }

    private static boolean isDay(int value) {
        return value >= 1 && value <= 31;
    }
}
