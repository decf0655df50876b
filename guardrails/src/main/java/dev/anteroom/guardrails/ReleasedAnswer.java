package dev.anteroom.guardrails;

import java.util.List;

/** An answer that may reach its audience. Immutable; only {@link ReleaseGate} makes one. */
public final class ReleasedAnswer {

    private final List<String> contents;
    private final Audience audience;
    private final List<Finding> findings;

    ReleasedAnswer(List<String> contents, Audience audience, List<Finding> findings) {
        this.contents = List.copyOf(contents);
        this.audience = audience;
        this.findings = List.copyOf(findings);
    }

    /** The text of each choice, in placeholder space. A patient may get nothing but these. */
    public List<String> contents() {
        return contents;
    }

    public Audience audience() {
        return audience;
    }

    /** What the gate found, for the record; never empty. */
    public List<Finding> findings() {
        return findings;
    }

    /** Says who and how much, never what. */
    @Override
    public String toString() {
        return "ReleasedAnswer[" + audience + ", " + contents.size() + " choices]";
    }
}
