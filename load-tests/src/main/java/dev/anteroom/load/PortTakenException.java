package dev.anteroom.load;

/** The port that a provider is to listen on is not free. Immutable. */
public final class PortTakenException extends RuntimeException {
    PortTakenException(int port, Throwable cause) {
        super("port: " + port + " (expected: free)", cause);
    }
}
