package dev.anteroom.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Hands security events to each receiver through a queue of its own. Thread-safe; offering never waits. */
final class SecurityEvents implements AutoCloseable {
    private final List<LossyStream<SecurityEvent>> streams = new ArrayList<>();
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private final @Nullable SyslogSender syslog;

    SecurityEvents(SecurityOptions options, Metrics metrics) {
        options.file()
                .ifPresent(file -> streams.add(new LossyStream<>(
                        "telemetry-events-file",
                        new EventFile(file, options.gatewayId()),
                        count -> metrics.dropped("security_file", count))));
        SyslogSender sender = options.syslog()
                .map(receiver -> new SyslogSender(receiver, options.gatewayId(), givenUp::get))
                .orElse(null);
        this.syslog = sender;
        if (sender != null) {
            streams.add(new LossyStream<>(
                    "telemetry-events-syslog", sender, count -> metrics.dropped("security_syslog", count)));
        }
    }

    void offer(SecurityEvent event) {
        for (LossyStream<SecurityEvent> stream : streams) {
            stream.offer(event);
        }
    }

    @Override
    public void close() {
        givenUp.set(true);
        streams.forEach(LossyStream::close);
        if (syslog != null) {
            syslog.close();
        }
    }
}
