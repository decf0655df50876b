package dev.anteroom.guardrails;

/**
 * A sentence of a source that an answer quotes. Immutable.
 *
 * @param source the id of the evidence
 * @param start UTF-16 offset in the evidence's text
 * @param end UTF-16 offset after the sentence
 * @param score its relevance, comparable within one answer only
 */
public record Cited(String source, int start, int end, double score) {}
