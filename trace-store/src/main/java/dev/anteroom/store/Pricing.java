package dev.anteroom.store;

import java.time.Instant;
import java.util.OptionalLong;

/** What a call cost. Implementations are pure: the same call always costs the same. */
@FunctionalInterface
public interface Pricing {
    /**
     * Millionths of the unit in which the operator's prices are given; empty where there is no price.
     *
     * @param target the target that answered
     * @param model the provider's name of the model
     */
    OptionalLong costMicros(String target, String model, Instant time, long promptTokens, long completionTokens);

    /** No prices. */
    static Pricing none() {
        return (target, model, time, promptTokens, completionTokens) -> OptionalLong.empty();
    }
}
