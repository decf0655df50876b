package dev.anteroom.phi;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds what identifies somebody in the segments of HL7 version 2 messages, by field.
 * Stateless. Each token of a segment is read once.
 */
final class Hl7Recognizer {

    private static final String LAYER = "hl7.field";
    private static final int LONGEST_SEGMENT = 4096;

    /** So many small words make a sentence. */
    private static final int FEWEST_SMALL_WORDS = 2;

    private static final int LONGEST_UNIT = 4;

    /** The component of a name behind family, given and middle name, where suffix, prefix and degree stand. */
    private static final int FIRST_TITLE = 4;

    private static final int MESSAGE_TYPE_LETTERS = 3;

    /** What a common word may be besides. */
    private static final long NAMELIKE = Lexicon.NAMELIKE | Lexicon.FACILITY_BRAND;

    /** What a field holds, which says which of its components identify. */
    private enum Content {
        /** An identifier with its assigning authority. */
        RECORD,
        /** A plan's number or an identifier of a plan. */
        PLAN,
        ACCOUNT,
        SSN,
        LICENSE,
        OTHER_ID,
        PERSON,
        /** A number, then the name of a person. */
        STAFF,
        ADDRESS,
        PLACE,
        PHONE,
        DATE,
        ORGANISATION,
        /** Unit, room and bed, then the facility that they are in. */
        BED;

        private boolean hasDigits() {
            return switch (this) {
                case RECORD, PLAN, ACCOUNT, SSN, LICENSE, OTHER_ID, PHONE, DATE -> true;
                case PERSON, STAFF, ADDRESS, PLACE, ORGANISATION, BED -> false;
            };
        }
    }

    private static final Map<String, Map<Integer, Content>> SEGMENTS = new HashMap<>();

    static {
        segment("MSH", Content.ORGANISATION, 4, 6);
        segment("MSH", Content.DATE, 7);
        segment("MSH", Content.OTHER_ID, 10);
        segment("EVN", Content.DATE, 2, 3, 6);
        segment("EVN", Content.STAFF, 5);
        segment("EVN", Content.ORGANISATION, 7);
        segment("PID", Content.RECORD, 2, 3, 4);
        segment("PID", Content.PERSON, 5, 6, 9);
        segment("PID", Content.DATE, 7, 29, 33);
        segment("PID", Content.ADDRESS, 11);
        segment("PID", Content.PLACE, 12, 23);
        segment("PID", Content.PHONE, 13, 14, 40);
        segment("PID", Content.ACCOUNT, 18);
        segment("PID", Content.SSN, 19);
        segment("PID", Content.LICENSE, 20);
        segment("PID", Content.RECORD, 21);
        segment("PD1", Content.ORGANISATION, 3);
        segment("PD1", Content.STAFF, 4);
        segment("NK1", Content.PERSON, 2, 26, 30);
        segment("NK1", Content.ADDRESS, 4, 32);
        segment("NK1", Content.PHONE, 5, 6, 7, 31, 40);
        segment("NK1", Content.DATE, 8, 9, 16);
        segment("NK1", Content.RECORD, 12, 33);
        segment("NK1", Content.ORGANISATION, 13);
        segment("NK1", Content.SSN, 37);
        segment("PV1", Content.BED, 3, 6, 11, 42, 43);
        segment("PV1", Content.ORGANISATION, 37, 39);
        segment("PV1", Content.RECORD, 5, 19, 50);
        segment("PV1", Content.STAFF, 7, 8, 9, 17, 52);
        segment("PV1", Content.DATE, 44, 45, 25);
        segment("PV2", Content.DATE, 8, 9, 14, 26, 28, 29);
        segment("PV2", Content.STAFF, 13);
        segment("PV2", Content.ORGANISATION, 23);
        segment("IN1", Content.PLAN, 2, 3, 8, 10, 14, 36, 49);
        segment("IN1", Content.ORGANISATION, 4, 9, 11);
        segment("IN1", Content.ADDRESS, 5, 19, 44);
        segment("IN1", Content.PERSON, 6, 16, 30);
        segment("IN1", Content.PHONE, 7);
        segment("IN1", Content.DATE, 12, 13, 18, 24, 26, 29);
        segment("IN2", Content.RECORD, 1, 26);
        segment("IN2", Content.SSN, 2);
        segment("IN2", Content.ORGANISATION, 3, 69, 70);
        segment("IN2", Content.PLAN, 6, 8, 25, 61);
        segment("IN2", Content.PERSON, 7, 9, 22, 40, 49, 52);
        segment("IN2", Content.PHONE, 50, 53, 58, 63, 64);
        segment("GT1", Content.RECORD, 2, 19, 29);
        segment("GT1", Content.PERSON, 3, 4, 16, 42, 45, 57);
        segment("GT1", Content.ADDRESS, 5, 17);
        segment("GT1", Content.PHONE, 6, 7, 18, 44, 46);
        segment("GT1", Content.DATE, 8, 13, 14);
        segment("GT1", Content.SSN, 12);
        segment("GT1", Content.ORGANISATION, 21, 51);
        segment("OBR", Content.OTHER_ID, 2, 3, 18, 19, 20, 21);
        segment("OBR", Content.DATE, 6, 7, 8, 14, 22, 36);
        segment("OBR", Content.STAFF, 10, 16, 28, 32, 33, 34, 35);
        segment("OBR", Content.PHONE, 17);
        segment("OBX", Content.DATE, 14, 19);
        segment("OBX", Content.ORGANISATION, 15, 23);
        segment("OBX", Content.STAFF, 16, 25);
        segment("OBX", Content.OTHER_ID, 18, 21);
        segment("OBX", Content.ADDRESS, 24);
        segment("ORC", Content.OTHER_ID, 2, 3, 4);
        segment("ORC", Content.DATE, 9, 15, 27);
        segment("ORC", Content.STAFF, 10, 11, 12, 19);
        segment("ORC", Content.ORGANISATION, 13, 17, 21);
        segment("ORC", Content.ADDRESS, 22, 24);
        segment("ORC", Content.PHONE, 14, 23);
        segment("DG1", Content.DATE, 5);
        segment("DG1", Content.STAFF, 16);
        segment("AL1", Content.DATE, 6);
        segment("PR1", Content.DATE, 5);
        segment("PR1", Content.STAFF, 8, 11, 12);
        segment("TXA", Content.DATE, 4, 6, 7, 8);
        segment("TXA", Content.STAFF, 5, 9, 10, 11, 22, 23);
        segment("TXA", Content.OTHER_ID, 12, 13, 14, 15);
        segment("RXA", Content.DATE, 3, 4, 16);
        segment("RXA", Content.STAFF, 10);
        segment("RXA", Content.ORGANISATION, 11);
        segment("RXA", Content.OTHER_ID, 15);
        segment("FT1", Content.OTHER_ID, 2, 3, 23);
        segment("FT1", Content.DATE, 4, 5);
        segment("FT1", Content.STAFF, 20, 21, 24);
        segment("SCH", Content.OTHER_ID, 1, 2);
        segment("SCH", Content.STAFF, 12, 16, 20);
        segment("SCH", Content.PHONE, 13, 17);
        segment("SCH", Content.DATE, 11);
        segment("AIP", Content.STAFF, 3);
        segment("AIP", Content.DATE, 6);
        segment("AIL", Content.ORGANISATION, 3);
        segment("NTE", Content.STAFF, 5);
        segment("NTE", Content.DATE, 6, 7);
        segment("MRG", Content.RECORD, 1, 2, 4, 5, 6);
        segment("MRG", Content.ACCOUNT, 3);
        segment("MRG", Content.PERSON, 7);
        segment("ACC", Content.DATE, 1);
        segment("ACC", Content.PLACE, 3);
        segment("SPM", Content.OTHER_ID, 2, 3);
        segment("SPM", Content.DATE, 17, 18);
        segment("ROL", Content.STAFF, 4);
        segment("ROL", Content.ADDRESS, 11);
        segment("ROL", Content.PHONE, 12);
    }

    private Hl7Recognizer() {}

    private static void segment(String name, Content content, int... fields) {
        Map<Integer, Content> contents = SEGMENTS.computeIfAbsent(name, _ -> new HashMap<>());
        for (int field : fields) {
            contents.put(field, content);
        }
    }

    /** Returns whether a segment may begin at a word: three capitals or digits, then a bar. */
    static boolean begins(Tokens t, int i) {
        return t.spaceBefore(i)
                && (t.length(i) == 3
                        ? t.attachedMark(i + 1, '|')
                        : t.length(i) == 2 && t.attachedNumber(i + 1) && t.attachedMark(i + 2, '|'))
                && t.allCapitals(i);
    }

    /** Returns whether characters are the name of a segment. */
    static boolean isSegment(char[] chars, int start, int end) {
        return end - start == 3 && SEGMENTS.containsKey(new String(chars, start, end - start));
    }

    /** Looks at the segment that begins at a word. */
    static void recognize(Passage p, int i) {
        Tokens t = p.tokens;
        int at = t.length(i) == 3 ? i + 1 : i + 2;
        Map<Integer, Content> contents = SEGMENTS.get(new String(p.chars, t.start(i), t.end(at - 1) - t.start(i)));
        if (contents == null) {
            return;
        }
        boolean header = t.is(i, "msh");
        int field = header ? 1 : 0;
        int limit = Math.min(t.count(), i + LONGEST_SEGMENT);
        while (at < limit && !t.lineBefore(at) && !(t.word(at) && begins(t, at))) {
            if (!t.mark(at, '|')) {
                at++;
                continue;
            }
            field++;
            int end = ++at;
            while (end < limit && !t.lineBefore(end) && !t.mark(end, '|') && !(t.word(end) && begins(t, end))) {
                end++;
            }
            Content content = contents.get(field);
            if (content != null) {
                boolean last = !t.mark(end, '|');
                repetitions(p, content, at, last ? textBegins(t, content, at, end) : end);
            }
            at = end;
        }
    }

    /** Returns where other text begins behind the last field of a segment, on the same line. */
    private static int textBegins(Tokens t, Content content, int from, int to) {
        return content.hasDigits() ? textBehindNumber(t, from, to) : textBehindWords(t, from, to);
    }

    /** At the first word after white space, if no component and no repetition follows. */
    private static int textBehindNumber(Tokens t, int from, int to) {
        boolean digits = false;
        int begins = to;
        for (int i = from; i < to; i++) {
            if (t.mark(i, '^') || t.mark(i, '~') || t.mark(i, '&')) {
                begins = to;
            } else if (digits
                    && begins == to
                    && t.word(i)
                    && t.spaceBefore(i)
                    && PhoneRecognizer.extension(t, i) == i) {
                begins = i;
            }
            digits |= t.number(i);
        }
        return begins;
    }

    /** At the first of the small words of a sentence: a name or an address has none, or one. */
    private static int textBehindWords(Tokens t, int from, int to) {
        int small = 0;
        int begins = to;
        for (int i = from; i < to; i++) {
            if (t.mark(i, '^') || t.mark(i, '~') || t.mark(i, '&')) {
                small = 0;
                begins = to;
            } else if (t.lowerCase(i) && t.spaceBefore(i) && t.is(i, Lexicon.COMMON) && !t.is(i, Lexicon.PARTICLE)) {
                begins = small++ == 0 ? i : begins;
            }
        }
        return small >= FEWEST_SMALL_WORDS ? begins : to;
    }

    private static void repetitions(Passage p, Content content, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || p.tokens.mark(i, '~')) {
                repetition(p, content, start, i);
                start = i + 1;
            }
        }
    }

    private static void repetition(Passage p, Content content, int from, int to) {
        int first = component(p.tokens, from, to, 1);
        int firstEnd = componentEnd(p.tokens, first, to);
        switch (content) {
            case RECORD, PLAN, ACCOUNT, SSN, LICENSE, OTHER_ID -> {
                if (isMessageType(p.tokens, from, to)) {
                    return;
                }
                PhiCategory category = identifier(p, content, firstEnd, to);
                add(p, first, firstEnd, category);
                int authority = category == PhiCategory.SSN ? to : component(p.tokens, from, to, 4);
                addWords(p, authority, componentEnd(p.tokens, authority, to), PhiCategory.FACILITY);
            }
            case STAFF -> {
                if (p.tokens.word(first) && !p.tokens.attachedNumber(first + 1)) {
                    addName(p, from, to);
                } else {
                    add(p, first, firstEnd, PhiCategory.LICENSE);
                    int name = component(p.tokens, from, to, 2);
                    int last = component(p.tokens, from, to, 8);
                    addName(p, name, Math.min(last, to));
                }
            }
            case PERSON -> addName(p, from, Math.min(component(p.tokens, from, to, 7), to));
            case ADDRESS -> {
                int state = component(p.tokens, from, to, 4);
                int postal = component(p.tokens, from, to, 5);
                add(p, from, Math.min(state, to), PhiCategory.LOCATION);
                add(p, postal, componentEnd(p.tokens, postal, to), PhiCategory.LOCATION);
                int county = component(p.tokens, from, to, 9);
                add(p, county, componentEnd(p.tokens, county, to), PhiCategory.LOCATION);
            }
            case PLACE -> addWords(p, from, to, PhiCategory.LOCATION);
            case PHONE -> add(p, from, to, PhiCategory.PHONE);
            case DATE -> {
                if (p.tokens.number(first) && p.tokens.length(first) > 4) {
                    add(p, first, firstEnd, PhiCategory.DATE);
                }
            }
            case ORGANISATION -> addUnlessPlain(p, from, to);
            case BED -> {
                boolean isUnit = firstEnd < to && isUnit(p.tokens, first, firstEnd);
                addUnlessPlain(p, isUnit ? component(p.tokens, from, to, 4) : from, to);
            }
        }
    }

    /** Returns whether the first component of a place in a hospital is a unit: a short word, a number, or words that name no place. */
    private static boolean isUnit(Tokens t, int from, int to) {
        for (int i = from; i < to; i++) {
            if (t.word(i) && !isPlain(t, i) && (t.length(i) > LONGEST_UNIT || t.is(i, NAMELIKE))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a field says what the message is, such as ADT^A01: messages are written in which it stands a field too late. */
    private static boolean isMessageType(Tokens t, int from, int to) {
        return to - from == 4
                && t.allCapitals(from)
                && t.length(from) == MESSAGE_TYPE_LETTERS
                && t.mark(from + 1, '^')
                && t.allCapitals(from + 2)
                && t.length(from + 2) == 1
                && t.attachedNumber(from + 3);
    }

    /** Proposes a name without the titles and degrees in the components behind it: "Do" is a given name too. */
    private static void addName(Passage p, int from, int to) {
        Tokens t = p.tokens;
        int end = to;
        int least = component(t, from, to, FIRST_TITLE);
        for (int i = to - 1; i >= least; i--) {
            boolean title = t.is(i, Lexicon.TITLE | Lexicon.CREDENTIAL) && t.mark(i - 1, '^');
            if (title || t.mark(i, '^')) {
                end = i;
            } else if (!t.mark(i, '.')) {
                break;
            }
        }
        add(p, from, end, PhiCategory.NAME);
    }

    /** Where the identifier's type says so, the number of a record is another one. */
    private static PhiCategory identifier(Passage p, Content content, int from, int to) {
        for (int i = from; i < to; i++) {
            if (p.tokens.is(i, "ss")) {
                return PhiCategory.SSN;
            }
            if (p.tokens.is(i, "dl") || p.tokens.is(i, "npi")) {
                return PhiCategory.LICENSE;
            }
            if (p.tokens.is(i, "an")) {
                return PhiCategory.ACCOUNT;
            }
        }
        return switch (content) {
            case RECORD -> PhiCategory.MRN;
            case PLAN -> PhiCategory.PLAN;
            case ACCOUNT -> PhiCategory.ACCOUNT;
            case SSN -> PhiCategory.SSN;
            case LICENSE -> PhiCategory.LICENSE;
            default -> PhiCategory.ID;
        };
    }

    /** Returns the first token of a component, counted from 1, or {@code to}. */
    private static int component(Tokens t, int from, int to, int number) {
        int at = from;
        int component = 1;
        while (at < to && component < number) {
            component += t.mark(at, '^') ? 1 : 0;
            at++;
        }
        return component == number ? at : to;
    }

    private static int componentEnd(Tokens t, int from, int to) {
        int end = from;
        while (end < to && !t.mark(end, '^')) {
            end++;
        }
        return end;
    }

    /** Proposes tokens of which a word may be a name. */
    private static void addWords(Passage p, int from, int to, PhiCategory category) {
        for (int i = from; i < to; i++) {
            if (p.tokens.word(i) && p.tokens.length(i) > 1 && !isPlain(p.tokens, i) && !p.tokens.is(i, Lexicon.LABEL)) {
                add(p, from, to, category);
                return;
            }
        }
    }

    /** Proposes an organisation, but where nothing but words stand for it that name none. */
    private static void addUnlessPlain(Passage p, int from, int to) {
        for (int i = from; i < to; i++) {
            if (p.tokens.number(i) || (p.tokens.word(i) && !isPlain(p.tokens, i))) {
                add(p, from, to, PhiCategory.FACILITY);
                return;
            }
        }
    }

    /** Returns whether a word names no place by itself. */
    private static boolean isPlain(Tokens t, int i) {
        return t.is(i, Lexicon.DIRECTION) || (t.is(i, Lexicon.COMMON) && !t.is(i, NAMELIKE));
    }

    /** Proposes tokens without the separators around them. */
    private static void add(Passage p, int from, int to, PhiCategory category) {
        Tokens t = p.tokens;
        int start = from;
        int end = to;
        while (start < end && (t.mark(start, '^') || t.mark(start, '&') || t.mark(start, '"'))) {
            start++;
        }
        while (end > start && (t.mark(end - 1, '^') || t.mark(end - 1, '&') || t.mark(end - 1, '"'))) {
            end--;
        }
        if (start < end) {
            p.add(start, end, category, LAYER, 0.94f);
        }
    }
}
