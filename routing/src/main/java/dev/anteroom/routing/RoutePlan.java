package dev.anteroom.routing;

import java.util.List;

/** What routing decided for a call: the targets that may be tried, or why there is none. Immutable. */
public sealed interface RoutePlan {

    /** Every target that was looked at, in order, with its verdict. */
    List<Candidate> candidates();

    /**
     * The call may be sent.
     *
     * @param choices the only targets that may be tried, in order; never empty
     * @param profile the strictest profile that the workflow or any of the choices demands
     */
    record Planned(List<Candidate> candidates, List<TargetChoice> choices, Strictness profile) implements RoutePlan {
        public Planned {
            candidates = List.copyOf(candidates);
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("choices: none (expected: at least one)");
            }
        }
    }

    /** The call may not be sent. */
    record Refused(Reason reason, List<Candidate> candidates) implements RoutePlan {
        public Refused {
            candidates = List.copyOf(candidates);
        }
    }

    /** Why no target may be tried; where several hold, the one that the nearest candidate failed on. */
    enum Reason {
        /** No route of the workflow has a target that offers the model. */
        UNKNOWN_MODEL,
        /** The model is offered, but only in the environment that is not the caller's. */
        ENVIRONMENT_MISMATCH,
        /** The caller's environment offers the model, but only under contracts that have expired. */
        NO_CONTRACT,
        /** A contract is in force, but none admits the parts that could not be read. */
        RESIDUE_NOT_ADMITTED,
        /** A contract admits all of the request, but only of parties outside the trust boundary, where its texts may not go. */
        OUTSIDE_BOUNDARY
    }
}
