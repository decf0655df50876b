package dev.anteroom.phi;

import java.util.BitSet;
import java.util.List;

/** The last layer of the strict profile: replaces every number that nothing explains. Stateless. */
final class StrictSweep {

    private static final String LAYER = "strict.number";

    private StrictSweep() {}

    /** Sweeps the positions that are set in {@code fresh}. */
    static void sweep(Document document, BitSet fresh, List<Span> spans, Candidates candidates) {
        int next = 0;
        for (int position = fresh.nextSetBit(0); position >= 0; position = fresh.nextSetBit(position + 1)) {
            while (next < spans.size() && spans.get(next).position() < position) {
                next++;
            }
            Position.Form form = document.position(position).form();
            if (form == Position.Form.PERSON) {
                continue;
            }
            Tokens t = document.tokens(position);
            FoldedText text = document.text(position);
            if (form == Position.Form.NUMBER) {
                if (t.count() == 1 && t.length(0) >= 7) {
                    candidates.add(position, 0, text.length(), PhiCategory.ID, LAYER, 0.3f);
                }
                continue;
            }
            for (int i = 0; i < t.count(); i++) {
                if (!t.number(i)) {
                    continue;
                }
                int start = text.originalStart(t.start(i));
                while (next < spans.size()
                        && spans.get(next).position() == position
                        && spans.get(next).end() <= start) {
                    next++;
                }
                boolean covered = next < spans.size()
                        && spans.get(next).position() == position
                        && spans.get(next).start() <= start;
                if (!covered && !ClinicalGrammar.explains(t, i)) {
                    int from = i;
                    while (t.attached(from) && t.word(from - 1) && t.length(from - 1) <= 4) {
                        from--;
                    }
                    candidates.add(position, t.start(from), t.end(i), PhiCategory.ID, LAYER, 0.3f);
                }
            }
        }
    }
}
