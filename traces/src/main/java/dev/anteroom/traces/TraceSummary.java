package dev.anteroom.traces;

import java.time.Instant;

/**
 * One call in one line. Immutable.
 *
 * @param kind {@code completed}, {@code refused}, {@code interrupted} or {@code open}
 * @param model the model the app asked for; {@code ""} for a refusal
 * @param status the HTTP status of the outcome or refusal; 0 where there is none
 * @param finish the finish of an outcome, the code of a refusal, the reason of an interruption, else {@code ""}
 */
public record TraceSummary(
        String traceId, Instant time, String kind, Caller caller, String model, int status, String finish) {}
