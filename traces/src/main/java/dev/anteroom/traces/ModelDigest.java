package dev.anteroom.traces;

/**
 * A file of a model that decided. Immutable.
 *
 * @param sha256 in hexadecimal
 */
public record ModelDigest(String name, String sha256) {}
