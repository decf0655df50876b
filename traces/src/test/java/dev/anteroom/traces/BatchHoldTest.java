package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BatchHoldTest {
    private static final long MILLI = 1_000_000L;

    /** Calls come evenly, and each is open for so long. */
    private static long holdNanos(int callsASecond, long openNanos) {
        BatchHold hold = new BatchHold(0);
        int open = (int) (callsASecond * openNanos / 1_000_000_000L);
        long gap = 1_000_000_000L / callsASecond;
        for (long now = gap; now <= 200 * MILLI; now += gap) {
            hold.noted(now, 2, 1, open); // an intent and an outcome
        }
        return hold.nanos();
    }

    @Test
    void nanos_ofManyCallsThatStayOpen_isAQuarterOfThatTime() {
        assertEquals(2 * MILLI, holdNanos(2_000, 8 * MILLI));
        assertEquals(MILLI, holdNanos(10_000, 4 * MILLI));
    }

    @Test
    void nanos_ofCallsThatWaitForALargeModel_isThreeMillisecondsAtMost() {
        assertEquals(3 * MILLI, holdNanos(1_000, 2_000 * MILLI));
    }

    @Test
    void nanos_whereFewWouldComeMeanwhile_isNone() {
        assertEquals(0, holdNanos(1_000, MILLI)); // a quarter of a millisecond brings half an append
        assertEquals(0, holdNanos(1_000, 6 * MILLI)); // one and a half bring three
        assertEquals(0, holdNanos(100, 2_000 * MILLI));
    }

    @Test
    void nanos_beforeAnythingEnded_isNone() {
        BatchHold hold = new BatchHold(0);
        assertEquals(0, hold.nanos());
        for (long now = MILLI; now <= 200 * MILLI; now += MILLI) {
            hold.noted(now, 20, 0, (int) (20 * now / MILLI));
        }
        assertEquals(0, hold.nanos());
    }

    @Test
    void nanos_onceFewCome_isNoneAgain() {
        BatchHold hold = new BatchHold(0);
        long now = 0;
        for (int i = 0; i < 1_000; i++) {
            now += MILLI / 2;
            hold.noted(now, 2, 1, 16);
        }
        assertEquals(2 * MILLI, hold.nanos());
        hold.noted(now + 1_000 * MILLI, 1, 1, 0);
        assertEquals(0, hold.nanos());
    }
}
