package dev.anteroom.gateway.wire;

/** A provider's answer is not in the form the protocol asks for. Expected; carries no stack trace and nothing of the answer. */
public final class MalformedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was missing. */
    public MalformedAnswer(String what) {
        super(what, null, false, false);
    }
}
