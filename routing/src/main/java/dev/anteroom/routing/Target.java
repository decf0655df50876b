package dev.anteroom.routing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider, the models used of it, and the contract under which it may be used. Immutable.
 *
 * @param models public model name → the provider's own name, in the order of the configuration
 */
public record Target(
        String id,
        Environment environment,
        Contract contract,
        Map<String, String> models,
        Deadlines deadlines,
        BreakerSettings breaker) {

    public Target {
        Checks.id(id, "target id");
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** The provider's name of a public model, or null where the target does not offer it. */
    public @Nullable String providerModel(String publicModel) {
        return models.get(publicModel);
    }
}
