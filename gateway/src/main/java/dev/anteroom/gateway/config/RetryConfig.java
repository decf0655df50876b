package dev.anteroom.gateway.config;

/** How many attempts a call has over all its targets. Immutable. */
public record RetryConfig(int maxAttempts) {}
