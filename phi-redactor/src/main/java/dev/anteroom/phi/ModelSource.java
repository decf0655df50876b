package dev.anteroom.phi;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that a model was read from. Immutable.
 *
 * @param name how the model calls it
 * @param sha256 in lower-case hexadecimal
 */
public record ModelSource(String name, String sha256, Bytes bytes) {

    /** Opens the file anew. */
    @FunctionalInterface
    public interface Bytes {
        /** Its bytes from their start. */
        InputStream open() throws IOException;
    }

    @Override
    public String toString() {
        return "ModelSource[" + name + ", " + sha256 + "]";
    }
}
