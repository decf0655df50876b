package dev.anteroom.traces;

/** One call of one target. Immutable. Durations are monotonic nanoseconds since the start of the call; -1 means never. */
public record Attempt(
        String target,
        String requestedModel,
        String returnedModel,
        String fingerprint,
        int status,
        String result,
        long startNanos,
        long firstTokenNanos,
        long endNanos) {}
