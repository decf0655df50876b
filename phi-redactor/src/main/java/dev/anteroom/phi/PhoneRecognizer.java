package dev.anteroom.phi;

/** Finds telephone numbers. Stateless. */
final class PhoneRecognizer {

    private static final int MOST_DIGITS = 15;

    private PhoneRecognizer() {}

    /** Returns the token after the telephone number that begins at a token, having proposed it, or -1. */
    static int recognize(Passage p, int i) {
        int end = end(p.tokens, i, false);
        if (end > 0
                && (p.tokens.is(i - 1, Lexicon.CODE_LABEL)
                        || (p.tokens.mark(i - 1) && p.tokens.is(i - 2, Lexicon.CODE_LABEL)))) {
            return -1;
        }
        if (end > 0) {
            p.add(i, end, PhiCategory.PHONE, "phone.pattern", 0.8f);
        }
        return end;
    }

    private static int end(Tokens t, int i, boolean labelled) {
        boolean international = t.mark(i, '+');
        int at = international ? i + 1 : i;
        if (!international && t.number(i) && ((t.attachedToWord(i)) || insideLonger(t, i))) {
            return -1;
        }
        int digits = 0;
        int groups = 0;
        int firstLength = 0;
        int secondLength = 0;
        int thirdLength = 0;
        boolean country = false;
        boolean bracket = t.mark(at, '(');
        boolean spaces = false;
        while (groups < 6) {
            if (t.mark(at, '(')) {
                at++;
            }
            if (!t.number(at) || t.length(at) + digits > MOST_DIGITS) {
                break;
            }
            int length = t.length(at);
            if ((groups == 0 && !international && length == 1 && t.value(at) == 1)
                    || (groups == 0 && international && t.value(at) == 1)) {
                country = true;
            } else {
                digits += length;
                thirdLength = secondLength == 0 || groups - (country ? 1 : 0) < 2 ? 0 : length;
                if (groups - (country ? 1 : 0) == 0) {
                    firstLength = length;
                } else if (groups - (country ? 1 : 0) == 1) {
                    secondLength = length;
                }
            }
            groups++;
            at++;
            if (digits == 10
                    && ((firstLength == 3 && secondLength == 3 && thirdLength == 4)
                            || (firstLength == 3 && secondLength == 7))) {
                return t.attachedNumber(at) || longer(t, at) ? -1 : extension(t, at);
            }
            if (digits == 10 && firstLength == 10 && (country || international || plain(t, at - 1))) {
                return longer(t, at) ? -1 : extension(t, at);
            }
            if (digits == 11 && firstLength == 11 && t.digits(at - 1, 0, 1) == 1 && t.digits(at - 1, 1, 2) > 1) {
                return longer(t, at) ? -1 : extension(t, at);
            }
            if (digits == 7
                    && firstLength == 3
                    && secondLength == 4
                    && !international
                    && !bracket
                    && !spaces
                    && called(t, i)) {
                return longer(t, at) ? -1 : extension(t, at);
            }
            if (national(t, i, groups, digits) && !t.number(at)) {
                return extension(t, at);
            }
            int next = separator(t, at, labelled);
            if (next < 0) {
                break;
            }
            spaces |= next == at;
            at = next;
        }
        while (international && at > i && !t.number(at - 1)) {
            at--;
        }
        return international && digits >= 8 ? extension(t, at) : -1;
    }

    /** At least three groups that begin with a zero, as most countries write them. */
    private static boolean national(Tokens t, int first, int groups, int digits) {
        return groups >= 3
                && digits >= 9
                && digits <= 12
                && t.number(first)
                && t.digits(first, 0, 1) == 0
                && t.length(first) >= 3;
    }

    private static boolean plain(Tokens t, int i) {
        return t.digits(i, 0, 1) > 1 && t.digits(i, 3, 4) > 1;
    }

    private static boolean insideLonger(Tokens t, int i) {
        return t.attached(i)
                && t.attached(i - 1)
                && (t.mark(i - 1, '/') || t.mark(i - 1, '-') || t.mark(i - 1, '.'))
                && t.number(i - 2);
    }

    private static boolean longer(Tokens t, int at) {
        return (t.attachedMark(at, '-') && t.attachedNumber(at + 1)) || t.attachedNumber(at);
    }

    /** Seven digits are a telephone number only where the words before say so. */
    private static boolean called(Tokens t, int i) {
        int at = i - 1;
        for (int steps = 0; steps < 3 && t.mark(at); steps++) {
            at--;
        }
        return t.is(at, Lexicon.CALL_CONTEXT)
                || (t.is(at - 1, Lexicon.CALL_CONTEXT) && !t.is(at - 1, "at") && t.word(at));
    }

    /** Returns the token after what may stand between two groups of digits, or -1. */
    private static int separator(Tokens t, int at, boolean labelled) {
        if (t.number(at)) {
            boolean last = t.length(at) == 4
                    && t.length(at - 1) == 3
                    && (t.attachedTo(at - 1, '-') || t.mark(at - 2, ')'))
                    && t.number(at - 3);
            boolean broken = last || (labelled && t.number(at - 1) && (t.length(at) >= 3 || t.mark(at - 2, '+')));
            return t.lineBefore(at) && !broken ? -1 : at;
        }
        int next = at;
        for (int marks = 0; marks < 3 && t.mark(next); marks++, next++) {
            char c = t.first(next);
            if (c != '-' && c != '.' && c != ')' && c != '(' && c != '/') {
                return -1;
            }
            if (c == '.' && !t.attached(next + 1)) {
                return -1;
            }
        }
        return t.number(next) && next > at ? next : -1;
    }

    /** Returns where an extension ends that begins at a token, or that token where none does. */
    static int extension(Tokens t, int end) {
        int at = t.mark(end, ',') ? end + 1 : end;
        if (t.is(at, "x")
                || t.is(at, "ext")
                || t.is(at, "extension")
                || (t.mark(at, '#') && t.attachedNumber(at + 1))) {
            at++;
            if (t.mark(at, '.') || t.mark(at, ':')) {
                at++;
            }
            if (t.number(at) && t.length(at) <= 6) {
                int last = at + 1;
                while (last - at < 6 && t.length(last - 1) == 1 && isSpacedDigit(t, last)) {
                    last++;
                }
                return last - at >= 3 ? last : at + 1;
            }
        }
        return end;
    }

    private static boolean isSpacedDigit(Tokens t, int i) {
        return t.number(i) && t.length(i) == 1 && !t.lineBefore(i) && !ClinicalGrammar.unitAfter(t, i + 1);
    }

    /** Proposes the telephone number that a label announces at a token, and returns the token after it, or -1. */
    static int recognizeLabelled(Passage p, int i, PhiCategory category, String layer, boolean shortNumber) {
        Tokens t = p.tokens;
        int end = end(t, i, true);
        if (end < 0) {
            int at = t.mark(i, '+') || t.mark(i, '(') ? i + 1 : i;
            int digits = 0;
            int last = -1;
            while (t.number(at)
                    && digits + t.length(at) <= MOST_DIGITS
                    && !(digits >= 7
                            && t.spaceBefore(at)
                            && t.length(at) < 3
                            && !(t.number(at - 1) && t.length(at - 1) == t.length(at)))) {
                digits += t.length(at);
                last = at + 1;
                int next = separator(t, last, false);
                if (next < 0) {
                    break;
                }
                at = next;
            }
            if (last < 0 || digits < (shortNumber ? 3 : 7)) {
                return -1;
            }
            end = extension(t, last);
        }
        p.add(i, end, category, layer, 0.95f);
        return end;
    }
}
