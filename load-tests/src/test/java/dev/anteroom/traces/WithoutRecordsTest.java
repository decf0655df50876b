package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutRecordsTest {
    @TempDir
    Path data;

    @Test
    void append_anyRecord_isDoneAtOnceAndNowhere() throws Exception {
        SecureRandom random = new SecureRandom();
        KeyRing keys = KeyRing.openOrCreate(data.resolve("keys"), random);
        String id = new TraceIds(Clock.systemUTC(), random).next();
        try (Journal journal = WithoutRecords.open(JournalOptions.defaults(data, "test", keys))) {
            Caller caller = new Caller("tenant", "live", "key", "workflow", "clinician");
            assertTrue(journal.append(new Refusal(
                            id,
                            "request",
                            Instant.EPOCH,
                            caller,
                            CallContext.none(),
                            "",
                            400,
                            "code",
                            "",
                            "",
                            "advice"))
                    .isDone());
        }
        int[] records = new int[1];
        TraceReader.open(data, keys).withOriginals().forEachAfter(Optional.empty(), _ -> ++records[0] > 0);
        assertEquals(0, records[0]);
    }
}
