package dev.anteroom.guardrails;

import java.util.List;

/** An answer that may reach its audience. Immutable; only {@link ReleaseGate} makes one. */
public final class ReleasedAnswer {

    private final String text;
    private final Audience audience;
    private final List<Finding> findings;

    ReleasedAnswer(String text, Audience audience, List<Finding> findings) {
        this.text = text;
        this.audience = audience;
        this.findings = List.copyOf(findings);
    }

    public String text() {
        return text;
    }

    public Audience audience() {
        return audience;
    }

    /** What the gate found, for the record; never empty. */
    public List<Finding> findings() {
        return findings;
    }

    /** Says who and how long, never what. */
    @Override
    public String toString() {
        return "ReleasedAnswer[" + audience + ", " + text.length() + " chars]";
    }
}
