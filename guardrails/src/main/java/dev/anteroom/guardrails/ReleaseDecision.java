package dev.anteroom.guardrails;

import java.util.List;

/** What the release gate decided on an answer. Immutable. */
public sealed interface ReleaseDecision {

    /** The answer may reach its audience. */
    record Released(ReleasedAnswer answer) implements ReleaseDecision {}

    /** The answer stays here; the findings say why, without its text. */
    record Withheld(List<Finding> findings) implements ReleaseDecision {
        public Withheld {
            findings = List.copyOf(findings);
        }
    }
}
