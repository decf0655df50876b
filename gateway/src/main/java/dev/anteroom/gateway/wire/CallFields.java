package dev.anteroom.gateway.wire;

import java.util.Map;
import java.util.Set;

/** The {@code anteroom} field: who calls, why, and in which multi-step run. Pseudonymous, recorded, never forwarded. Immutable. */
public record CallFields(String actor, String purpose, String run, String step, String parent, boolean given) {
    static final Set<String> NAMES = Set.of("actor", "purpose", "run", "step", "parent");

    /** Nothing was said. */
    public static CallFields none() {
        return new CallFields("", "", "", "", "", false);
    }

    static CallFields of(Map<String, String> values) {
        return new CallFields(
                values.getOrDefault("actor", ""),
                values.getOrDefault("purpose", ""),
                values.getOrDefault("run", ""),
                values.getOrDefault("step", ""),
                values.getOrDefault("parent", ""),
                true);
    }
}
