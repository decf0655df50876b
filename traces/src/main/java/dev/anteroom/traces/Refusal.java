package dev.anteroom.traces;

import java.time.Instant;

/** The decision not to let an authenticated caller's call through, written before the error leaves. Immutable. */
public record Refusal(
        String traceId,
        String requestId,
        Instant time,
        Caller caller,
        CallContext context,
        String snapshot,
        int status,
        String code,
        String path,
        String category,
        String advice)
        implements WrittenRecord {}
