package dev.anteroom.gateway.config;

import java.util.List;

/** A rule from public model names to targets, the first tried first. Immutable. */
public record RouteConfig(String id, List<String> models, List<String> targets) {
    public RouteConfig {
        models = List.copyOf(models);
        targets = List.copyOf(targets);
    }
}
