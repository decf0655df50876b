package dev.anteroom.routing;

import static dev.anteroom.routing.Fixtures.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.routing.Admission.Ticket;
import dev.anteroom.routing.AdmissionResult.Admitted;
import dev.anteroom.routing.AdmissionResult.Busy;
import dev.anteroom.routing.AdmissionResult.Limit;
import dev.anteroom.routing.AdmissionResult.RateLimited;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final KeyLimits WIDE = new KeyLimits(1_000, 60_000, 1_000_000);
    private static final long START = Long.MAX_VALUE - SECOND;

    private static Ticket admitted(Admission admission, String key, KeyLimits limits, long now) {
        return switch (admission.admit(key, limits, now)) {
            case Admitted admitted -> admitted.ticket();
            case RateLimited limited -> throw new AssertionError(limited);
            case Busy busy -> throw new AssertionError(busy);
        };
    }

    @Test
    void admit_rate_letsTheBurstThroughAndRefills() {
        Admission admission = new Admission(new AdmissionLimits(1_000, 1));
        KeyLimits limits = new KeyLimits(1_000, 60, 3);
        for (int i = 0; i < 3; i++) {
            admitted(admission, "k", limits, START);
        }
        assertEquals(new RateLimited(1_000), admission.admit("k", limits, START));
        assertEquals(new RateLimited(1), admission.admit("k", limits, START + SECOND - 1));
        admitted(admission, "other", limits, START);
        admitted(admission, "k", limits, START + SECOND);
        assertEquals(new RateLimited(1_000), admission.admit("k", limits, START + SECOND));
        for (int i = 0; i < 3; i++) {
            admitted(admission, "k", limits, START + 1_000 * SECOND);
        }
        assertEquals(new RateLimited(1_000), admission.admit("k", limits, START + 1_000 * SECOND));
    }

    @Test
    void admit_turnedAway_spendsNothing() {
        Admission admission = new Admission(new AdmissionLimits(2, 1));
        KeyLimits limits = new KeyLimits(1, 1, 2);
        Ticket ticket = admitted(admission, "k", limits, START);
        for (int i = 0; i < 5; i++) {
            assertEquals(new Busy(Limit.KEY), admission.admit("k", limits, START));
        }
        Ticket other = admitted(admission, "l", limits, START);
        assertEquals(new Busy(Limit.GATEWAY), admission.admit("m", limits, START));
        assertEquals(0, admission.concurrent("m"));
        ticket.release();
        admitted(admission, "k", limits, START).release();
        assertEquals(new RateLimited(60_000), admission.admit("k", limits, START));
        other.release();
        assertEquals(0, admission.concurrent());
    }

    @Test
    void release_twice_givesBackOnce() {
        Admission admission = new Admission(new AdmissionLimits(5, 100));
        Ticket first = admitted(admission, "k", WIDE, START);
        Ticket second = admitted(admission, "k", WIDE, START);
        assertTrue(admission.addBytes(first, 40));
        assertTrue(admission.addBytes(first, 20));
        assertTrue(admission.addBytes(second, 40));
        assertFalse(admission.addBytes(second, 1));
        first.release();
        first.release();
        assertEquals(40, admission.bytesInFlight());
        assertEquals(1, admission.concurrent());
        assertEquals(1, admission.concurrent("k"));
        assertFalse(admission.addBytes(first, 1));
        assertEquals(40, admission.bytesInFlight());
        assertFalse(admission.addBytes(second, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> admission.addBytes(second, -1));
    }

    @Test
    void admit_eightThreads_neverExceedsAndNeverLeaks() throws Exception {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("AdmissionTest seed " + seed);
        Admission admission = new Admission(new AdmissionLimits(12, 1_000));
        KeyLimits limits = new KeyLimits(5, 60_000, 1_000_000);
        AtomicInteger inside = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        AtomicInteger[] perKey = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicInteger admitted = new AtomicInteger();
        onEightThreads(thread -> {
            Random random = new Random(seed + thread);
            for (int i = 0; i < 20_000; i++) {
                int key = random.nextInt(perKey.length);
                if (admission.admit("k" + key, limits, START + i) instanceof Admitted taken) {
                    admitted.incrementAndGet();
                    assertTrue(inside.incrementAndGet() <= 12);
                    assertTrue(perKey[key].incrementAndGet() <= 5);
                    long mine = 0;
                    for (int n = random.nextInt(4); n > 0; n--) {
                        long more = random.nextInt(200);
                        if (admission.addBytes(taken.ticket(), more)) {
                            mine += more;
                            assertTrue(bytes.addAndGet(more) <= 1_000);
                        }
                    }
                    if (random.nextInt(8) == 0) {
                        Thread.onSpinWait();
                    }
                    bytes.addAndGet(-mine);
                    perKey[key].decrementAndGet();
                    inside.decrementAndGet();
                    taken.ticket().release();
                    taken.ticket().release();
                }
            }
        });
        assertEquals(0, admission.concurrent());
        assertEquals(0, admission.bytesInFlight());
        for (int key = 0; key < perKey.length; key++) {
            assertEquals(0, admission.concurrent("k" + key));
        }
        assertTrue(admitted.get() > 1_000, "admitted: " + admitted);
    }

    @Test
    void admit_eightThreadsAtOneInstant_takesExactlyTheBurst() throws Exception {
        Admission admission = new Admission(new AdmissionLimits(1_000_000, 1));
        KeyLimits limits = new KeyLimits(1_000_000, 60, 5_000);
        AtomicInteger admitted = new AtomicInteger();
        onEightThreads(thread -> {
            for (int i = 0; i < 2_000; i++) {
                if (admission.admit("k", limits, START) instanceof Admitted) {
                    admitted.incrementAndGet();
                }
            }
        });
        assertEquals(5_000, admitted.get());
        assertEquals(5_000, admission.concurrent("k"));
    }

    @Test
    void release_racesWithAddBytes_neverLeaks() throws Exception {
        Admission admission = new Admission(new AdmissionLimits(10, 1_000_000));
        Ticket[] tickets = new Ticket[5_000];
        for (int round = 0; round < tickets.length; round += 10) {
            for (int i = 0; i < 10; i++) {
                tickets[round + i] = admitted(admission, "k", WIDE, START + round * SECOND);
            }
            int from = round;
            if (round % 500 == 0) {
                onEightThreads(thread -> {
                    for (int i = 0; i < 10; i++) {
                        if (thread % 2 == 0) {
                            admission.addBytes(tickets[from + i], 7);
                        } else {
                            tickets[from + i].release();
                        }
                    }
                });
            }
            for (int i = 0; i < 10; i++) {
                tickets[round + i].release();
            }
            assertEquals(0, admission.bytesInFlight());
            assertEquals(0, admission.concurrent());
        }
    }

    private interface Work {
        void on(int thread);
    }

    private static void onEightThreads(Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int thread = i;
                futures.add(threads.submit(() -> work.on(thread)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }
}
