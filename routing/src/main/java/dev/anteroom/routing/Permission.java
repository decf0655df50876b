package dev.anteroom.routing;

/** What a target's breaker says to one attempt. */
public sealed interface Permission permits Permit, Permission.Denied {

    /** The attempt may not be made. Immutable. */
    record Denied(Denial denial) implements Permission {}

    /** Why an attempt may not be made. */
    enum Denial {
        /** The target rests, or enough probes are under way. */
        BREAKER_OPEN,
        /** The target is not, or no longer, one of the configured. */
        NOT_CONFIGURED
    }
}
