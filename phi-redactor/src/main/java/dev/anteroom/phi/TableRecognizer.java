package dev.anteroom.phi;

import org.jspecify.annotations.Nullable;

/** Finds values under the column heads of tables: Markdown, tab-separated and comma-separated. Stateless. */
final class TableRecognizer {

    private static final int MOST_COLUMNS = 64;
    private static final int LONGEST_HEAD = 6;

    /** Tokens of a cell in a row that an empty line parts from the table. */
    private static final int LONGEST_CELL_APART = 12;

    private TableRecognizer() {}

    static void recognize(Passage p) {
        Tokens t = p.tokens;
        int count = t.count();
        @Nullable LabelPhrase @Nullable [] heads = null;
        char delimiter = 0;
        int columns = 0;
        int line = 0;
        while (line < count) {
            int end = t.nextLine(line + 1);
            if (heads != null
                    && delimiters(p, line, end, delimiter) > 0
                    && !(isLoose(delimiter) && isApart(p, line) && !hasShortCells(p, line, end, delimiter, columns))) {
                row(p, line, end, delimiter, heads, columns);
            } else {
                heads = null;
                if (end < count && !Hl7Recognizer.begins(t, line)) {
                    delimiter = delimiter(p, line, end);
                    if (delimiter != 0) {
                        heads = heads(p, line, end, delimiter);
                        columns = delimiters(p, line, end, delimiter);
                    }
                }
            }
            line = end;
        }
    }

    /** Returns whether a delimiter stands in prose too. */
    private static boolean isLoose(char delimiter) {
        return delimiter == ',' || delimiter == ';';
    }

    /** Returns whether an empty line stands before a line. */
    private static boolean isApart(Passage p, int line) {
        int breaks = 0;
        for (int at = p.tokens.end(line - 1); at < p.tokens.start(line); at++) {
            breaks += p.chars[at] == '\n' ? 1 : 0;
        }
        return breaks > 1;
    }

    /** Returns whether a line looks like a row, and not like a sentence with commas. */
    private static boolean hasShortCells(Passage p, int from, int to, char delimiter, int columns) {
        int cells = 0;
        int at = from;
        while (at <= to) {
            int end = cellEnd(p, at, to, delimiter);
            if (end - at > LONGEST_CELL_APART) {
                return false;
            }
            cells++;
            if (end >= to) {
                break;
            }
            at = end + 1;
        }
        return cells == columns + 1;
    }

    private static char delimiter(Passage p, int from, int to) {
        Tokens t = p.tokens;
        if (!t.is(from, Lexicon.LABEL) && !t.mark(from) && to - from > MOST_COLUMNS * LONGEST_HEAD) {
            return 0;
        }
        char best = 0;
        for (int i = p.tabs ? from : t.nextSign(from, to); i < to; i = p.tabs ? i + 1 : t.nextSign(i + 1, to)) {
            if (t.number(i)) {
                return 0;
            }
            if (t.mark(i, '|')) {
                return '|';
            }
            if (i > from && isTab(p, i)) {
                best = '\t';
            } else if (best == 0 && (t.mark(i, ',') || t.mark(i, ';'))) {
                best = t.first(i);
            }
        }
        return best;
    }

    /** Returns whether a tab stands before a token. */
    static boolean isTab(Passage p, int token) {
        Tokens t = p.tokens;
        if (!p.tabs || !t.spaceBefore(token)) {
            return false;
        }
        for (int at = t.end(token - 1); at < t.start(token); at++) {
            if (p.chars[at] == '\t') {
                return true;
            }
        }
        return false;
    }

    private static int delimiters(Passage p, int from, int to, char delimiter) {
        int found = 0;
        for (int i = from; i < to; i++) {
            found += delimiter == '\t' ? (i > from && isTab(p, i) ? 1 : 0) : p.tokens.mark(i, delimiter) ? 1 : 0;
        }
        return found;
    }

    /** Returns the token after the cell that begins at a token; for all but tabs that is the delimiter. */
    private static int cellEnd(Passage p, int from, int to, char delimiter) {
        boolean quoted = delimiter != '|' && p.tokens.mark(from, '"');
        int i = quoted ? from + 1 : from;
        while (i < to) {
            if (quoted && p.tokens.mark(i, '"')) {
                quoted = false;
            } else if (!quoted
                    && (delimiter == '\t'
                            ? i > from && isTab(p, i)
                            : p.tokens.mark(i, delimiter) && !insideDate(p.tokens, i))) {
                return i;
            }
            i++;
        }
        return to;
    }

    /** The comma of "August 11, 1945" is no delimiter. */
    private static boolean insideDate(Tokens t, int comma) {
        return t.spaceBefore(comma + 1)
                && DateRecognizer.isYear(t, comma + 1)
                && t.number(comma - 1)
                && t.is(comma - 2, Lexicon.MONTH);
    }

    private static @Nullable LabelPhrase @Nullable [] heads(Passage p, int from, int to, char delimiter) {
        Tokens t = p.tokens;
        @Nullable LabelPhrase[] heads = new LabelPhrase[MOST_COLUMNS];
        int column = 0;
        int known = 0;
        int numbers = 0;
        int at = from;
        while (at <= to && column < MOST_COLUMNS) {
            int end = cellEnd(p, at, to, delimiter);
            if (end - at > LONGEST_HEAD) {
                return null;
            }
            int start = at;
            while (start < end && t.mark(start)) {
                start++;
            }
            long label = -1;
            for (int i = start; i < end && !t.number(i) && (label < 0 || Labels.after(label) < end); i++) {
                long next = t.attachedTo(i, '/') ? -1 : Labels.longest(t, i);
                label = next < 0 ? label : next;
            }
            if (label < 0 && start < end && t.camelCase(start)) {
                heads[column] = Labels.ofField(p.text.subSequence(t.start(start), t.end(start)));
                known += heads[column] == null ? 0 : 1;
            } else if (label >= 0) {
                int after = Labels.after(label);
                while (after < end && (t.mark(after) || t.is(after, Lexicon.LABEL_SUFFIX))) {
                    after++;
                }
                if (after >= end && Labels.phrase(label).shape() != LabelPhrase.Shape.NOTHING) {
                    heads[column] = Labels.phrase(label);
                    known++;
                    numbers += isNumber(Labels.phrase(label)) ? 1 : 0;
                }
            }
            column++;
            if (end >= to) {
                break;
            }
            at = delimiter == '\t' ? end : end + 1;
        }
        return column >= 2 && known >= (isLoose(delimiter) && numbers == 0 ? 2 : 1) ? heads : null;
    }

    /** One head is enough where its values must have digits. */
    private static boolean isNumber(LabelPhrase head) {
        return head.strength() == LabelPhrase.Strength.STRONG
                && switch (head.shape()) {
                    case IDENTIFIER, PHONE, POSTAL_CODE -> true;
                    case CHUNK, PERSON, PLACE, ADDRESS, DATE, AGE, ORGANISATION, NOTHING -> false;
                };
    }

    private static void row(Passage p, int from, int to, char delimiter, @Nullable LabelPhrase[] heads, int columns) {
        Tokens t = p.tokens;
        if (delimiter == ',' && delimiters(p, from, to, delimiter) < columns) {
            return;
        }
        int column = 0;
        int at = from;
        while (at <= to && column < MOST_COLUMNS) {
            int end = cellEnd(p, at, to, delimiter);
            LabelPhrase head = heads[column];
            if (head != null) {
                int start = at;
                int last = end;
                while (start < last && t.mark(start) && !t.mark(start, '(') && !t.mark(start, '+')) {
                    start++;
                }
                while (last > start && t.mark(last - 1) && !t.mark(last - 1, ')')) {
                    last--;
                }
                if (start < last
                        && !(t.is(start, Lexicon.LABEL)
                                && last == start + 1
                                && !t.is(start, Lexicon.GIVEN_NAME | Lexicon.SURNAME))) {
                    LabelledRecognizer.recognizeField(p, head, start, last);
                }
            }
            column++;
            if (end >= to) {
                break;
            }
            at = delimiter == '\t' ? end : end + 1;
        }
    }
}
