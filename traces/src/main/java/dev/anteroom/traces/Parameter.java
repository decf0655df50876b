package dev.anteroom.traces;

/**
 * A parameter of the protocol as it was sent to a provider. Immutable.
 *
 * @param value a number's token, a word of the protocol, {@code true} or {@code false}; never a text of the caller
 */
public record Parameter(String name, String value) {}
