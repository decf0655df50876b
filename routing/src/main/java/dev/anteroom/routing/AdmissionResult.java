package dev.anteroom.routing;

/** Whether a call is taken on. */
public sealed interface AdmissionResult {

    /** The call is taken on; its ticket must be released with its last byte. */
    record Admitted(Admission.Ticket ticket) implements AdmissionResult {}

    /** The key has used up its rate; not before so many milliseconds, at least 1, has it a chance. */
    record RateLimited(long retryAfterMillis) implements AdmissionResult {}

    /** Too many calls are under way. */
    record Busy(Limit limit) implements AdmissionResult {}

    /** Which concurrency limit was met. */
    enum Limit {
        KEY,
        GATEWAY
    }
}
