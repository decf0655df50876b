package dev.anteroom.gateway.config;

/** What a contract lets a target receive. */
public enum ContractModality {
    TEXT,
    IMAGE,
    AUDIO,
    FILE
}
