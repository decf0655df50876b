package dev.anteroom.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targets, and the routes that lead to them. Immutable; a decision is a pure function of the facts and the instant.
 *
 * <p>The environments are kept apart in both directions. A sandbox caller reaches sandbox targets only, so that a key
 * handed out for trying things can never spend a real contract or meet real work; a live caller reaches live targets
 * only, so that a demonstration's made-up answer can never stand where a real one is expected, not even as a fallback.
 *
 * <p>A plan costs a few small lists, and time linear in the targets of the caller's routes.
 */
public final class RoutingTable {

    private final Map<String, Target> targets;
    private final Map<String, Entry> routes;

    private RoutingTable(Map<String, Target> targets, Map<String, Entry> routes) {
        this.targets = targets;
        this.routes = routes;
    }

    /**
     * A table of these targets and routes.
     *
     * @throws IllegalArgumentException naming everything that {@link #problems} finds
     */
    public static RoutingTable of(List<Target> targets, List<Route> routes) {
        List<String> problems = problems(targets, routes);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Target> byId = new LinkedHashMap<>();
        for (Target target : targets) {
            byId.put(target.id(), target);
        }
        Map<String, Entry> entries = new HashMap<>();
        for (Route route : routes) {
            List<Target> resolved = new ArrayList<>();
            for (String id : route.targets()) {
                Target target = byId.get(id);
                if (target != null) {
                    resolved.add(target);
                }
            }
            entries.put(route.id(), new Entry(new LinkedHashSet<>(route.models()), List.copyOf(resolved)));
        }
        return new RoutingTable(byId, entries);
    }

    /** Everything wrong with these targets and routes at once, in words; empty when a table can be made of them. */
    public static List<String> problems(List<Target> targets, List<Route> routes) {
        List<String> problems = new ArrayList<>();
        Map<String, Target> byId = new HashMap<>();
        for (Target target : targets) {
            if (byId.putIfAbsent(target.id(), target) != null) {
                problems.add("target '" + target.id() + "': declared twice (expected: one target an id)");
            }
            if (target.models().isEmpty()) {
                problems.add("target '" + target.id() + "': no models (expected: at least one)");
            }
        }
        Set<String> routeIds = new HashSet<>();
        for (Route route : routes) {
            if (!routeIds.add(route.id())) {
                problems.add("route '" + route.id() + "': declared twice (expected: one route an id)");
            }
            problemsOf(route, byId, problems);
        }
        return List.copyOf(problems);
    }

    private static void problemsOf(Route route, Map<String, Target> targets, List<String> problems) {
        String where = "route '" + route.id() + "': ";
        if (route.models().isEmpty()) {
            problems.add(where + "no models (expected: at least one)");
        }
        if (route.targets().isEmpty()) {
            problems.add(where + "no targets (expected: at least one)");
        }
        Set<String> seen = new HashSet<>();
        Set<String> offered = new HashSet<>();
        for (String id : route.targets()) {
            Target target = targets.get(id);
            if (target == null) {
                problems.add(where + "target '" + id + "' is not declared (expected: the id of a target)");
            } else {
                offered.addAll(target.models().keySet());
            }
            if (!seen.add(id)) {
                problems.add(where + "target '" + id + "' is named twice (expected: once)");
            }
        }
        for (String model : new LinkedHashSet<>(route.models())) {
            if (!offered.contains(model)) {
                problems.add(
                        where + "model '" + model + "' is offered by none of its targets (expected: at least one)");
            }
        }
    }

    /**
     * Decides which targets may be tried for a call, in order: the routes in the order of the facts, in each its targets
     * in theirs, a target that several routes name counting where it comes first. A route that the table does not have
     * leads nowhere.
     */
    public RoutePlan plan(RequestFacts facts, Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        List<TargetChoice> choices = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Strictness profile = facts.workflowProfile();
        Verdict nearest = Verdict.MODEL_NOT_OFFERED;
        for (String routeId : facts.routes()) {
            Entry route = routes.get(routeId);
            if (route == null || !route.models().contains(facts.model())) {
                continue;
            }
            for (Target target : route.targets()) {
                if (!seen.add(target.id())) {
                    continue;
                }
                String providerModel = target.providerModel(facts.model());
                Set<Verdict> failed = judge(target, providerModel, facts, now);
                Verdict verdict = failed.isEmpty() ? Verdict.ADMITTED : Collections.min(failed);
                candidates.add(new Candidate(target.id(), verdict, failed));
                if (verdict.compareTo(nearest) > 0) {
                    nearest = verdict;
                }
                if (verdict == Verdict.ADMITTED && providerModel != null) {
                    choices.add(new TargetChoice(target, providerModel));
                    profile = profile.strictest(target.contract().leastProfile());
                }
            }
        }
        return switch (nearest) {
            case ADMITTED -> new RoutePlan.Planned(candidates, choices, profile);
            case MODEL_NOT_OFFERED -> new RoutePlan.Refused(RoutePlan.Reason.UNKNOWN_MODEL, candidates);
            case WRONG_ENVIRONMENT -> new RoutePlan.Refused(RoutePlan.Reason.ENVIRONMENT_MISMATCH, candidates);
            case CONTRACT_EXPIRED -> new RoutePlan.Refused(RoutePlan.Reason.NO_CONTRACT, candidates);
            case RESIDUE_NOT_COVERED -> new RoutePlan.Refused(RoutePlan.Reason.RESIDUE_NOT_ADMITTED, candidates);
            case OUTSIDE_BOUNDARY -> new RoutePlan.Refused(RoutePlan.Reason.OUTSIDE_BOUNDARY, candidates);
        };
    }

    /** Every filter that the target fails. */
    private static Set<Verdict> judge(Target target, @Nullable String providerModel, RequestFacts facts, Instant now) {
        EnumSet<Verdict> failed = EnumSet.noneOf(Verdict.class);
        if (providerModel == null) {
            failed.add(Verdict.MODEL_NOT_OFFERED);
        }
        if (target.environment() != facts.environment()) {
            failed.add(Verdict.WRONG_ENVIRONMENT);
        }
        if (!target.contract().inForce(now)) {
            failed.add(Verdict.CONTRACT_EXPIRED);
        }
        if (!target.contract().admits(facts.residue())) {
            failed.add(Verdict.RESIDUE_NOT_COVERED);
        }
        if (facts.insideOnly() && !target.contract().insideBoundary()) {
            failed.add(Verdict.OUTSIDE_BOUNDARY);
        }
        return failed;
    }

    /** The public models that these routes offer in an environment, in order; contracts are not looked at. */
    public List<String> models(List<String> routeIds, Environment environment) {
        Set<String> models = new LinkedHashSet<>();
        for (String routeId : routeIds) {
            Entry route = routes.get(routeId);
            if (route == null) {
                continue;
            }
            for (String model : route.models()) {
                for (Target target : route.targets()) {
                    if (target.environment() == environment && target.providerModel(model) != null) {
                        models.add(model);
                    }
                }
            }
        }
        return List.copyOf(models);
    }

    /** Every target, in the order of the configuration. */
    public Collection<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** The target of this id, or null where there is none. */
    public @Nullable Target target(String id) {
        return targets.get(id);
    }

    /** Whether there is a route of this id. */
    public boolean hasRoute(String id) {
        return routes.containsKey(id);
    }

    private record Entry(Set<String> models, List<Target> targets) {}
}
