package dev.anteroom.gateway.kept;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Something to keep: what it is called, its digest, and where its bytes come from. Immutable.
 *
 * @param name for people and for whoever puts it back in its place; no part of the digest
 * @param sha256 in lower-case hexadecimal
 */
public record Content(String name, String sha256, Source source) {

    /** Opens the bytes anew. */
    @FunctionalInterface
    public interface Source {
        /** The bytes from their start. */
        InputStream open() throws IOException;
    }

    /** The content of these bytes. */
    public static Content of(String name, byte[] bytes) {
        return new Content(name, Sha256.of(bytes), () -> new ByteArrayInputStream(bytes));
    }

    @Override
    public String toString() {
        return "Content[" + name + ", " + sha256 + "]";
    }
}
