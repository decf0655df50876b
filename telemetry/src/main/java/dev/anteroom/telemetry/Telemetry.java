package dev.anteroom.telemetry;

/** Where the gateway tells what happened: counts it and hands it to whoever is configured to hear of it. Thread-safe. */
public final class Telemetry implements AutoCloseable {
    private final Metrics metrics;

    private Telemetry(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Telemetry that counts. */
    public static Telemetry start(Metrics metrics) {
        return new Telemetry(metrics);
    }

    public Metrics metrics() {
        return metrics;
    }

    /** A call is over. Returns at once. */
    public void ended(CallReport report) {
        metrics.ended(report);
    }

    /** Stops; what is still to be sent gets a moment to go out. */
    @Override
    public void close() {}
}
