package dev.anteroom.traces;

/**
 * What the caller said about the call, pseudonymous; {@code ""} means not given. Immutable.
 *
 * @param conversation the same for all calls of one conversation of a tenant; see {@link ContentDigest#conversation}
 * @param traceparent of the caller's own trace (W3C Trace Context), where it is well-formed
 */
public record CallContext(
        String actor, String purpose, String run, String step, String parent, String conversation, String traceparent) {
    private static final CallContext NONE = new CallContext("", "", "", "", "", "", "");

    /** The context of a call that said nothing. */
    public static CallContext none() {
        return NONE;
    }
}
