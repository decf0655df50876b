package dev.anteroom.gateway.http;

import dev.anteroom.gateway.keys.CallerKey;

/** Hears of what happens at the door. Implementations are thread-safe and do not wait: event loops call them. */
public interface DoorWatch {
    /** A request came without a key that is known and valid. */
    void loginFailed(LoginFailure failure);

    /** A request came with this valid key. */
    void keyUsed(CallerKey key);

    /** The record of a call was given to the holder of this key. */
    void recordRead(String keyId, String tenant, String traceId);
}
