package dev.anteroom.store;

/** The database cannot be reached or does not do what was asked. The message holds no data of any call. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isSilence;

    StoreException(String message) {
        this(message, false);
    }

    private StoreException(String message, boolean isSilence) {
        super(message, null, false, false);
        this.isSilence = isSilence;
    }

    static StoreException silence(long millis) {
        return new StoreException("no answer in " + millis + " ms", true);
    }

    /** Whether the database did not answer at all: then what was opened to it stays open until its loop ends. */
    boolean isSilence() {
        return isSilence;
    }
}
