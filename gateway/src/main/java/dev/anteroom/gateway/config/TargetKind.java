package dev.anteroom.gateway.config;

/** The kind of provider behind a target. */
public enum TargetKind {
    OPENAI,
    AZURE,
    EXTRACTIVE
}
