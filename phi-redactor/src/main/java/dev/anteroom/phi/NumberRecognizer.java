package dev.anteroom.phi;

/** Finds numbers that show by themselves what they are: social security numbers, cards, provider numbers and other long runs of digits. Stateless. */
final class NumberRecognizer {

    private static final int MOST_DIGITS = 20;
    private static final int LEAST_RECORD_DIGITS = 7;
    private static final int LEAST_GROUP = 3;

    private NumberRecognizer() {}

    /** Returns the token after the number, having proposed it, or -1. */
    static int recognize(Passage p, int i) {
        int end = socialSecurity(p, i);
        return end > 0 ? end : longRun(p, i);
    }

    /** A record number with slashes: a serial and a year, a year and a serial, with or without a letter at the end. */
    static void recognizeSlashed(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) < 4
                || t.length(i) > 8
                || t.attachedToWord(i)
                || t.attachedTo(i, '/')
                || !t.attachedMark(i + 1, '/')
                || !t.attachedNumber(i + 2)) {
            return;
        }
        int second = i + 2;
        boolean letter = t.attachedMark(i + 3, '/') && t.attachedWord(i + 4) && t.length(i + 4) == 1;
        int end = letter ? i + 5 : i + 3;
        boolean more = !letter && (t.attachedMark(end, '/') || t.attachedMark(end, '-')) && t.attachedNumber(end + 1);
        int digits = t.length(i) + t.length(second);
        boolean unit = digits < LEAST_RECORD_DIGITS
                ? ClinicalGrammar.unitAfter(t, end)
                : ClinicalGrammar.unitAfterLongNumber(t, end);
        if (more || t.attachedWord(end) || unit) {
            return;
        }
        boolean yearFirst = t.length(i) == 4 && isYear(t.value(i));
        boolean season = yearFirst && t.length(second) == 2 && t.value(second) == (t.value(i) + 1) % 100;
        boolean shaped =
                t.length(second) == 2 || (t.length(second) >= 4 && (letter || yearFirst || isYear(t.value(second))));
        if (shaped && !season) {
            p.add(i, end, PhiCategory.ID, "id.slashed", 0.6f);
        }
    }

    private static boolean isYear(int value) {
        return value >= 1900 && value < 2100;
    }

    private static int socialSecurity(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) != 3 || (t.attachedToWord(i)) || ClinicalGrammar.groupStart(t, i) != i) {
            return -1;
        }
        int second = joined(t, i + 1);
        if (second < 0 || t.length(second) != 2) {
            return -1;
        }
        int third = joined(t, second + 1);
        if (third < 0 || t.length(third) != 4 || (t.attachedMark(third + 1, '-') && t.attachedNumber(third + 2))) {
            return -1;
        }
        boolean spaces = second == i + 1;
        if (spaces != (third == second + 1) || (spaces && ClinicalGrammar.unitAfter(t, third + 1))) {
            return -1;
        }
        p.add(i, third + 1, PhiCategory.SSN, "ssn.pattern", 0.92f);
        return third + 1;
    }

    /** Returns the number after a hyphen, dot, slash or space, or -1. */
    private static int joined(Tokens t, int at) {
        if (t.number(at)) {
            return t.lineBefore(at) ? -1 : at;
        }
        boolean joint =
                t.mark(at) && (t.first(at) == '-' || t.first(at) == '.' || t.first(at) == '/' || t.first(at) == '_');
        return joint && t.number(at + 1) && (t.attached(at + 1) || t.first(at) == '-') ? at + 1 : -1;
    }

    /** The last four digits of a masked number: {@code ***-**-1234}, {@code XXX-XXX-1234} or {@code XXXX-XXXX-XXXX-1234}. */
    static void recognizeMasked(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) != 4 || (!t.attachedTo(i, '-'))) {
            return;
        }
        int at = i - 1;
        int masks = 0;
        int from = i;
        while (at >= 0 && i - at < 14 && t.attached(at + 1)) {
            if (t.mark(at, '*') || t.mark(at, '#') || t.mark(at, '\u2022')) {
                masks++;
            } else if (t.is(at, "xxx") || t.is(at, "xx") || t.is(at, "xxxx")) {
                masks += t.length(at);
            } else if (!t.mark(at, '-') && !t.mark(at, ' ')) {
                break;
            }
            from = at--;
        }
        if (masks >= 4) {
            switch (masks) {
                case 4, 5 -> p.add(from, i + 1, PhiCategory.SSN, "ssn.masked", 0.9f);
                case 6 -> p.add(from, i + 1, PhiCategory.PHONE, "phone.masked", 0.9f);
                default -> p.add(from, i + 1, PhiCategory.ACCOUNT, "account.masked", 0.9f);
            }
        }
    }

    private static int longRun(Passage p, int i) {
        Tokens t = p.tokens;
        if ((t.attachedToWord(i)) || ClinicalGrammar.groupStart(t, i) != i) {
            return -1;
        }
        int count = 0;
        int at = i;
        int groups = 0;
        int end = i;
        boolean regular = true;
        while (t.number(at)
                && count + t.length(at) <= MOST_DIGITS
                && !(t.length(at) < LEAST_GROUP && (groups == 0 || t.spaceBefore(at)))) {
            count += t.length(at);
            groups++;
            end = at + 1;
            int next = t.attachedMark(end, '-') && t.attachedNumber(end + 1) ? end + 1 : end;
            if (!t.number(next) || t.lineBefore(next)) {
                break;
            }
            regular &= t.length(at) == 4;
            at = next;
        }
        if (groups == 0) {
            return unexplained(p, i);
        }
        boolean fraction = t.attachedMark(end, '.') && t.attachedNumber(end + 1);
        if (count >= 13
                && count <= 19
                && !fraction
                && (groups == 1 || regular || count == 15)
                && Checksums.luhn(digits(t, i, end), count, 0)) {
            byte[] digits = digits(t, i, end);
            boolean device = count == 15 && ((digits[0] == 3 && digits[1] == 5) || (digits[0] == 8 && digits[1] == 6));
            p.add(
                    i,
                    end,
                    device ? PhiCategory.DEVICE : PhiCategory.ACCOUNT,
                    device ? "device.imei" : "account.card",
                    0.9f);
            return end;
        }
        if (t.length(i) == 10 && Checksums.npi(digits(t, i, i + 1))) {
            p.add(i, i + 1, PhiCategory.LICENSE, "license.npi", 0.85f);
            return i + 1;
        }
        return unexplained(p, i);
    }

    /** Returns the digits of the numbers among so many tokens, {@value #MOST_DIGITS} at most. */
    private static byte[] digits(Tokens t, int from, int to) {
        byte[] digits = new byte[MOST_DIGITS];
        int count = 0;
        for (int i = from; i < to; i++) {
            for (int k = 0; t.number(i) && k < t.length(i); k++) {
                digits[count++] = (byte) t.digits(i, k, k + 1);
            }
        }
        return digits;
    }

    /** Seven digits or more that nothing clinical explains identify something. */
    private static int unexplained(Passage p, int i) {
        Tokens t = p.tokens;
        int end = i + 1;
        int digits = t.length(i);
        int longest = digits;
        int joints = 0;
        boolean years = DateRecognizer.isYear(t, i);
        while (t.attached(end)
                && (t.mark(end, '/') || t.mark(end, '-') || t.mark(end, '_'))
                && t.attachedNumber(end + 1)) {
            digits += t.length(end + 1);
            longest = Math.max(longest, t.length(end + 1));
            years &= DateRecognizer.isYear(t, end + 1);
            joints++;
            end += 2;
        }
        boolean fraction = (t.attachedMark(end, '.') || t.attachedMark(end, ',')) && t.attachedNumber(end + 1);
        if (digits < LEAST_RECORD_DIGITS
                || (longest < 7 && joints < 2)
                || (longest < 3 && t.mark(i + 1, '/'))
                || years
                || fraction
                || ClinicalGrammar.unitAfterLongNumber(t, end)
                || ClinicalGrammar.codeLabelled(t, i)) {
            return -1;
        }
        p.add(i, end, PhiCategory.ID, "id.digits", 0.5f);
        return end;
    }
}
