package dev.anteroom.traces;

/** Proof that a {@link Refusal} is on disk; only the {@link Journal} makes one. Immutable. */
public final class DurableRefusal {
    private final String traceId;

    DurableRefusal(Refusal refusal) {
        this.traceId = refusal.traceId();
    }

    public String traceId() {
        return traceId;
    }

    @Override
    public String toString() {
        return "DurableRefusal[" + traceId + "]";
    }
}
