package dev.anteroom.gateway.config;

/** The environment that a target or a key belongs to; a key of one never reaches a target of the other. */
public enum Environment {
    SANDBOX,
    LIVE
}
