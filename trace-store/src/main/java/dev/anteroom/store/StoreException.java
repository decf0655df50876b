package dev.anteroom.store;

/** The database cannot be reached or does not do what was asked. The message holds no data of any call. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message, null, false, false);
    }
}
