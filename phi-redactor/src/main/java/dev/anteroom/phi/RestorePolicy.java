package dev.anteroom.phi;

import java.util.Objects;

/**
 * Whether one channel of an answer may receive originals, and the name that its findings carry.
 * Immutable.
 *
 * @param restore false where originals must never be put in, as for a tool that the workflow does not list
 * @param channel name of the channel for findings, such as {@code content}
 */
public record RestorePolicy(boolean restore, String channel) {

    /** Checks that the channel has a name. */
    public RestorePolicy {
        Objects.requireNonNull(channel, "channel");
    }

    /** Returns the policy of a channel that receives originals where that is safe. */
    public static RestorePolicy restoring(String channel) {
        return new RestorePolicy(true, channel);
    }

    /** Returns the policy of a channel that passes as the model wrote it. */
    public static RestorePolicy withholding(String channel) {
        return new RestorePolicy(false, channel);
    }
}
