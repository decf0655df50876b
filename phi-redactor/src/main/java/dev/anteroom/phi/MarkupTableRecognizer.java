package dev.anteroom.phi;

import org.jspecify.annotations.Nullable;

/** Finds values under the column heads of tables in HTML. Stateless. */
final class MarkupTableRecognizer {

    private static final int MOST_COLUMNS = 64;
    private static final int LONGEST_CELL = 48;

    private MarkupTableRecognizer() {}

    /** Looks at the table whose first head cell begins at a token, and returns the token after what it has read. */
    static int recognize(Passage p, int i) {
        Tokens t = p.tokens;
        @Nullable LabelPhrase[] heads = new LabelPhrase[MOST_COLUMNS];
        int column = 0;
        int at = i;
        while (t.has(at)) {
            if (!t.mark(at, '<')) {
                at++;
                continue;
            }
            int content = Markup.tagEnd(t, at);
            if (content < 0) {
                at++;
                continue;
            }
            boolean closing = t.mark(at + 1, '/');
            int name = closing ? at + 2 : at + 1;
            if (closing && t.is(name, "table")) {
                return content;
            }
            if (t.is(name, "tr")) {
                column = 0;
            } else if (!closing && (t.is(name, "th") || t.is(name, "td")) && column < MOST_COLUMNS) {
                int end = content;
                while (t.has(end) && end - content < LONGEST_CELL && !(t.mark(end, '<') && t.mark(end + 1, '/'))) {
                    end++;
                }
                int start = content;
                while (start < end && t.mark(start, '<') && Markup.tagEnd(t, start) > 0) {
                    start = Markup.tagEnd(t, start);
                }
                LabelPhrase head = heads[column];
                if (t.is(name, "th") && head == null) {
                    heads[column] = head(t, start, end);
                } else if (t.is(name, "td") && head != null && start < end) {
                    LabelledRecognizer.recognizeField(p, head, start, end);
                }
                column++;
                content = Math.max(content, start);
            }
            at = content;
        }
        return at;
    }

    private static @Nullable LabelPhrase head(Tokens t, int from, int to) {
        for (int i = from; i < to; i++) {
            long label = Labels.longest(t, i);
            if (label >= 0) {
                int after = Labels.after(label);
                while (after < to && (t.mark(after) || t.is(after, Lexicon.LABEL_SUFFIX))) {
                    after++;
                }
                if (after >= to && Labels.phrase(label).shape() != LabelPhrase.Shape.NOTHING) {
                    return Labels.phrase(label);
                }
            }
        }
        return null;
    }
}
