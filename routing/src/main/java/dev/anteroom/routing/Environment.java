package dev.anteroom.routing;

/** Which world a caller or a target belongs to. The two never meet: see {@link RoutingTable}. */
public enum Environment {
    /** Demonstrations, development and tests. */
    SANDBOX,
    /** Work on real patients' records. */
    LIVE
}
