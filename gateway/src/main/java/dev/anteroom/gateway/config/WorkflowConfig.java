package dev.anteroom.gateway.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * A named use of the gateway, bound to a key and never chosen by a request. Immutable.
 *
 * @param routes ids of the routes it may take
 * @param restoreTools names of the tools in whose arguments originals are restored; {@code *} stands for all, for trials only
 */
public record WorkflowConfig(
        String id,
        Audience audience,
        Profile profile,
        List<String> routes,
        List<String> restoreTools,
        WorkflowLimits limits) {

    public WorkflowConfig {
        routes = List.copyOf(routes);
        restoreTools = List.copyOf(restoreTools);
    }

    /** Whether originals may be restored in the arguments of this tool. */
    public boolean restoresTool(String name) {
        return restoreTools.contains(name) || restoreTools.contains("*");
    }

    /** What each key of the workflow may use; empty means no limit but the process's own. Immutable. */
    public record WorkflowLimits(OptionalInt requestsPerMinute, OptionalInt concurrentCalls) {}
}
