package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Makes sorted, disjoint spans of candidates. Stateless. What any candidate covers stays covered. */
final class SpanMerger {

    private static final Comparator<Span> ORDER = (a, b) -> a.position() != b.position()
            ? Integer.compare(a.position(), b.position())
            : a.start() != b.start() ? Integer.compare(a.start(), b.start()) : Integer.compare(a.end(), b.end());

    private SpanMerger() {}

    /**
     * Merges the candidates from an index on, and the spans found before, by score, then by length. Positions do not touch one another: where
     * one has no candidate, its spans stay as they are.
     */
    static List<Span> merge(Document document, List<Span> before, Candidates candidates, int from) {
        if (candidates.size() == from) {
            return before;
        }
        BitSet touched = new BitSet();
        for (int i = from; i < candidates.size(); i++) {
            touched.set(candidates.position(i));
        }
        List<Span> sorted = new ArrayList<>(before.size() + candidates.size() - from);
        List<Span> untouched = new ArrayList<>(0);
        for (Span span : before) {
            (touched.get(span.position()) ? sorted : untouched).add(span);
        }
        for (int i = from; i < candidates.size(); i++) {
            sorted.add(candidates.span(i));
        }
        sorted.sort(ORDER);
        List<Span> merged = new ArrayList<>(sorted.size());
        Span current = sorted.getFirst();
        Span best = current;
        for (int i = 1; i < sorted.size(); i++) {
            Span next = sorted.get(i);
            boolean overlaps = next.position() == current.position() && next.start() < current.end();
            if (overlaps || joins(document, current, next)) {
                best = better(best, next);
                current = new Span(
                        current.position(),
                        current.start(),
                        Math.max(current.end(), next.end()),
                        best.category(),
                        named(best, current, next),
                        best.score());
            } else {
                merged.add(current);
                current = next;
                best = next;
            }
        }
        merged.add(current);
        if (!untouched.isEmpty()) {
            merged.addAll(untouched);
            merged.sort(ORDER);
        }
        return merged;
    }

    /** Returns the layer that prevailed, and whether the tagger agreed. */
    private static String named(Span best, Span a, Span b) {
        boolean tagged = TaggerLayer.isTagger(a.layer())
                || TaggerLayer.isTagger(b.layer())
                || a.layer().endsWith(TaggerLayer.TOO)
                || b.layer().endsWith(TaggerLayer.TOO);
        return tagged ? TaggerLayer.agreed(best.layer()) : best.layer();
    }

    /** A rule knows better than the tagger what kind of identifier something is; that a value is repeated says nothing new of it. */
    private static Span better(Span a, Span b) {
        boolean taggerA = TaggerLayer.isTagger(a.layer());
        if (taggerA != TaggerLayer.isTagger(b.layer())) {
            Span tagged = taggerA ? a : b;
            Span other = taggerA ? b : a;
            return other.layer().equals(FoundValues.LAYER) && other.category() == tagged.category() ? tagged : other;
        }
        if (isAddressAround(a, b)) {
            return a;
        }
        if (isAddressAround(b, a)) {
            return b;
        }
        if (a.score() != b.score()) {
            return a.score() > b.score() ? a : b;
        }
        return b.end() - b.start() > a.end() - a.start() ? b : a;
    }

    /** What stands in the query of an address makes no date of it. */
    private static boolean isAddressAround(Span address, Span other) {
        return address.category() == PhiCategory.URL
                && other.category() != PhiCategory.URL
                && !other.layer().equals(PlaceholderRecognizer.LAYER)
                && address.start() <= other.start()
                && address.end() >= other.end();
    }

    /** Spans of one kind that only a space, or in places a comma too, keeps apart are one. */
    private static boolean joins(Document document, Span a, Span b) {
        if (a.position() != b.position()
                || a.category() != b.category()
                || a.layer().equals(PlaceholderRecognizer.LAYER)
                || b.layer().equals(PlaceholderRecognizer.LAYER)) {
            return false;
        }
        int gap = b.start() - a.end();
        if (gap == 0) {
            return true;
        }
        String text = document.position(a.position()).text();
        return switch (a.category()) {
            case NAME -> gap == 1 && text.charAt(a.end()) == ' ';
            case LOCATION ->
                (gap == 1 && text.charAt(a.end()) == ' ')
                        || (gap == 2 && text.charAt(a.end()) == ',' && text.charAt(a.end() + 1) == ' ');
            default -> false;
        };
    }
}
