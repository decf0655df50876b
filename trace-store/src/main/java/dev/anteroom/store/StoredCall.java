package dev.anteroom.store;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One call as the database has it. Immutable. Texts that are not known are {@code ""}, as of a call whose begin or end was
 * not shipped yet.
 *
 * @param startedAt the time in the trace id
 * @param verdict see {@link CallQuery#verdict()}
 * @param status the HTTP status the app saw; 0 where there is none yet
 * @param target the target of the last attempt
 * @param costMicros millionths of the unit of the price table; empty where there is no price
 * @param durationMicros from the first byte of the request to the release of the answer
 */
public record StoredCall(
        String traceId,
        Instant startedAt,
        String tenant,
        String environment,
        String workflow,
        String snapshot,
        String model,
        String verdict,
        int status,
        String code,
        String target,
        long promptTokens,
        long completionTokens,
        OptionalLong costMicros,
        long durationMicros) {}
