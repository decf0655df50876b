package dev.anteroom.traces;

import java.time.Instant;
import java.util.List;

/**
 * The decision to call a provider, written before the call. Immutable; lists are copied.
 *
 * @param snapshot content hash of all that decided
 * @param requestDigest digest of the bytes that may be sent
 * @param targets the only targets that may be tried
 */
public record Intent(
        String traceId,
        String requestId,
        Instant time,
        Caller caller,
        CallContext context,
        String snapshot,
        String profile,
        String redactor,
        String build,
        String requestedModel,
        boolean stream,
        String requestDigest,
        BodyText redactedRequest,
        List<RedactionSpan> redaction,
        List<String> residue,
        List<Candidate> candidates,
        List<String> targets)
        implements WrittenRecord {
    public Intent {
        redaction = List.copyOf(redaction);
        residue = List.copyOf(residue);
        candidates = List.copyOf(candidates);
        targets = List.copyOf(targets);
    }

    /** The trace id only: content must not get into a log by accident. */
    @Override
    public String toString() {
        return "Intent[" + traceId + "]";
    }
}
