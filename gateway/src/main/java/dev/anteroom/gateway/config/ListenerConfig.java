package dev.anteroom.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the data plane listens. Immutable.
 *
 * @param tlsTerminator the name of whatever ends TLS in front of this listener, where it does not do so itself
 */
public record ListenerConfig(
        String host,
        int port,
        @Nullable TlsConfig tls,
        @Nullable String tlsTerminator) {}
