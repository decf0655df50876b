package dev.anteroom.traces;

/** Proof that an {@link Outcome} is on disk; only the {@link Journal} makes one. Immutable. */
public final class DurableOutcome {
    private final String traceId;

    DurableOutcome(Outcome outcome) {
        this.traceId = outcome.traceId();
    }

    public String traceId() {
        return traceId;
    }

    @Override
    public String toString() {
        return "DurableOutcome[" + traceId + "]";
    }
}
