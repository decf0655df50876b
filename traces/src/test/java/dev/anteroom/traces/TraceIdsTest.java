package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TraceIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:22:07.123Z");

    @Test
    void next_manyInOneMillisecond_eachGreaterThanTheOneBefore() {
        TraceIds ids = new TraceIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));
        String before = "";
        for (int i = 0; i < 100_000; i++) {
            String id = ids.next();
            assertTrue(id.compareTo(before) > 0, () -> "not monotonic at " + id);
            before = id;
        }
    }

    @Test
    void next_clockGoesBack_staysMonotonic() {
        Instant[] now = {NOW};
        TraceIds ids = new TraceIds(new MovableClock(now), new Random(1));
        String first = ids.next();
        now[0] = NOW.minusSeconds(3600);
        assertTrue(ids.next().compareTo(first) > 0);
    }

    @Test
    void next_parsedAsUuid_hasVersionVariantAndTime() {
        TraceIds ids = new TraceIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));
        String id = ids.next();
        UUID uuid = UUID.fromString(id);
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        assertEquals(id, uuid.toString());
        assertEquals(NOW.toEpochMilli(), TraceIds.millis(TraceIds.most(id)));
        assertEquals(uuid, new UUID(TraceIds.most(id), TraceIds.least(id)));
        assertEquals(id, TraceIds.text(TraceIds.most(id), TraceIds.least(id)));
    }

    @Test
    void next_fromManyThreads_neverTwice() throws InterruptedException {
        TraceIds ids = new TraceIds(Clock.systemUTC(), new Random(1));
        List<List<String>> made = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<String> own = new ArrayList<>();
            made.add(own);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    own.add(ids.next());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Set<String> distinct = new HashSet<>();
        made.forEach(distinct::addAll);
        assertEquals(80_000, distinct.size());
    }

    @Test
    void isId_otherText_isRefused() {
        assertTrue(TraceIds.isId("01890a5d-ac96-774b-bcce-b302099a8057"));
        assertFalse(TraceIds.isId("01890A5D-ac96-774b-bcce-b302099a8057"));
        assertFalse(TraceIds.isId("01890a5dac96-774b-bcce-b302099a80577"));
        assertFalse(TraceIds.isId("../../etc/passwd"));
        assertFalse(TraceIds.isId(""));
    }

    private static final class MovableClock extends Clock {
        private final Instant[] now;

        MovableClock(Instant[] now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now[0];
        }
    }
}
