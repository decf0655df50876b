package dev.anteroom.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where security events go. Immutable.
 *
 * @param file JSON lines are appended to it; it is opened anew for every batch, so it may be rotated
 * @param gatewayId names this gateway in every event
 */
public record SecurityOptions(Optional<Path> file, Optional<Syslog> syslog, String gatewayId) {
    /**
     * A receiver of RFC 5424 messages over TCP, counted in octets (RFC 6587, 3.4.1). Immutable.
     *
     * @param ca PEM of the authority of its certificate; empty for those that the JVM knows
     */
    public record Syslog(String host, int port, boolean tls, Optional<byte[]> ca) {}
}
