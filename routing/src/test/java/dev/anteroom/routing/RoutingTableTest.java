package dev.anteroom.routing;

import static dev.anteroom.routing.Fixtures.NOW;
import static dev.anteroom.routing.Fixtures.contract;
import static dev.anteroom.routing.Fixtures.facts;
import static dev.anteroom.routing.Fixtures.live;
import static dev.anteroom.routing.Fixtures.route;
import static dev.anteroom.routing.Fixtures.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.routing.RoutePlan.Planned;
import dev.anteroom.routing.RoutePlan.Reason;
import dev.anteroom.routing.RoutePlan.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

    private static final Target DEMO =
            target("demo", Environment.SANDBOX, contract(Strictness.BALANCED), "extractive", "small");
    private static final Target INSIDE = live("inside", "small", "large");
    private static final Target EYES =
            target("eyes", Environment.LIVE, contract(Strictness.STRICT, Modality.IMAGE, Modality.FILE), "large");
    private static final Target LAPSED = target(
            "lapsed",
            Environment.LIVE,
            new Contract("old", Set.of(Modality.IMAGE), Strictness.STRICT, NOW, true),
            "old",
            "large");
    private static final RoutingTable TABLE = RoutingTable.of(
            List.of(DEMO, INSIDE, EYES, LAPSED),
            List.of(
                    route("try", List.of("extractive"), "demo"),
                    route("main", List.of("small", "large"), "inside", "lapsed", "eyes", "demo"),
                    route("old", List.of("old"), "lapsed"),
                    route("again", List.of("large"), "eyes", "inside")));

    private static Planned planned(RequestFacts facts) {
        if (TABLE.plan(facts, NOW) instanceof Planned planned) {
            return planned;
        }
        throw new AssertionError(TABLE.plan(facts, NOW));
    }

    private static Refused refused(RequestFacts facts) {
        if (TABLE.plan(facts, NOW) instanceof Refused refused) {
            return refused;
        }
        throw new AssertionError(TABLE.plan(facts, NOW));
    }

    private static List<String> ids(Planned planned) {
        return planned.choices().stream().map(choice -> choice.target().id()).toList();
    }

    @Test
    void plan_severalTargets_keepsTheOrderAndSaysWhyNot() {
        Planned plan = planned(facts("large", Environment.LIVE, List.of("main")));
        assertEquals(List.of("inside", "eyes"), ids(plan));
        assertEquals("inside/large", plan.choices().getFirst().providerModel());
        assertEquals(
                List.of(
                        Candidate.of("inside", Verdict.ADMITTED),
                        Candidate.of("lapsed", Verdict.CONTRACT_EXPIRED),
                        Candidate.of("eyes", Verdict.ADMITTED),
                        new Candidate(
                                "demo",
                                Verdict.MODEL_NOT_OFFERED,
                                Set.of(Verdict.MODEL_NOT_OFFERED, Verdict.WRONG_ENVIRONMENT))),
                plan.candidates());
        assertEquals(Strictness.STRICT, plan.profile());
    }

    @Test
    void plan_profile_isOfAdmittedTargetsOnly() {
        assertEquals(
                Strictness.BALANCED,
                planned(facts("small", Environment.LIVE, List.of("main"))).profile());
        RequestFacts strict =
                new RequestFacts("small", List.of("main"), Environment.LIVE, Set.of(), false, Strictness.STRICT, true);
        assertEquals(Strictness.STRICT, planned(strict).profile());
    }

    @Test
    void plan_residue_leavesOnlyTargetsThatAdmitAllOfIt() {
        assertEquals(List.of("eyes"), ids(planned(facts("large", Environment.LIVE, List.of("main"), Modality.IMAGE))));
        Refused refused = refused(facts("large", Environment.LIVE, List.of("main"), Modality.IMAGE, Modality.AUDIO));
        assertEquals(Reason.RESIDUE_NOT_ADMITTED, refused.reason());
        assertTrue(refused.candidates().contains(Candidate.of("eyes", Verdict.RESIDUE_NOT_COVERED)));
    }

    @Test
    void plan_insideOnly_leavesOnlyTargetsInsideTheBoundary() {
        Contract inside = new Contract("in", Set.of(), Strictness.BALANCED, Instant.MAX, true);
        Contract outside = new Contract("out", Set.of(), Strictness.STRICT, Instant.MAX, false);
        Target near = target("near", Environment.LIVE, inside, "m");
        Target far = target("far", Environment.LIVE, outside, "m");
        RequestFacts facts =
                new RequestFacts("m", List.of("r"), Environment.LIVE, Set.of(), true, Strictness.BALANCED, false);

        Planned planned = assertInstanceOf(
                Planned.class,
                RoutingTable.of(List.of(far, near), List.of(route("r", List.of("m"), "far", "near")))
                        .plan(facts, NOW));
        assertEquals(List.of("near"), ids(planned));
        assertEquals(Strictness.BALANCED, planned.profile());

        Refused refused = assertInstanceOf(
                Refused.class,
                RoutingTable.of(List.of(far), List.of(route("r", List.of("m"), "far")))
                        .plan(facts, NOW));
        assertEquals(Reason.OUTSIDE_BOUNDARY, refused.reason());
        assertEquals(List.of(Candidate.of("far", Verdict.OUTSIDE_BOUNDARY)), refused.candidates());
    }

    @Test
    void plan_environments_neverMeet() {
        assertEquals(List.of("demo"), ids(planned(facts("small", Environment.SANDBOX, List.of("main")))));
        assertEquals(List.of("inside"), ids(planned(facts("small", Environment.LIVE, List.of("main")))));
        assertEquals(
                Reason.ENVIRONMENT_MISMATCH,
                refused(facts("extractive", Environment.LIVE, List.of("try", "main")))
                        .reason());
        assertEquals(
                Reason.ENVIRONMENT_MISMATCH,
                refused(facts("large", Environment.SANDBOX, List.of("main"))).reason());
    }

    @Test
    void plan_unknownModelOrRoute_refuses() {
        assertEquals(
                Reason.UNKNOWN_MODEL,
                refused(facts("gpt", Environment.LIVE, List.of("main"))).reason());
        assertEquals(
                Reason.UNKNOWN_MODEL,
                refused(facts("small", Environment.LIVE, List.of("nowhere"))).reason());
        assertEquals(
                Reason.UNKNOWN_MODEL,
                refused(facts("small", Environment.LIVE, List.of())).reason());
        assertEquals(
                Reason.UNKNOWN_MODEL,
                refused(facts("extractive", Environment.LIVE, List.of("main"))).reason());
    }

    @Test
    void plan_contractExpires_atItsInstant() {
        assertEquals(
                Reason.NO_CONTRACT,
                refused(facts("old", Environment.LIVE, List.of("old"))).reason());
        assertTrue(TABLE.plan(facts("old", Environment.LIVE, List.of("old")), NOW.minusNanos(1)) instanceof Planned);
    }

    @Test
    void plan_targetInSeveralRoutes_isTriedOnce() {
        Planned plan = planned(facts("large", Environment.LIVE, List.of("again", "main")));
        assertEquals(List.of("eyes", "inside"), ids(plan));
        assertEquals(4, plan.candidates().size());
    }

    @Test
    void models_ofRoutes_areThoseOfTheEnvironment() {
        assertEquals(List.of("small", "large"), TABLE.models(List.of("main", "again"), Environment.LIVE));
        assertEquals(List.of("extractive", "small"), TABLE.models(List.of("try", "main"), Environment.SANDBOX));
        assertEquals(List.of(), TABLE.models(List.of("nowhere", "try"), Environment.LIVE));
    }

    @Test
    void of_everyMistake_isNamedAtOnce() {
        List<Target> targets = List.of(live("a", "m"), live("a", "m"), live("b"));
        List<Route> routes = List.of(
                route("r", List.of("m", "x"), "a", "c", "a"), route("r", List.of("m"), "a"), route("s", List.of()));
        List<String> problems = RoutingTable.problems(targets, routes);
        assertEquals(8, problems.size(), problems::toString);
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> RoutingTable.of(targets, routes))
                        .getMessage());
        for (String problem : problems) {
            assertTrue(message.contains(problem));
        }
    }

    @Test
    void records_wrongValues_throw() {
        assertThrows(IllegalArgumentException.class, () -> new Route(" ", List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Deadlines(1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new BreakerSettings(0, 4, 2, Fixtures.SECOND, 1));
        assertThrows(IllegalArgumentException.class, () -> new BreakerSettings(50, 4, 5, Fixtures.SECOND, 1));
        assertThrows(IllegalArgumentException.class, () -> new KeyLimits(1, 1, KeyLimits.MAX_BURST + 1));
        assertThrows(IllegalArgumentException.class, () -> new AdmissionLimits(0, 1));
    }

    @Test
    void plan_randomTables_admitsExactlyWhatMayBeTried() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("RoutingTableTest seed " + seed);
        Random random = new Random(seed);
        int planned = 0;
        for (int round = 0; round < 5_000; round++) {
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                targets.add(randomTarget("t" + i, random));
            }
            Route route = new Route(
                    "r", List.of("m"), targets.stream().map(Target::id).toList());
            RequestFacts facts = new RequestFacts(
                    "m",
                    List.of("r"),
                    pick(Environment.values(), random),
                    randomModalities(random),
                    random.nextBoolean(),
                    pick(Strictness.values(), random),
                    random.nextBoolean());
            RoutePlan plan = RoutingTable.of(targets, List.of(route)).plan(facts, NOW);
            List<Target> admissible =
                    targets.stream().filter(target -> mayBeTried(target, facts)).toList();
            switch (plan) {
                case Planned found -> {
                    planned++;
                    assertEquals(
                            admissible,
                            found.choices().stream().map(TargetChoice::target).toList());
                    boolean strict = facts.workflowProfile() == Strictness.STRICT
                            || admissible.stream()
                                    .anyMatch(target -> target.contract().leastProfile() == Strictness.STRICT);
                    assertEquals(strict ? Strictness.STRICT : Strictness.BALANCED, found.profile());
                }
                case Refused ignored -> assertTrue(admissible.isEmpty());
            }
            assertEquals(targets.size(), plan.candidates().size());
        }
        assertTrue(planned > 500, "planned: " + planned);
        assertFalse(planned > 4_900, "planned: " + planned);
    }

    private static boolean mayBeTried(Target target, RequestFacts facts) {
        return target.environment() == facts.environment()
                && target.contract().expires().isAfter(NOW)
                && target.contract().modalities().containsAll(facts.residue())
                && (target.contract().insideBoundary() || !facts.insideOnly());
    }

    private static Target randomTarget(String id, Random random) {
        Instant expires = NOW.plusSeconds(random.nextInt(4) - 1);
        Contract contract = new Contract(
                "c", randomModalities(random), pick(Strictness.values(), random), expires, random.nextBoolean());
        return new Target(
                id,
                pick(Environment.values(), random),
                contract,
                Map.of("m", "n"),
                Deadlines.DEFAULT,
                BreakerSettings.DEFAULT);
    }

    private static Set<Modality> randomModalities(Random random) {
        Set<Modality> modalities = EnumSet.noneOf(Modality.class);
        for (Modality modality : Modality.values()) {
            if (random.nextInt(4) == 0) {
                modalities.add(modality);
            }
        }
        return modalities;
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
