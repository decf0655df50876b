package dev.anteroom.gateway.keys;

/** What a key is good for. */
public enum KeyState {
    ACTIVE,
    EXPIRED,
    REVOKED
}
