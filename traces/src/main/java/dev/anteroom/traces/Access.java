package dev.anteroom.traces;

import java.time.Instant;

/**
 * An entry of the access journal: what somebody did with records, and why. Immutable.
 *
 * @param traceId of this entry; the calls that it is about stand in the act
 * @param actor who, as given; {@link #RETENTION} for the gateway's own job
 * @param reason why, as given
 */
public record Access(String traceId, Instant time, String actor, String reason, Act act) implements WrittenRecord {
    /** The actor of what is done because its time has come. */
    public static final String RETENTION = "retention";

    /** Without the reason, which is a person's text. */
    @Override
    public String toString() {
        return "Access[" + traceId + ", " + actor + ", " + act.word() + "]";
    }
}
