package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why a redactor replaces what it replaces in a call.
 * Immutable. It holds offsets, not values.
 *
 * @param findings what is replaced, sorted and disjoint
 * @param withdrawn what a layer proposed and a reviewed exception took back; some of it may be replaced all the same, for other reasons
 */
public record Explanation(List<Finding> findings, List<Span> withdrawn) {

    public Explanation {
        findings = List.copyOf(findings);
        withdrawn = List.copyOf(withdrawn);
    }

    /**
     * One stretch that is replaced.
     *
     * @param span the stretch, with the category and the layer that prevailed
     * @param votes what every layer proposed within it, each once, in no particular order
     */
    public record Finding(Span span, List<Span> votes) {

        public Finding {
            votes = List.copyOf(votes);
        }
    }

    static Explanation of(List<Span> spans, Candidates candidates) {
        List<Set<Span>> votes = new ArrayList<>(spans.size());
        spans.forEach(_ -> votes.add(new LinkedHashSet<>()));
        for (int i = 0; i < candidates.size(); i++) {
            Span vote = candidates.span(i);
            votes.get(covering(spans, vote)).add(vote);
        }
        List<Finding> findings = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            findings.add(new Finding(spans.get(i), List.copyOf(votes.get(i))));
        }
        return new Explanation(findings, candidates.withdrawn());
    }

    /** Returns the index of the span that covers a candidate; there is one, because what is proposed stays covered. */
    private static int covering(List<Span> spans, Span vote) {
        int low = 0;
        int high = spans.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            Span span = spans.get(middle);
            if (span.position() < vote.position()
                    || (span.position() == vote.position() && span.start() <= vote.start())) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
