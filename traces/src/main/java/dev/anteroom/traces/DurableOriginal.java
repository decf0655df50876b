package dev.anteroom.traces;

/** Proof that an {@link Original} is on disk; only the {@link Journal} makes one. Immutable. */
public final class DurableOriginal {
    private final String traceId;

    DurableOriginal(Original original) {
        this.traceId = original.traceId();
    }

    public String traceId() {
        return traceId;
    }

    @Override
    public String toString() {
        return "DurableOriginal[" + traceId + "]";
    }
}
