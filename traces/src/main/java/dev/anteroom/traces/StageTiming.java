package dev.anteroom.traces;

/** The monotonic time one stage of the call took. Immutable. */
public record StageTiming(String stage, long nanos) {}
