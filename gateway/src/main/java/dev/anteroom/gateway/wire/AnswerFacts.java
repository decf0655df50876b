package dev.anteroom.gateway.wire;

/**
 * What an answer says about itself, for the record. Immutable.
 *
 * @param model the provider's own name of the model, empty where it is not a plain identifier
 * @param finish the finish reason of the first choice, empty where none came
 */
public record AnswerFacts(
        String model, String fingerprint, String finish, long promptTokens, long completionTokens, int choices) {}
