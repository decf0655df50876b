package dev.anteroom.phi;

/**
 * A stretch of one position that identifies somebody.
 * Immutable.
 *
 * @param position index of the position in the call
 * @param start first UTF-16 unit of the position's text
 * @param end unit after the last
 * @param category what kind of identifier it is
 * @param layer name of the rule or model that found it, such as {@code ssn.pattern}
 * @param score how sure that layer is, from 0 to 1
 */
public record Span(int position, int start, int end, PhiCategory category, String layer, float score) {}
