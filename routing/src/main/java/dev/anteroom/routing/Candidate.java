package dev.anteroom.routing;

/** A target that was looked at for a call, and what was found. Immutable. */
public record Candidate(String target, Verdict verdict) {}
