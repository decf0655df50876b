package dev.anteroom.routing;

import static dev.anteroom.routing.Fixtures.SECOND;
import static dev.anteroom.routing.Fixtures.choices;
import static dev.anteroom.routing.Fixtures.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.routing.AttemptPlan.Because;
import dev.anteroom.routing.AttemptPlan.Left;
import dev.anteroom.routing.Breakers.Health;
import dev.anteroom.routing.Next.Exhausted;
import dev.anteroom.routing.Next.Reason;
import dev.anteroom.routing.Next.Try;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptPlanTest {

    private static final Target A = live("a", "m");
    private static final Target B = live("b", "m");
    private static final Target C = live("c", "m");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final Breakers breakers = new Breakers(clock::get);

    private AttemptPlan plan(int maxAttempts, long secondsLeft, Target... targets) {
        breakers.configure(List.of(A, B, C));
        return AttemptPlan.of(choices(targets), breakers, maxAttempts, clock.get() + secondsLeft * SECOND);
    }

    private Try trying(AttemptPlan plan) {
        return switch (plan.next(clock.get())) {
            case Try attempt -> attempt;
            case Exhausted exhausted -> throw new AssertionError(exhausted);
        };
    }

    private void assertExhausted(Reason reason, AttemptPlan plan) {
        switch (plan.next(clock.get())) {
            case Try attempt -> throw new AssertionError(attempt);
            case Exhausted exhausted -> assertEquals(reason, exhausted.reason());
        }
    }

    private void open(Target target) {
        for (int i = 0; i < 2; i++) {
            if (breakers.tryAcquire(target.id()) instanceof Permit permit) {
                permit.failed(1, FailureKind.CONNECT);
            }
        }
        assertEquals(Health.RESTING, breakers.health().get(target.id()));
    }

    @Test
    void next_failuresThatMayBeRetried_walksInOrder() {
        AttemptPlan plan = plan(5, 100, A, B, C);
        FailureKind[] kinds = {FailureKind.CONNECT, FailureKind.STATUS_429, FailureKind.BROKEN_ANSWER};
        String[] ids = {"a", "b", "c"};
        for (int i = 0; i < 3; i++) {
            Try attempt = trying(plan);
            assertEquals(ids[i], attempt.choice().target().id());
            assertEquals(i + 1, attempt.attempt());
            assertEquals(i < 2, plan.failed(kinds[i], clock.addAndGet(SECOND)));
        }
        assertExhausted(Reason.NO_CHOICE_LEFT, plan);
        assertEquals(
                List.of(
                        new Left("a", Because.FAILED, FailureKind.CONNECT),
                        new Left("b", Because.FAILED, FailureKind.STATUS_429),
                        new Left("c", Because.FAILED, FailureKind.BROKEN_ANSWER)),
                plan.left());
    }

    @Test
    void next_attemptUnderWay_throws() {
        AttemptPlan plan = plan(5, 100, A, B);
        trying(plan);
        assertThrows(IllegalStateException.class, () -> plan.next(clock.get()));
    }

    @Test
    void next_budgetSpent_stopsAndNamesTheRest() {
        AttemptPlan plan = plan(2, 100, A, B, C);
        trying(plan);
        assertTrue(plan.failed(FailureKind.STATUS_5XX, clock.get()));
        trying(plan);
        assertFalse(plan.failed(FailureKind.STATUS_5XX, clock.get()));
        assertExhausted(Reason.RETRY_BUDGET_SPENT, plan);
        assertEquals(new Left("c", Because.NOT_REACHED, null), plan.left().getLast());
        assertExhausted(Reason.RETRY_BUDGET_SPENT, plan);
        assertEquals(3, plan.left().size());
    }

    @Test
    void next_kindThatMayNotBeRetried_stops() {
        for (FailureKind kind : FailureKind.values()) {
            AttemptPlan plan = plan(5, 100, C, B);
            breakers.configure(List.of());
            breakers.configure(List.of(A, B, C));
            trying(plan);
            assertEquals(kind.retryable(), plan.failed(kind, clock.get()));
            if (!kind.retryable()) {
                assertExhausted(Reason.NOT_RETRYABLE, plan);
            }
        }
        assertFalse(FailureKind.STATUS_4XX.retryable());
        assertFalse(FailureKind.STALL_AFTER_FIRST_BYTE.retryable());
    }

    @Test
    void next_answerBegun_neverFallsBack() {
        AttemptPlan plan = plan(5, 100, A, B);
        trying(plan);
        plan.answerBegins();
        assertFalse(plan.failed(FailureKind.CONNECTION_LOST, clock.get()));
        assertExhausted(Reason.ANSWER_BEGUN, plan);
    }

    @Test
    void next_deadline_boundsAttemptsAndStops() {
        AttemptPlan plan = plan(5, 100, A, B);
        assertEquals(clock.get() + 100 * SECOND, trying(plan).deadlineNanos());
        clock.addAndGet(100 * SECOND);
        assertFalse(plan.failed(FailureKind.TIMEOUT_FIRST_TOKEN, clock.get()));
        assertExhausted(Reason.DEADLINE_PASSED, plan);
        AttemptPlan patient = plan(5, 10_000, A);
        assertEquals(
                clock.get() + Deadlines.DEFAULT.totalNanos(), trying(patient).deadlineNanos());
    }

    @Test
    void next_breakerOpen_passesTheTargetWithoutSpendingAnAttempt() {
        AttemptPlan plan = plan(1, 100, A, B);
        open(A);
        assertEquals("b", trying(plan).choice().target().id());
        assertEquals(List.of(new Left("a", Because.BREAKER_OPEN, null)), plan.left());
    }

    @Test
    void next_everyBreakerOpen_saysSo() {
        AttemptPlan plan = plan(3, 100, A, B);
        open(A);
        open(B);
        assertExhausted(Reason.ALL_DENIED, plan);
    }

    @Test
    void next_targetTakenOutOfTheConfiguration_isNotTried() {
        AttemptPlan plan = plan(3, 100, A, B);
        breakers.configure(List.of(B));
        assertEquals("b", trying(plan).choice().target().id());
        assertEquals(new Left("a", Because.NOT_CONFIGURED, null), plan.left().getFirst());
    }

    @Test
    void abandoned_probe_isGivenBack() {
        AttemptPlan plan = plan(3, 100, A, B);
        open(A);
        clock.addAndGet(11 * SECOND);
        for (int i = 0; i < 5; i++) {
            AttemptPlan probing = AttemptPlan.of(choices(A), breakers, 1, clock.get() + SECOND);
            trying(probing);
            probing.abandoned();
            probing.abandoned();
            assertExhausted(Reason.ENDED, probing);
            assertEquals(List.of(new Left("a", Because.ABANDONED, null)), probing.left());
        }
        assertEquals("a", trying(plan).choice().target().id());
    }

    @Test
    void succeeded_ends() {
        AttemptPlan plan = plan(3, 100, A, B);
        trying(plan);
        plan.answerBegins();
        plan.succeeded(clock.get());
        assertFalse(plan.failed(FailureKind.CONNECT, clock.get()));
        assertExhausted(Reason.ENDED, plan);
        assertEquals(Health.WELL, breakers.health().get("a"));
    }

    @Test
    void next_randomCourse_triesEachOnceWithinBudget() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("AttemptPlanTest seed " + seed);
        Random random = new Random(seed);
        List<FailureKind> kinds = List.of(FailureKind.values());
        for (int round = 0; round < 3_000; round++) {
            int budget = 1 + random.nextInt(4);
            AttemptPlan plan = plan(budget, 1 + random.nextInt(20), A, B, C);
            List<String> tried = new ArrayList<>();
            boolean begun = false;
            boolean going = true;
            while (plan.next(clock.get()) instanceof Try attempt) {
                assertTrue(going && !begun, "went on after the end");
                assertTrue(attempt.deadlineNanos() - clock.get() > 0);
                tried.add(attempt.choice().target().id());
                clock.addAndGet(random.nextInt(8) * SECOND);
                if (random.nextInt(6) == 0) {
                    plan.answerBegins();
                    begun = true;
                }
                if (random.nextInt(5) == 0) {
                    plan.succeeded(clock.get());
                    going = false;
                } else {
                    FailureKind kind = kinds.get(random.nextInt(kinds.size()));
                    going = plan.failed(kind, clock.get());
                    assertFalse(going && !kind.retryable());
                }
            }
            assertTrue(tried.size() <= budget);
            assertEquals(tried.size(), new HashSet<>(tried).size());
            assertEquals(tried.size(), plan.attempts());
        }
    }
}
