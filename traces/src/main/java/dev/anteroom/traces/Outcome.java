package dev.anteroom.traces;

import java.time.Instant;
import java.util.List;

/**
 * How a call that was let through ended, written before its last byte goes to the app. Immutable; lists are copied.
 *
 * @param status the HTTP status the app sees
 * @param finish why the answer ended
 * @param code reason code where it was refused or failed, else {@code ""}
 * @param release what the release gate decided
 * @param answerHmac proves what the provider answered last, as it came; see {@link ContentDigest#answer}; {@code ""} where nothing came
 * @param answerChars length of the whole answer in UTF-16 units
 * @param truncated whether {@code redactedAnswer} holds less than the whole answer
 * @param truncatedAt how many UTF-16 units of it {@code redactedAnswer} holds then; -1 where it is whole
 */
public record Outcome(
        String traceId,
        Instant time,
        int status,
        String finish,
        String code,
        List<Attempt> attempts,
        BodyText redactedAnswer,
        String answerHmac,
        List<Finding> findings,
        String release,
        long promptTokens,
        long completionTokens,
        List<StageTiming> timings,
        int answerChars,
        boolean truncated,
        int truncatedAt)
        implements WrittenRecord {
    public Outcome {
        attempts = List.copyOf(attempts);
        findings = List.copyOf(findings);
        timings = List.copyOf(timings);
    }

    /** The trace id only: content must not get into a log by accident. */
    @Override
    public String toString() {
        return "Outcome[" + traceId + "]";
    }
}
