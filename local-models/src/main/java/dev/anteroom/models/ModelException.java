package dev.anteroom.models;

/**
 * A model cannot be used, or did not do its work.
 * The message is for a person and never holds text that a model has read.
 */
public final class ModelException extends RuntimeException {

    /** Says what is wrong, and what was expected. */
    public ModelException(String message) {
        super(message);
    }

    /** Says what is wrong, and why. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
