package dev.anteroom.traces;

import java.util.List;

/** Proof that an {@link Intent} is on disk; only the {@link Journal} makes one. Immutable. */
public final class DurableIntent {
    private final String traceId;
    private final String requestDigest;
    private final List<String> targets;

    DurableIntent(Intent intent) {
        this.traceId = intent.traceId();
        this.requestDigest = intent.requestDigest();
        this.targets = intent.targets();
    }

    public String traceId() {
        return traceId;
    }

    /** Whether the record names this target as one that may be tried. */
    public boolean permits(String target) {
        return targets.contains(target);
    }

    public String requestDigest() {
        return requestDigest;
    }

    @Override
    public String toString() {
        return "DurableIntent[" + traceId + "]";
    }
}
