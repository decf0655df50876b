package dev.anteroom.gateway.keys;

import dev.anteroom.gateway.config.Environment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key without the key itself: whose it is and what it opens. Immutable.
 *
 * @param keyId names the key in records and commands; says nothing about the key
 * @param workflow id of the only workflow that the key may use
 * @param expires from this instant on the key is refused; null means never
 * @param revoked when it was revoked; null means it was not
 */
public record CallerKey(
        String keyId,
        String tenant,
        Environment environment,
        String workflow,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        String note) {

    /** The id of the built-in demo key. */
    public static final String DEMO_ID = "demo";

    /** Whether this is the built-in demo key, which is for callers on this machine only. */
    public boolean isDemo() {
        return keyId.equals(DEMO_ID);
    }

    /** The state at the given instant. */
    public KeyState stateAt(Instant now) {
        if (revoked != null) {
            return KeyState.REVOKED;
        }
        Instant end = expires;
        return end != null && !now.isBefore(end) ? KeyState.EXPIRED : KeyState.ACTIVE;
    }
}
