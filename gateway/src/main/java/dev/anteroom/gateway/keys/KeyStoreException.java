package dev.anteroom.gateway.keys;

/** The file of the keys cannot be read, is damaged, or cannot be written; the message never quotes it. */
public final class KeyStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyStoreException(String message) {
        super(message);
    }
}
