package dev.anteroom.gateway.kept;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Something of what decided is missing or damaged; the message says what, for people. */
public final class KeptException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    KeptException(String message) {
        this(message, null);
    }

    KeptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
