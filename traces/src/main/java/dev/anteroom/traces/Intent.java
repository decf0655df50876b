package dev.anteroom.traces;

import java.time.Instant;
import java.util.List;

/**
 * The decision to call a provider, written before the call. Immutable; lists are copied.
 *
 * @param snapshot content hash of all that decided
 * @param code digest of the program's files, which are kept with the snapshot
 * @param models the files of the models that decided
 * @param originalHmac proves what was asked to whoever has the text and the key; see {@link ContentDigest#original}
 * @param requestDigest digest of the bytes that may be sent
 * @param targets the only targets that may be tried, in this order
 * @param draw the random number that decided on the order; {@code none} where none did
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
        String code,
        List<ModelDigest> models,
        String requestedModel,
        boolean stream,
        String originalHmac,
        String requestDigest,
        BodyText redactedRequest,
        List<RedactionSpan> redaction,
        List<String> residue,
        List<Candidate> candidates,
        List<String> targets,
        String draw)
        implements WrittenRecord {
    public Intent {
        models = List.copyOf(models);
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
