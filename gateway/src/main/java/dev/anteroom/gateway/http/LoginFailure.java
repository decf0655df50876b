package dev.anteroom.gateway.http;

/**
 * A request without a key that is known and valid. Immutable.
 *
 * @param keyId the key where it is known, else {@code ""}; what was presented is not kept
 */
public record LoginFailure(Reason reason, String keyId) {
    /** Why the request was not let in. */
    public enum Reason {
        /** There was no key. */
        MISSING,
        /** There is no such key. */
        UNKNOWN,
        /** Its time is over. */
        EXPIRED,
        /** It was revoked. */
        REVOKED
    }
}
