package dev.anteroom.gateway;

/** The gateway cannot start; the message is for a person and says what to do. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
