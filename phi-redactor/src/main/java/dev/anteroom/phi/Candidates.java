package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * The spans that detectors propose for one call, in folded coordinates.
 * Confined to one thread.
 */
public final class Candidates {

    /** Room for what most texts hold, and for a text that is full of values. */
    private static final int FEW = 24;

    private static final int MANY = 64;

    private final Document document;
    private int[] positions = new int[FEW];
    private int[] starts = new int[FEW];
    private int[] ends = new int[FEW];
    private PhiCategory[] categories = new PhiCategory[FEW];
    private String[] layers = new String[FEW];
    private float[] scores = new float[FEW];
    private int size;
    private List<Span> withdrawn = List.of();

    Candidates(Document document) {
        this.document = document;
    }

    /** Proposes {@code [start, end)} of a position's folded text. */
    public void add(int position, int start, int end, PhiCategory category, String layer, float score) {
        Objects.requireNonNull(category);
        Objects.requireNonNull(layer);
        Objects.checkFromToIndex(start, end, document.text(position).length());
        if (start == end) {
            return;
        }
        if (size == starts.length) {
            int room = Math.max(MANY, size * 2);
            positions = Arrays.copyOf(positions, room);
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            categories = Arrays.copyOf(categories, room);
            layers = Arrays.copyOf(layers, room);
            scores = Arrays.copyOf(scores, room);
        }
        positions[size] = position;
        starts[size] = start;
        ends[size] = end;
        categories[size] = category;
        layers[size] = layer;
        scores[size] = score;
        size++;
    }

    /** Adds those that a part of the document, which begins at a position, was asked for. */
    void addAsked(Candidates part, int start) {
        for (int i = 0; i < part.size; i++) {
            if (part.document.isAsked(part.positions[i])) {
                add(
                        start + part.positions[i],
                        part.starts[i],
                        part.ends[i],
                        part.categories[i],
                        part.layers[i],
                        part.scores[i]);
            }
        }
    }

    Document document() {
        return document;
    }

    int size() {
        return size;
    }

    int position(int index) {
        return positions[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    PhiCategory category(int index) {
        return categories[index];
    }

    String layer(int index) {
        return layers[index];
    }

    /** Takes back the candidates, from an index on, that are selected; the others move up. */
    void withdraw(int from, IntPredicate selected) {
        remove(from, index -> {
            boolean isSelected = selected.test(index);
            if (isSelected) {
                if (withdrawn.isEmpty()) {
                    withdrawn = new ArrayList<>();
                }
                withdrawn.add(span(index));
            }
            return isSelected;
        });
    }

    /** Removes the candidates of which {@link #shorten} left nothing; the others move up. */
    void removeEmpty() {
        remove(0, index -> starts[index] == ends[index]);
    }

    private void remove(int from, IntPredicate selected) {
        int kept = from;
        for (int i = from; i < size; i++) {
            if (selected.test(i)) {
                continue;
            }
            positions[kept] = positions[i];
            starts[kept] = starts[i];
            ends[kept] = ends[i];
            categories[kept] = categories[i];
            layers[kept] = layers[i];
            scores[kept] = scores[i];
            kept++;
        }
        size = kept;
    }

    /** Leaves of a candidate no more than {@code [start, end)}, which lies within it; nothing where it is empty, and then {@link #removeEmpty} must follow. */
    void shorten(int index, int start, int end) {
        Objects.checkFromToIndex(start - starts[index], end - starts[index], ends[index] - starts[index]);
        starts[index] = start;
        ends[index] = end;
    }

    /** Returns the candidates that were taken back. */
    List<Span> withdrawn() {
        return withdrawn;
    }

    /** Returns the candidate as a span of the original text. */
    Span span(int index) {
        FoldedText text = document.text(positions[index]);
        return new Span(
                positions[index],
                text.originalStart(starts[index]),
                text.originalEnd(ends[index]),
                categories[index],
                layers[index],
                scores[index]);
    }

    @Override
    public String toString() {
        return "Candidates[" + size + "]";
    }
}
