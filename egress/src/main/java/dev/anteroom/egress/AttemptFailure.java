package dev.anteroom.egress;

/** Why an attempt ended without a whole answer. */
public enum AttemptFailure {
    /** The intent does not name the target, or was made for another request. Nothing was sent. */
    NOT_INTENDED,
    /** The target's contract is no longer in force. Nothing was sent. */
    CONTRACT_ENDED,
    /** A part that cannot be read is not covered by the target's contract. Nothing was sent. */
    RESIDUE_NOT_COVERED,
    /** The second scan found a known value in the bytes to be sent. Nothing was sent. */
    SECOND_SCAN,
    /** The second scan of a large request could not be made. Nothing was sent. */
    SCAN_UNAVAILABLE,
    /** The target's credential cannot be read. Nothing was sent. */
    NO_CREDENTIAL,
    /** No connection. */
    CONNECT,
    /** The connection broke before or within the answer. */
    BROKEN,
    /** No first byte in time. */
    FIRST_BYTE_TIMEOUT,
    /** No further byte in time. */
    STALL,
    /** Not finished in time. */
    TOTAL_TIMEOUT,
    /** The answer is larger than the gateway accepts. */
    TOO_LARGE,
    /** The answer is not in the form that the protocol asks for. */
    MALFORMED
}
