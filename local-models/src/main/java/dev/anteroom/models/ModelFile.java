package dev.anteroom.models;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a model's file, which are those that a digest names.
 * Immutable: the bytes are handed out as a copy-free reader inside this package only.
 */
public final class ModelFile {

    private final String name;
    private final byte[] bytes;
    private final String sha256;

    private ModelFile(String name, byte[] bytes, String sha256) {
        this.name = name;
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /**
     * Reads a file to its end and closes it.
     *
     * @param name what to call it in messages
     * @param in the file, or null where there is none
     * @param sha256 the digest that it must have, in hexadecimal
     * @throws ModelException where there is no file, or it cannot be read, or it is another one
     */
    public static ModelFile read(String name, @Nullable InputStream in, String sha256) {
        if (in == null) {
            throw new ModelException("model file " + name + " is missing");
        }
        byte[] bytes;
        try (in) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new ModelException("model file " + name + " cannot be read", e);
        }
        String found = sha256(bytes);
        if (!found.equals(sha256)) {
            throw new ModelException("model file " + name + " (" + bytes.length + " bytes) has SHA-256 " + found
                    + " (expected: " + sha256 + ")");
        }
        return new ModelFile(name, bytes, found);
    }

    /** Takes bytes whose digest is to be told, not checked. */
    static ModelFile of(String name, byte[] bytes) {
        return new ModelFile(name, bytes, sha256(bytes));
    }

    byte[] bytes() {
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the digest of the bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    FieldReader fields() {
        return new FieldReader(name, bytes);
    }

    @Override
    public String toString() {
        return "ModelFile[" + name + ", " + bytes.length + "]";
    }
}
