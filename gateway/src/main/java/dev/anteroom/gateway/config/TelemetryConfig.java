package dev.anteroom.gateway.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the process tells what it does, without any text of a call; what is null is off. Immutable.
 *
 * @param currency the currency of all prices, as in ISO 4217
 */
public record TelemetryConfig(
        @Nullable Spans spans, @Nullable SecurityEvents securityEvents, String currency) {
    /**
     * A receiver of OpenTelemetry spans. Immutable.
     *
     * @param endpoint where OTLP over HTTP is posted to, with its path
     * @param credential sent as a bearer token
     */
    public record Spans(
            URI endpoint,
            @Nullable SecretReference credential,
            @Nullable FileReference ca) {}

    /**
     * Where security events go: a file, a syslog receiver, or both. Immutable.
     *
     * @param syslog {@code tcp://HOST:PORT} or {@code tls://HOST:PORT}
     */
    public record SecurityEvents(
            @Nullable FileReference file,
            @Nullable URI syslog,
            @Nullable FileReference ca) {}
}
