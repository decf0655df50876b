package dev.anteroom.guardrails;

/**
 * Leave to hand an answer on piece by piece, before the gate has seen the whole of it. Immutable; only {@link ReleaseGate} gives one, and
 * never for a patient.
 */
public final class UncheckedRelease {
    private final Audience audience;

    UncheckedRelease(Audience audience) {
        this.audience = audience;
    }

    public Audience audience() {
        return audience;
    }

    @Override
    public String toString() {
        return "UncheckedRelease[" + audience + "]";
    }
}
