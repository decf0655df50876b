package dev.anteroom.telemetry;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where spans go. Immutable.
 *
 * @param endpoint URL that OTLP over HTTP is posted to, with its path
 * @param token asked at every export: a bearer token; empty where none is needed or there is none now
 * @param ca PEM of the authority of the receiver's certificate; empty for those that the JVM knows
 * @param gatewayId {@code service.instance.id} of the spans
 * @param build {@code service.version} of the spans
 */
public record SpanOptions(
        String endpoint, Supplier<Optional<String>> token, Optional<byte[]> ca, String gatewayId, String build) {
    @Override
    public String toString() {
        return "SpanOptions[" + endpoint + "]";
    }
}
