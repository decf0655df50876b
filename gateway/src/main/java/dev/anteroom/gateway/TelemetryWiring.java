package dev.anteroom.gateway;

import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.FileReference;
import dev.anteroom.gateway.config.Secret;
import dev.anteroom.gateway.config.SecretReference;
import dev.anteroom.gateway.config.TelemetryConfig;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.telemetry.Metrics;
import dev.anteroom.telemetry.SecurityOptions;
import dev.anteroom.telemetry.SpanOptions;
import dev.anteroom.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts telemetry as the configuration says. Stateless. */
final class TelemetryWiring {
    private TelemetryWiring() {}

    static Telemetry start(Config config, Snapshot snapshot, Function<SecretReference, Secret> open)
            throws IOException {
        TelemetryConfig telemetry = config.telemetry();
        String gatewayId = config.gateway().id();
        return Telemetry.start(
                new Metrics(snapshot.hash(), snapshot.build(), telemetry.currency()),
                spans(telemetry.spans(), gatewayId, snapshot.build(), open),
                security(telemetry.securityEvents(), gatewayId));
    }

    private static Optional<SpanOptions> spans(
            TelemetryConfig.@Nullable Spans spans,
            String gatewayId,
            String build,
            Function<SecretReference, Secret> open)
            throws IOException {
        if (spans == null) {
            return Optional.empty();
        }
        SecretReference credential = spans.credential();
        Supplier<Optional<String>> token = credential == null ? Optional::empty : open.apply(credential)::current;
        return Optional.of(new SpanOptions(spans.endpoint().toString(), token, pem(spans.ca()), gatewayId, build));
    }

    private static Optional<SecurityOptions> security(TelemetryConfig.@Nullable SecurityEvents events, String gatewayId)
            throws IOException {
        if (events == null) {
            return Optional.empty();
        }
        URI receiver = events.syslog();
        FileReference file = events.file();
        Optional<byte[]> ca = pem(events.ca());
        return Optional.of(new SecurityOptions(
                Optional.ofNullable(file).map(FileReference::path),
                Optional.ofNullable(receiver)
                        .map(uri -> new SecurityOptions.Syslog(
                                uri.getHost(), uri.getPort(), uri.getScheme().equals("tls"), ca)),
                gatewayId));
    }

    private static Optional<byte[]> pem(@Nullable FileReference file) throws IOException {
        return file == null ? Optional.empty() : Optional.of(Files.readAllBytes(file.path()));
    }
}
