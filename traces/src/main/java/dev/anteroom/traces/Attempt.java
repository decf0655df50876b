package dev.anteroom.traces;

import java.util.List;

/**
 * One call of one target. Immutable. Durations are monotonic nanoseconds since the start of the call; -1 means never.
 *
 * @param result how it ended: {@code answered}, or how it failed
 * @param parameters those of the protocol that were sent
 * @param promptTokens as the provider says; 0 where it does not
 * @param costMicros millionths of the currency by the price of the day; -1 where there is none
 * @param left what came of it for the call: {@code answered}; {@code next_target}; {@code not_retryable}, {@code no_target_left} and
 *     {@code answer_begun}, after which no other is tried; {@code passed_over} where its breaker was open; {@code abandoned}; {@code not_sent}
 */
public record Attempt(
        String target,
        String requestedModel,
        String returnedModel,
        String fingerprint,
        int status,
        String result,
        long startNanos,
        long firstTokenNanos,
        long endNanos,
        List<Parameter> parameters,
        long promptTokens,
        long completionTokens,
        long costMicros,
        String left) {
    public Attempt {
        parameters = List.copyOf(parameters);
    }
}
