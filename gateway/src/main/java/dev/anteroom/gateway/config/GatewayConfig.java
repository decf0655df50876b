package dev.anteroom.gateway.config;

import org.jspecify.annotations.Nullable;

/** What this gateway is called in records. Immutable. */
public record GatewayConfig(String id, @Nullable String environmentNote) {}
