package dev.anteroom.traces;

/**
 * One replaced stretch of a position's original text, UTF-16 {@code [start, end)}. Immutable.
 *
 * @param score how sure the layer was; finite
 */
public record RedactionSpan(String path, int start, int end, String category, String layer, double score) {
    public RedactionSpan {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score: " + score + " (expected: finite)");
        }
    }
}
