package dev.anteroom.phi;

/**
 * Finds what shows itself by its shape within a run of characters without white space: addresses of the net, identifiers with a check digit,
 * long codes.
 * Stateless. Every scan moves forward only or is bounded.
 */
final class ChunkRecognizer {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int MOST_SPACED = 12;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_CODE = 40;

    private ChunkRecognizer() {}

    /** Looks at the tokens in {@code [from, to)}, which stand directly one after another, after white space. */
    static void recognize(Passage p, int from, int to) {
        Tokens t = p.tokens;
        boolean at = false;
        boolean dot = false;
        boolean colon = false;
        int hyphens = 0;
        boolean digits = false;
        for (int i = from; i < to; i++) {
            if (t.mark(i)) {
                char c = t.first(i);
                at |= c == '@';
                dot |= c == '.';
                colon |= c == ':';
                hyphens += c == '-' ? 1 : 0;
            } else {
                digits |= t.number(i);
            }
        }
        int urlFrom = colon || dot ? url(p, from, to) : to;
        if (at) {
            emails(p, from, to);
        }
        if (dot) {
            hosts(p, from, Math.min(to, urlFrom));
        }
        if (digits) {
            if (colon || dot) {
                networkAddresses(p, from, to);
            } else if (hyphens >= 5) {
                hexadecimalGroups(p, from, to);
            }
            codes(p, from, to);
        } else if (colon) {
            networkAddresses(p, from, to);
        }
    }

    /** Proposes the address that a scheme or www begins, and returns its first token, or {@code to}. */
    private static int url(Passage p, int from, int to) {
        Tokens t = p.tokens;
        for (int i = from; i < to; i++) {
            boolean scheme = t.word(i) && t.mark(i + 1, ':') && i + 3 < to && t.mark(i + 2, '/') && t.mark(i + 3, '/');
            boolean mail = t.is(i, "mailto") && i + 2 < to && t.mark(i + 1, ':');
            boolean www = t.is(i, "www") && i + 2 < to && t.mark(i + 1, '.');
            if (mail) {
                return i; // what follows is found as the address that it is
            }
            if (scheme || www) {
                int end = addressEnd(t, i, to);
                if (!Vocabularies.isAddress(p.chars, t.start(i), t.end(end - 1))) {
                    p.add(i, end, PhiCategory.URL, "url.pattern", 0.93f);
                }
                return i;
            }
        }
        return to;
    }

    private static int addressEnd(Tokens t, int from, int to) {
        int end = trimmed(t, from, to);
        return end == to ? trimmed(t, from, spacedEnd(t, to)) : end;
    }

    /** Returns where an address ends whose digits are written one by one, {@code to} where it ends there. */
    private static int spacedEnd(Tokens t, int to) {
        int end = to;
        while (end - to < LONGEST_LOCAL_PART && t.number(end - 1)) {
            int at = end;
            while (at - end < MOST_SPACED
                    && t.number(at)
                    && t.length(at) == 1
                    && !t.lineBefore(at)
                    && !(ClinicalGrammar.unitAfter(t, at + 1) && !(t.attached(at + 1) && t.attached(at + 2)))) {
                at++;
                if (t.attached(at)) {
                    break;
                }
            }
            boolean joined = at > end && t.attached(at) && (!t.mark(at) || t.attached(at + 1));
            if (!joined) {
                return at - end > 1 ? at : end;
            }
            end = at;
            while (t.attached(end)) {
                end++;
            }
        }
        return end;
    }

    /** Returns the end of an address without the punctuation of the sentence around it. */
    private static int trimmed(Tokens t, int from, int to) {
        int end = from + 1;
        for (int i = from; i < to; i++) {
            if (t.mark(i)) {
                char c = t.first(i);
                if (c == '"' || c == '<' || c == '>' || c == '`' || c == '|' || c == '\\' || c == '^') {
                    break;
                }
                if (".,;:!?)]}'*_".indexOf(c) >= 0) {
                    continue;
                }
            }
            end = i + 1;
        }
        return end;
    }

    private static void emails(Passage p, int from, int to) {
        Tokens t = p.tokens;
        char[] chars = p.chars;
        for (int i = from; i < to; i++) {
            if (!t.mark(i, '@')) {
                continue;
            }
            int low = t.start(from);
            int start = t.start(i);
            while (start > low && t.start(i) - start < LONGEST_LOCAL_PART && isLocal(chars[start - 1])) {
                start--;
            }
            if (start == low) {
                start = spacedStart(chars, start);
            }
            while (start < t.start(i) && chars[start] == '.') {
                start++;
            }
            int high = t.end(to - 1);
            int end = t.end(i);
            boolean letter = false;
            while (end < high && end - t.end(i) < LONGEST_HOST && isHost(chars[end])) {
                letter |= !isDigit(chars[end]) && chars[end] != '.' && chars[end] != '-';
                end++;
            }
            while (end > t.end(i) && (chars[end - 1] == '.' || chars[end - 1] == '-')) {
                end--;
            }
            if (start < t.start(i) && end > t.end(i) && letter) {
                p.addChars(start, end, PhiCategory.EMAIL, "email.pattern", 0.95f);
            }
        }
    }

    /** Returns where a mailbox begins whose last digits are written one by one, or the offset itself. */
    private static int spacedStart(char[] chars, int from) {
        int at = from;
        while (at > 2
                && from - at < 2 * MOST_SPACED
                && isDigit(chars[at])
                && !isDigit(chars[at + 1])
                && chars[at - 1] == ' '
                && isDigit(chars[at - 2])
                && !isDigit(chars[at - 3])) {
            at -= 2;
        }
        if (at == from || !isLocal(chars[at - 1])) {
            return from;
        }
        while (at > 0 && from - at < LONGEST_LOCAL_PART && isLocal(chars[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isLocal(char c) {
        return isAlphanumeric(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\'' || c >= 128;
    }

    private static boolean isHost(char c) {
        return isAlphanumeric(c) || c == '.' || c == '-' || c >= 128;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Bare host names that end in a known top-level domain, with the path after them. */
    private static void hosts(Passage p, int from, int to) {
        Tokens t = p.tokens;
        int i = from;
        while (i < to) {
            if (!t.word(i) && !t.number(i)) {
                i++;
                continue;
            }
            int first = i;
            int last = -1;
            i++;
            while (i < to) {
                if (t.mark(i, '.') && i + 1 < to && !t.mark(i + 1)) {
                    if (t.is(i + 1, Lexicon.TOP_LEVEL_DOMAIN)
                            && (t.lowerCase(i + 1) || t.allCapitals(i + 1))
                            && !(i + 2 < to && t.number(i + 2))) {
                        last = i + 2;
                    }
                    i += 2;
                } else if (t.mark(i, '-') && i + 1 < to && !t.mark(i + 1)) {
                    i += 2;
                } else if (!t.mark(i)) {
                    i++;
                } else {
                    break;
                }
            }
            boolean mail = first > from && t.mark(first - 1, '@');
            if (last > 0 && !mail && last >= i) {
                boolean path = i < to && (t.mark(i, '/') || t.mark(i, ':') || t.mark(i, '?'));
                int end = path ? addressEnd(t, first, to) : last;
                p.add(first, end, PhiCategory.URL, "url.host", 0.8f);
                if (path) {
                    return;
                }
            }
        }
    }

    private static void networkAddresses(Passage p, int from, int to) {
        Tokens t = p.tokens;
        for (int i = from; i < to; i++) {
            if (t.number(i) && i + 6 < to && (i == from || !t.mark(i - 1, '.')) && fourParts(t, i)) {
                boolean longer = i + 8 < to && t.mark(i + 7, '.') && t.number(i + 8);
                if (!longer) {
                    int end = i + 7;
                    if (end + 1 < to && t.mark(end, '/') && t.number(end + 1) && t.length(end + 1) <= 2) {
                        end += 2;
                    }
                    p.add(i, end, PhiCategory.IP, "ip.pattern", 0.85f);
                    i = end - 1;
                }
            }
        }
        hexadecimalGroups(p, from, to);
    }

    private static boolean fourParts(Tokens t, int i) {
        for (int part = 0; part < 4; part++) {
            int at = i + part * 2;
            if (!t.number(at) || t.length(at) > 3 || t.value(at) > 255 || (part < 3 && !t.mark(at + 1, '.'))) {
                return false;
            }
        }
        return true;
    }

    /** Internet addresses of version 6 and hardware addresses: hexadecimal groups between colons. */
    private static void hexadecimalGroups(Passage p, int from, int to) {
        char[] chars = p.chars;
        int end = p.tokens.end(to - 1);
        int at = p.tokens.start(from);
        while (at < end) {
            if ((!isHexadecimal(chars[at]) && chars[at] != ':')
                    || (at > p.tokens.start(from) && isAlphanumeric(chars[at - 1]))) {
                at++;
                continue;
            }
            int start = at;
            int colons = 0;
            int groups = 0;
            int length = 0;
            int shortest = 9;
            int longest = 0;
            boolean doubled = false;
            char joint = 0;
            while (at < end) {
                char c = chars[at];
                if (isHexadecimal(c)) {
                    length++;
                } else if (c == ':' || (c == '-' && joint != ':' && length == 2)) {
                    if (joint == '-' && c == ':') {
                        break;
                    }
                    joint = c;
                    if (length > 0) {
                        groups++;
                        shortest = Math.min(shortest, length);
                        longest = Math.max(longest, length);
                    } else if (at > start) {
                        doubled = true;
                    }
                    colons++;
                    length = 0;
                } else {
                    break;
                }
                at++;
            }
            if (length > 0) {
                groups++;
                shortest = Math.min(shortest, length);
                longest = Math.max(longest, length);
            }
            boolean bounded = at >= end || !isAlphanumeric(chars[at]);
            if (bounded && colons == 5 && groups == 6 && shortest == 2 && longest == 2) {
                p.addChars(start, at, PhiCategory.DEVICE, "device.mac", 0.9f);
            } else if (bounded
                    && joint == ':'
                    && longest <= 4
                    && at - start > 4
                    && ((colons == 7 && groups == 8) || (doubled && colons >= 2 && colons <= 7 && groups >= 2))) {
                p.addChars(start, at, PhiCategory.IP, "ip.pattern", 0.85f);
            }
            if (at == start) {
                at++;
            }
        }
    }

    private static boolean isHexadecimal(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Runs of letters and digits, joined by hyphens. */
    private static void codes(Passage p, int from, int to) {
        Tokens t = p.tokens;
        int i = from;
        while (i < to) {
            if (t.mark(i)) {
                if (t.mark(i, '(')
                        && i + 3 < to
                        && t.number(i + 1)
                        && t.value(i + 1) == 1
                        && t.length(i + 1) == 2
                        && t.mark(i + 2, ')')
                        && t.length(i + 3) >= 14
                        && t.number(i + 3)) {
                    p.add(i, trimmed(t, i, to), PhiCategory.DEVICE, "device.udi", 0.9f);
                    return;
                }
                i++;
                continue;
            }
            int first = i;
            int digits = 0;
            int letters = 0;
            int hyphens = 0;
            while (i < to && (!t.mark(i) || ((t.mark(i, '-') || t.mark(i, '_')) && i + 1 < to && !t.mark(i + 1)))) {
                if (t.number(i)) {
                    digits += t.length(i);
                } else if (t.word(i)) {
                    letters += t.length(i);
                } else {
                    hyphens++;
                }
                i++;
            }
            if (digits > 0 && letters > 0 && t.end(i - 1) - t.start(first) <= LONGEST_CODE) {
                code(p, first, i, letters, digits, hyphens);
            }
        }
    }

    private static void code(Passage p, int from, int to, int letters, int digits, int hyphens) {
        Tokens t = p.tokens;
        char[] chars = p.chars;
        int start = t.start(from);
        int length = t.end(to - 1) - start;
        int plain = letters + digits;
        if (length == 36 && hyphens == 4 && allHexadecimal(chars, start, length)) {
            p.add(from, to, PhiCategory.ID, "id.uuid", 0.9f);
        } else if (length == 17 && hyphens == 0 && Checksums.vin(chars, start)) {
            p.add(from, to, PhiCategory.VEHICLE, "vehicle.vin", 0.9f);
        } else if (plain == 11 && (hyphens == 2 || hyphens == 0) && beneficiary(chars, start, length)) {
            p.add(from, to, PhiCategory.PLAN, "plan.mbi", 0.9f);
        } else if (length == 9
                && letters == 2
                && digits == 7
                && to - from == 2
                && t.word(from)
                && Checksums.dea(chars, start)) {
            p.add(from, to, PhiCategory.LICENSE, "license.dea", 0.85f);
        } else if (plain >= 15
                && plain <= 34
                && hyphens == 0
                && t.length(from) >= 2
                && t.word(from)
                && iban(chars, start, length)) {
            p.add(from, to, PhiCategory.ACCOUNT, "account.iban", 0.9f);
        } else if (isOpaqueCode(t, from, to, letters, digits) && !explained(t, from, to)) {
            p.add(from, to, PhiCategory.ID, "id.code", 0.5f);
        }
    }

    /** Whether a run of letters and digits is a code rather than a word: many digits, a long hexadecimal value, or letters and digits in turns. */
    private static boolean isOpaqueCode(Tokens t, int from, int to, int letters, int digits) {
        if (digits >= 6 && letters <= 12 && (t.word(from) || longestNumber(t, from, to) >= 4)) {
            return true;
        }
        int turns = 0;
        int longestWord = 0;
        for (int i = from; i < to; i++) {
            longestWord = Math.max(longestWord, t.word(i) ? t.length(i) : 0);
            turns += i > from && !t.mark(i) && !t.mark(i - 1) ? 1 : 0;
        }
        return digits >= 3 && letters + digits >= 10 && turns >= 2 && longestWord <= 6;
    }

    private static int longestNumber(Tokens t, int from, int to) {
        int longest = 0;
        for (int i = from; i < to; i++) {
            longest = Math.max(longest, t.number(i) ? t.length(i) : 0);
        }
        return longest;
    }

    private static boolean explained(Tokens t, int from, int to) {
        if (ClinicalGrammar.codeLabelled(t, from) || t.is(from, Lexicon.CODE_LABEL)) {
            return true;
        }
        if (t.number(from) && to - from == 2 && t.is(from + 1, Lexicon.UNIT | Lexicon.DURATION)) {
            return true;
        }
        // drugs in trials are the only codes of these that are written with a hyphen
        if (t.is(from, "bms") || t.is(from, "ly") || t.is(from, "gsk")) {
            return true;
        }
        return !t.attachedMark(from + 1, '-')
                && (t.is(from, "rs")
                        || t.is(from, "nm")
                        || t.is(from, "ensg")
                        || t.is(from, "chembl")
                        || t.is(from, "hp")
                        || t.is(from, "go")
                        || t.is(from, "db")
                        || t.is(from, "np"));
    }

    private static boolean allHexadecimal(char[] chars, int start, int length) {
        for (int i = 0; i < length; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen != (chars[start + i] == '-') || (!hyphen && !isHexadecimal(chars[start + i]))) {
                return false;
            }
        }
        return true;
    }

    /** Medicare beneficiary identifier: C A AN N A AN N A A N N. */
    private static boolean beneficiary(char[] chars, int start, int length) {
        String shape = "CAXNAXNAANN";
        int at = 0;
        for (int i = 0; i < length; i++) {
            char c = Checksums.upper(chars[start + i]);
            if (c == '-') {
                continue;
            }
            if (at == shape.length()) {
                return false;
            }
            boolean fits = switch (shape.charAt(at++)) {
                case 'C' -> c >= '1' && c <= '9';
                case 'A' -> c >= 'A' && c <= 'Z';
                case 'N' -> isDigit(c);
                default -> isDigit(c) || (c >= 'A' && c <= 'Z');
            };
            if (!fits) {
                return false;
            }
        }
        return at == shape.length();
    }

    private static boolean iban(char[] chars, int start, int length) {
        if (!isDigit(chars[start + 2]) || !isDigit(chars[start + 3])) {
            return false;
        }
        char[] plain = new char[length];
        System.arraycopy(chars, start, plain, 0, length);
        return Checksums.iban(plain, length);
    }

    /** An international bank account number in groups of four: begins at a word of two letters with two digits attached. */
    static void recognizeGroupedAccount(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) != 2 || !t.attachedNumber(i + 1) || (t.length(i + 1) != 2 && t.length(i + 1) != 4)) {
            return;
        }
        char[] plain = new char[34];
        int count = 0;
        int at = i;
        int end = i;
        while (!t.mark(at) && t.has(at) && !t.lineBefore(at) && at - i < 20) {
            if (count + t.length(at) > plain.length || t.length(at) > 4) {
                break;
            }
            System.arraycopy(p.chars, t.start(at), plain, count, t.length(at));
            count += t.length(at);
            at++;
            if ((!t.attached(at) || t.mark(at)) && count >= 15 && Checksums.iban(plain, count)) {
                end = at;
            }
        }
        p.add(i, end, PhiCategory.ACCOUNT, "account.iban", 0.9f);
    }

    /** An address in words: name at host dot com, name [at] host.com. */
    static void recognizeSpelledEmail(Passage p, int at) {
        Tokens t = p.tokens;
        boolean bracket = t.mark(at - 1, '[') || t.mark(at - 1, '(') || t.mark(at - 1, '{');
        int before = bracket ? at - 2 : at - 1;
        int host = bracket ? at + 2 : at + 1;
        boolean prose =
                t.lowerCase(before) && t.is(before, Lexicon.COMMON | Lexicon.DISEASE_NOUN) && !t.is(host + 1, "dot");
        if (before < 0 || (!t.word(host) && !t.number(host)) || t.mark(before) || isWeb(t, host) || prose) {
            return;
        }
        int end = host + 1;
        int labels = 1;
        boolean domain = false;
        for (int steps = 0; steps < 8; steps++) {
            int next = end;
            if ((t.attachedMark(next, '.') || t.attachedMark(next, '-')) && t.attached(next + 1)) {
                next++;
            } else if (t.is(next, "dot") && t.word(next + 1) && !t.lineBefore(next + 1)) {
                next++;
            } else if ((t.mark(next, '[') || t.mark(next, '(')) && t.is(next + 1, "dot") && t.mark(next + 2)) {
                next += 3;
            } else if (t.attached(next) && !t.mark(next)) {
                end++;
                continue;
            } else {
                break;
            }
            if (!t.word(next) && !t.number(next)) {
                break;
            }
            domain = t.is(next, Lexicon.TOP_LEVEL_DOMAIN);
            end = next + 1;
            labels++;
        }
        if (!domain || labels < 2) {
            return;
        }
        int from = before;
        for (int steps = 0; steps < 12 && from > 0; steps++) {
            if (t.attached(from)
                    && (!t.mark(from - 1)
                            || t.mark(from - 1, '.')
                            || t.mark(from - 1, '_')
                            || t.mark(from - 1, '+')
                            || t.mark(from - 1, '-'))) {
                from--;
            } else if (t.is(from - 1, "dot") || t.is(from - 1, "underscore")) {
                from -= 2;
            } else {
                break;
            }
        }
        p.add(Math.max(from, 0), end, PhiCategory.EMAIL, "email.spelled", 0.85f);
    }

    /** Returns whether an address of the web begins at a word, so that the word before it is no mailbox. */
    private static boolean isWeb(Tokens t, int i) {
        return t.is(i, "www") || t.is(i, "http") || t.is(i, "https");
    }

    /** An address with spaces around its sign. */
    static void recognizeSpacedEmail(Passage p, int sign) {
        Tokens t = p.tokens;
        if ((t.attached(sign) && t.attached(sign + 1)) || (!t.word(sign - 1) && !t.number(sign - 1))) {
            return;
        }
        int end = sign + 1;
        boolean domain = false;
        for (int steps = 0; steps < 12 && (t.word(end) || t.number(end)); steps++) {
            domain = t.is(end, Lexicon.TOP_LEVEL_DOMAIN) && t.mark(end - 1, '.');
            end++;
            if ((t.mark(end, '.') || t.mark(end, '-'))
                    && (t.word(end + 1) || t.number(end + 1))
                    && t.attached(end + 1)) {
                end++;
            } else if (!t.attached(end)) {
                break;
            }
        }
        if (!domain) {
            return;
        }
        int from = sign - 1;
        while (from > 0
                && sign - from < 12
                && t.attached(from)
                && (!t.mark(from - 1) || t.mark(from - 1, '.') || t.mark(from - 1, '_') || t.mark(from - 1, '-'))) {
            from--;
        }
        p.add(from, end, PhiCategory.EMAIL, "email.pattern", 0.85f);
    }
}
