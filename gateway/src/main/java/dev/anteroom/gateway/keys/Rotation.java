package dev.anteroom.gateway.keys;

/** What came of rotating a key. */
public sealed interface Rotation {

    /** There is a new key, and the old one expires. Immutable. */
    record Rotated(NewKey fresh, CallerKey old) implements Rotation {}

    /** There is no key with this id. Immutable. */
    record NotFound() implements Rotation {}

    /** The key is expired or revoked and has no successor. Immutable. */
    record NotActive(CallerKey key, KeyState state) implements Rotation {}
}
