package dev.anteroom.gateway.keys;

/** What became of a presented API key; only {@link Accepted} opens anything. */
public sealed interface KeyOutcome {

    /** The key is known and active. Immutable. */
    record Accepted(CallerKey key) implements KeyOutcome {}

    /** The key is known, and its time is over. Immutable. */
    record Expired(CallerKey key) implements KeyOutcome {}

    /** The key is known and was revoked. Immutable. */
    record Revoked(CallerKey key) implements KeyOutcome {}

    /** No such key. Immutable. */
    record Unknown() implements KeyOutcome {}

    /**
     * The file of the keys cannot be read or is damaged, and until it is repaired every key is refused: a line that cannot be read may be the
     * one that revokes. Immutable.
     *
     * @param problem what is wrong with the file, for the operator; not for the caller
     */
    record Unavailable(String problem) implements KeyOutcome {}
}
