package dev.anteroom.gateway.config;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a million tokens of a model cost from a day on. Immutable.
 *
 * @param model the provider's name of the model or deployment
 * @param target the target it holds for; null for every target
 * @param from the first day (UTC); the newest price whose day has come counts
 * @param inputMicros price of a million prompt tokens, in millionths of the currency's unit
 * @param outputMicros price of a million completion tokens, likewise
 */
public record PriceConfig(String model, @Nullable String target, LocalDate from, long inputMicros, long outputMicros) {}
