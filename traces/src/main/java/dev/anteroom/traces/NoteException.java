package dev.anteroom.traces;

/** A note, a key or an export that is not of its form. Its message never quotes it. */
final class NoteException extends Exception {
    private static final long serialVersionUID = 1L;

    NoteException(String message) {
        super(message, null, false, false);
    }
}
