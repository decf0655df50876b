package dev.anteroom.routing;

import static dev.anteroom.routing.Fixtures.SECOND;
import static dev.anteroom.routing.Fixtures.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.anteroom.routing.Breakers.Health;
import dev.anteroom.routing.Permission.Denial;
import dev.anteroom.routing.Permission.Denied;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakersTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);
    private final Breakers breakers = new Breakers(clock::get);

    private Permit permit(String target) {
        return switch (breakers.tryAcquire(target)) {
            case Permit permit -> permit;
            case Denied denied -> throw new AssertionError(denied);
        };
    }

    private void assertDenied(Denial denial, String target) {
        assertEquals(new Denied(denial), breakers.tryAcquire(target));
    }

    private void opened() {
        breakers.configure(List.of(live("a", "m")));
        permit("a").failed(1, FailureKind.CONNECT);
        permit("a").failed(1, FailureKind.STATUS_5XX);
        assertEquals(Health.RESTING, breakers.health().get("a"));
    }

    private void probed() {
        opened();
        clock.addAndGet(11 * SECOND);
    }

    @Test
    void tryAcquire_unknownTarget_denies() {
        assertDenied(Denial.NOT_CONFIGURED, "a");
    }

    @Test
    void tryAcquire_failuresReachTheShare_restsUntilTimeIsOver() {
        opened();
        assertDenied(Denial.BREAKER_OPEN, "a");
        clock.addAndGet(9 * SECOND);
        assertDenied(Denial.BREAKER_OPEN, "a");
        clock.addAndGet(2 * SECOND);
        permit("a");
        assertEquals(Health.PROBED, breakers.health().get("a"));
    }

    @Test
    void tryAcquire_whileProbed_letsOnlyTheProbesThrough() {
        probed();
        Permit first = permit("a");
        Permit second = permit("a");
        assertDenied(Denial.BREAKER_OPEN, "a");
        first.succeeded(1);
        second.succeeded(1);
        assertEquals(Health.WELL, breakers.health().get("a"));
    }

    @Test
    void failed_probes_restAgain() {
        probed();
        Permit first = permit("a");
        permit("a").failed(1, FailureKind.TIMEOUT_FIRST_TOKEN);
        first.failed(1, FailureKind.TIMEOUT_FIRST_TOKEN);
        assertEquals(Health.RESTING, breakers.health().get("a"));
    }

    @Test
    void released_probe_givesItsPlaceToAnother() {
        probed();
        permit("a");
        Permit second = permit("a");
        second.released();
        second.released();
        permit("a");
        assertDenied(Denial.BREAKER_OPEN, "a");
    }

    @Test
    void settle_twice_countsTheFirst() {
        breakers.configure(List.of(live("a", "m")));
        Permit permit = permit("a");
        permit.succeeded(1);
        permit.failed(1, FailureKind.CONNECT);
        permit("a").failed(1, FailureKind.STATUS_4XX);
        permit("a").failed(1, FailureKind.CONTRACT_MISMATCH);
        permit("a").failed(1, FailureKind.CONNECT);
        assertEquals(Health.WELL, breakers.health().get("a"));
    }

    @Test
    void settle_fromBeforeTheBreakerOpened_saysNothing() {
        breakers.configure(List.of(live("a", "m")));
        Permit[] old = {permit("a"), permit("a"), permit("a"), permit("a"), permit("a")};
        old[0].failed(1, FailureKind.CONNECT);
        old[1].failed(1, FailureKind.CONNECT);
        clock.addAndGet(11 * SECOND);
        permit("a");
        permit("a");
        old[2].released();
        assertDenied(Denial.BREAKER_OPEN, "a");
        old[3].succeeded(1);
        old[4].succeeded(1);
        assertEquals(Health.PROBED, breakers.health().get("a"));
    }

    @Test
    void configure_sameSettings_keepsTheState() {
        opened();
        breakers.configure(List.of(live("a", "m", "other"), live("b", "m")));
        assertDenied(Denial.BREAKER_OPEN, "a");
        permit("b");
        breakers.configure(List.of(live("b", "m")));
        assertDenied(Denial.NOT_CONFIGURED, "a");
    }

    @Test
    void configure_otherSettings_startsWell() {
        opened();
        Target a = live("a", "m");
        breakers.configure(List.of(
                new Target("a", a.environment(), a.contract(), a.models(), a.deadlines(), BreakerSettings.DEFAULT)));
        assertEquals(Health.WELL, breakers.health().get("a"));
    }

    @Test
    void ofStatus_everyStatus_hasItsKind() {
        assertSame(FailureKind.STATUS_429, FailureKind.ofStatus(429));
        assertSame(FailureKind.STATUS_5XX, FailureKind.ofStatus(503));
        assertSame(FailureKind.STATUS_5XX, FailureKind.ofStatus(408));
        assertSame(FailureKind.CREDENTIAL_REFUSED, FailureKind.ofStatus(401));
        assertSame(FailureKind.STATUS_4XX, FailureKind.ofStatus(400));
        assertSame(FailureKind.BROKEN_ANSWER, FailureKind.ofStatus(302));
    }
}
