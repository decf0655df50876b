package dev.anteroom.gateway.wire;

/**
 * What is the same in every part of an answer. Immutable.
 *
 * @param id the completion's id, ours
 * @param createdSeconds seconds since the epoch
 * @param publicModel the model the caller asked for, shown where the provider's own name is not a plain identifier
 */
public record AnswerIdentity(String id, long createdSeconds, String publicModel) {}
