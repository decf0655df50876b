package dev.anteroom.routing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Small targets, routes and facts. */
final class Fixtures {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Opens at two failures of four, rests ten seconds, probes with two. */
    static final BreakerSettings BREAKER = new BreakerSettings(50, 4, 2, 10 * SECOND, 2);

    private Fixtures() {}

    static Contract contract(Strictness least, Modality... modalities) {
        return new Contract("c", Set.of(modalities), least, NOW.plusSeconds(1), false);
    }

    static Target live(String id, String... models) {
        return target(id, Environment.LIVE, contract(Strictness.BALANCED), models);
    }

    static Target target(String id, Environment environment, Contract contract, String... models) {
        Map<String, String> names = new HashMap<>();
        for (String model : models) {
            names.put(model, id + "/" + model);
        }
        return new Target(id, environment, contract, names, Deadlines.DEFAULT, BREAKER);
    }

    static Route route(String id, List<String> models, String... targets) {
        return new Route(id, models, List.of(targets));
    }

    static RequestFacts facts(String model, Environment environment, List<String> routes, Modality... residue) {
        return new RequestFacts(model, routes, environment, Set.of(residue), false, Strictness.BALANCED, false);
    }

    static List<TargetChoice> choices(Target... targets) {
        return List.of(targets).stream()
                .map(target -> new TargetChoice(target, "m"))
                .toList();
    }
}
