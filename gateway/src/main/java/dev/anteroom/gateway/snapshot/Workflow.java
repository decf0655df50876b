package dev.anteroom.gateway.snapshot;

import dev.anteroom.guardrails.Audience;
import dev.anteroom.routing.KeyLimits;
import dev.anteroom.routing.Strictness;
import java.util.List;
import java.util.Set;

/** A named use of the gateway: who reads the answers, how strictly texts are read, which routes it may take. Immutable. */
public record Workflow(
        String id,
        Audience audience,
        Strictness profile,
        List<String> routes,
        Set<String> restoredTools,
        KeyLimits limits) {
    private static final String EVERY_TOOL = "*";

    public Workflow {
        routes = List.copyOf(routes);
        restoredTools = Set.copyOf(restoredTools);
    }

    /** Stands for a workflow that a key names and the configuration does not: it permits nothing. */
    public static Workflow unconfigured(String id) {
        return new Workflow(id, Audience.PATIENT, Strictness.STRICT, List.of(), Set.of(), new KeyLimits(1, 1, 1));
    }

    /** Whether originals may stand in this tool's arguments. */
    public boolean restoresTool(String name) {
        return restoredTools.contains(name) || restoredTools.contains(EVERY_TOOL);
    }
}
