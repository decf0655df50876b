package dev.anteroom.traces;

/** Who called: the authenticated key and what it is bound to. Immutable. */
public record Caller(String tenant, String environment, String keyId, String workflow, String audience) {}
