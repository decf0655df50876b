package dev.anteroom.traces;

/**
 * One replaced stretch of a position's original text, UTF-16 {@code [start, end)}. Immutable.
 *
 * @param score how sure the layer was; finite
 * @param treatment what was written instead: the placeholder, such as {@code [NAME_1]}, or {@code stand_in} for another number
 */
public record RedactionSpan(
        String path, int start, int end, String category, String layer, double score, String treatment) {
    public RedactionSpan {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score: " + score + " (expected: finite)");
        }
    }
}
