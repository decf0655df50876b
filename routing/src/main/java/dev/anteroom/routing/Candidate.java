package dev.anteroom.routing;

import java.util.EnumSet;
import java.util.Set;

/**
 * A target that was looked at for a call, and what was found. Immutable.
 *
 * @param verdict the first filter that it fails, else that it is admitted
 * @param failed every filter that it fails, the first included
 */
public record Candidate(String target, Verdict verdict, Set<Verdict> failed) {
    public Candidate {
        failed = Set.copyOf(failed);
    }

    /** One that fails one filter, or none. */
    static Candidate of(String target, Verdict verdict) {
        return new Candidate(
                target, verdict, verdict == Verdict.ADMITTED ? EnumSet.noneOf(Verdict.class) : EnumSet.of(verdict));
    }
}
