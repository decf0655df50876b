package dev.anteroom.traces;

/** A target that was considered, and why it was admitted or not. Immutable. */
public record Candidate(String target, boolean admitted, String reason) {}
