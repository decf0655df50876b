package dev.anteroom.traces;

/** What the caller said about the call, pseudonymous; {@code ""} means not given. Immutable. */
public record CallContext(String actor, String purpose, String run, String step, String parent) {
    private static final CallContext NONE = new CallContext("", "", "", "", "");

    /** The context of a call that said nothing. */
    public static CallContext none() {
        return NONE;
    }
}
