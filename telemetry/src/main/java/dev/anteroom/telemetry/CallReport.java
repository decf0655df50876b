package dev.anteroom.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * One call that is over, without anything that an app or a provider wrote. Immutable; lists are copied. Times are
 * monotonic nanoseconds since the start of the call; -1 means never.
 *
 * @param traceId a UUID in lower-case text
 * @param endedAt wall time
 * @param model the configured name that the app asked for; {@code ""} where it asked for none that is known
 * @param verdict {@code verbatim}, {@code unchecked}, {@code withheld}, {@code none}, {@code failed} or {@code refused}
 * @param code reason code where it was refused or failed, else {@code ""}
 * @param costMicros millionths of the currency's unit; empty where there is no price
 * @param stages moments in their order
 * @param replaced categories of replaced stretches, one for each
 * @param findings kinds of what checks of the answer found
 */
public record CallReport(
        String traceId,
        Instant endedAt,
        long durationNanos,
        String tenant,
        String keyId,
        String workflow,
        String audience,
        String snapshot,
        String model,
        boolean stream,
        String verdict,
        int status,
        String finish,
        String code,
        List<AttemptReport> attempts,
        long promptTokens,
        long completionTokens,
        OptionalLong costMicros,
        List<Moment> stages,
        List<String> replaced,
        List<String> findings) {
    /** The verdict of a call that was not let through. */
    public static final String REFUSED = "refused";

    public CallReport {
        attempts = List.copyOf(attempts);
        stages = List.copyOf(stages);
        replaced = List.copyOf(replaced);
        findings = List.copyOf(findings);
    }

    /**
     * One call of one target. Immutable.
     *
     * @param provider what serves the target, as the GenAI conventions of OpenTelemetry name it
     * @param model the provider's configured name of the model
     * @param result how it ended, a word of this program
     * @param status HTTP status; 0 where none came
     */
    public record AttemptReport(
            String target,
            String provider,
            String model,
            int status,
            String result,
            long startNanos,
            long firstNanos,
            long endNanos) {}

    /** When a stage was reached. Immutable. */
    public record Moment(String stage, long nanos) {}
}
