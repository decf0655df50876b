package dev.anteroom.routing;

/** Why a target of a route may be tried, or why not; the first that holds, in this order. */
public enum Verdict {
    MODEL_NOT_OFFERED,
    WRONG_ENVIRONMENT,
    CONTRACT_EXPIRED,
    RESIDUE_NOT_COVERED,
    OUTSIDE_BOUNDARY,
    ADMITTED
}
