package dev.anteroom.guardrails;

/**
 * One source text that an answer may rest on, with placeholders in place of identifiers. Immutable.
 *
 * @param id names the source in findings and citations
 */
public record Evidence(String id, String text) {}
