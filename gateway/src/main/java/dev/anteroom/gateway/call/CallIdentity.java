package dev.anteroom.gateway.call;

import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.snapshot.Workflow;
import dev.anteroom.traces.Caller;

/** Who calls, under which names the call is known. Immutable. */
public record CallIdentity(
        String traceId,
        String requestId,
        String tenant,
        String keyId,
        Environment environment,
        Workflow workflow,
        String traceparent,
        long startNanos) {

    /** The caller as records name it. */
    Caller caller() {
        return new Caller(
                tenant,
                environment.name().toLowerCase(java.util.Locale.ROOT),
                keyId,
                workflow.id(),
                workflow.audience().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** The environment as routing names it. */
    public dev.anteroom.routing.Environment routingEnvironment() {
        return switch (environment) {
            case SANDBOX -> dev.anteroom.routing.Environment.SANDBOX;
            case LIVE -> dev.anteroom.routing.Environment.LIVE;
        };
    }
}
