package dev.anteroom.gateway.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of one gateway process, checked: every reference in it resolves. Immutable.
 *
 * @param contracts the contracts of the file that {@code contractsFile} names
 * @param classifier null where the rules and the tagger alone find
 * @param store null where records stay in the journal alone
 * @param demo whether the key {@code sk-anteroom-demo} is admitted (sandbox, loopback only, workflow {@code demo})
 */
public record Config(
        GatewayConfig gateway,
        ListenerConfig listener,
        AdminConfig admin,
        LimitsConfig limits,
        JournalConfig journal,
        List<ContractConfig> contracts,
        List<TargetConfig> targets,
        List<RouteConfig> routes,
        RetryConfig retry,
        List<WorkflowConfig> workflows,
        SiteConfig site,
        @Nullable ClassifierConfig classifier,
        @Nullable StoreConfig store,
        List<PriceConfig> prices,
        TelemetryConfig telemetry,
        boolean demo) {

    public Config {
        contracts = List.copyOf(contracts);
        targets = List.copyOf(targets);
        routes = List.copyOf(routes);
        workflows = List.copyOf(workflows);
        prices = List.copyOf(prices);
    }

    public Optional<ContractConfig> contract(String id) {
        return contracts.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    public Optional<TargetConfig> target(String id) {
        return targets.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    public Optional<RouteConfig> route(String id) {
        return routes.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    public Optional<WorkflowConfig> workflow(String id) {
        return workflows.stream().filter(w -> w.id().equals(id)).findFirst();
    }

    /** Whether real patients' data may flow: any target is live. */
    public boolean hasLiveTarget() {
        return targets.stream().anyMatch(t -> t.environment() == Environment.LIVE);
    }
}
