package dev.anteroom.gateway.config;

/** Where the admin port listens; always a loopback address. Immutable. */
public record AdminConfig(String host, int port) {}
