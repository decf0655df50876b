package dev.anteroom.routing;

import java.util.List;

/**
 * Public model names, and the targets that answer them in order of preference. Immutable.
 *
 * @param models public names; a name that none of the targets offers is a mistake
 * @param targets target ids, the preferred one first
 */
public record Route(String id, List<String> models, List<String> targets) {

    public Route {
        Checks.id(id, "route id");
        models = List.copyOf(models);
        targets = List.copyOf(targets);
    }
}
