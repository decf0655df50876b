package dev.anteroom.phi;

import java.util.List;
import java.util.function.Consumer;

/**
 * Finds values that the border between two neighbouring positions cuts from their label, or cuts in two, as in turns of a chat.
 * Stateless. It reads a bounded piece on either side of a border, and only where a number may hang together with what stands before.
 */
final class SeamRecognizer {

    private static final int REACH = 12;
    private static final int LONGEST_PIECE = 160;

    private SeamRecognizer() {}

    /**
     * Looks at the border between a position and the one before it.
     *
     * @param values what finds values in the text that both pieces make together, a document of one position
     */
    static void recognize(Document document, int position, Candidates out, Consumer<Candidates> values) {
        Tokens before = document.tokens(position - 1);
        Tokens after = document.tokens(position);
        if (!document.position(position - 1).isText()
                || !document.position(position).isText()
                || before.count() == 0
                || after.count() == 0) {
            return;
        }
        int last = before.count() - 1;
        boolean cut = (before.number(last) || (before.mark(last) && before.number(last - 1))) && isPart(after, 0)
                || before.mark(last, '@');
        if (!cut && !(labelled(before) && numbered(after))) {
            return;
        }
        boolean joint = cut && (before.mark(last) || after.mark(0));
        int from = Math.max(0, before.count() - REACH);
        while (from < last && before.end(last) - before.start(from) > LONGEST_PIECE) {
            from++;
        }
        int to = Math.min(after.count(), REACH);
        while (to > 1 && after.end(to - 1) > LONGEST_PIECE) {
            to--;
        }
        int start = before.start(from);
        int border = before.end(last) - start;
        char[] chars = document.text(position - 1).array();
        String gap = joint ? "" : cut || !before.mark(last, '?') ? " " : "\n";
        String text = new String(chars, start, border)
                + gap
                + new String(document.text(position).array(), 0, after.end(to - 1));
        Document seam = Document.of(List.of(Position.text("", text)));
        Candidates found = new Candidates(seam);
        values.accept(found);
        for (int i = 0; i < found.size(); i++) {
            Span span = found.span(i);
            add(out, position - 1, span, start + span.start(), start + Math.min(border, span.end()));
            int first = border + gap.length();
            add(out, position, span, Math.max(0, span.start() - first), span.end() - first);
        }
    }

    private static void add(Candidates out, int position, Span span, int start, int end) {
        if (start < end) {
            out.add(position, start, end, span.category(), span.layer(), span.score());
        }
    }

    private static boolean isPart(Tokens t, int i) {
        return t.number(i) || (t.mark(i, '-') && t.number(i + 1));
    }

    private static boolean labelled(Tokens t) {
        for (int i = Math.max(0, t.count() - REACH); i < t.count(); i++) {
            if (t.is(i, Lexicon.LABEL)) {
                return true;
            }
        }
        return false;
    }

    private static boolean numbered(Tokens t) {
        for (int i = 0; i < Math.min(REACH, t.count()); i++) {
            if (t.number(i) || t.is(i, Lexicon.DIGIT_WORD)) {
                return true;
            }
        }
        return false;
    }
}
