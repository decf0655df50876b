package dev.anteroom.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * The certificate of the data plane, as PEM files. Immutable.
 *
 * @param clientCa when present, only clients with a certificate of this authority are accepted
 */
public record TlsConfig(
        FileReference certificate,
        FileReference key,
        @Nullable FileReference clientCa) {}
