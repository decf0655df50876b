package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Whole calls in a journal, and a clock that goes as the test says. Confined to one thread. */
final class Calls {
    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    final Path data;
    private final RandomGenerator random;
    private Instant now = START;
    final Clock clock = clock();
    private final TraceIds ids = new TraceIds(clock, Fixtures.RANDOM);

    /** What was written of one call. */
    record Call(String tenant, Original original, Intent intent, Outcome outcome) {
        String id() {
            return intent.traceId();
        }
    }

    Calls(Path data, RandomGenerator random) {
        this.data = data;
        this.random = random;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    JournalOptions options() throws JournalException {
        return Fixtures.options(data).withSources(clock, Fixtures.RANDOM).withSegmentBytes(16 << 10);
    }

    /** A lifetime of so many calls, one a minute. */
    List<Call> lifetime(int calls, String... tenants) throws JournalException {
        try (Journal journal = Journal.open(options())) {
            return append(journal, calls, tenants);
        }
    }

    List<Call> append(Journal journal, int calls, String... tenants) throws JournalException {
        List<Call> written = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            pass(Duration.ofMinutes(1));
            String id = ids.next();
            String tenant = tenants.length == 0 ? "st-mary" : tenants[random.nextInt(tenants.length)];
            Caller caller = new Caller(tenant, "live", "key-7", "discharge", "clinician");
            Original original = new Original(id, now, random.nextLong(), BodyText.of(Fixtures.text(random, 300)));
            Intent intent = Fixtures.intent(caller, id, Fixtures.text(random, 200));
            Outcome outcome = Fixtures.outcome(id, Fixtures.text(random, 100));
            DurableIntent durable = Fixtures.get(journal.append(original, intent));
            Fixtures.get(journal.append(durable, outcome));
            written.add(new Call(tenant, original, intent, outcome));
        }
        return written;
    }

    KeyRing keys() throws JournalException {
        return Fixtures.keys(data);
    }

    AccessLog access() throws JournalException {
        return new AccessLog(data, keys(), clock, Fixtures.RANDOM);
    }

    Shredder shredder() throws JournalException {
        return new Shredder(data, keys(), access(), clock);
    }

    Holds holds() throws JournalException {
        return new Holds(data, access(), clock);
    }

    List<Access> entries() throws JournalException {
        List<Access> entries = new ArrayList<>();
        access().forEach(entries::add);
        return entries;
    }

    /** All records of a call, its original first. */
    List<TraceRecord> records(KeyRing keys, String id) throws JournalException {
        return TraceReader.open(data, keys).withOriginals().find(id).orElseThrow().entries().stream()
                .map(Trace.Entry::record)
                .toList();
    }

    List<TraceRecord> records(String id) throws JournalException {
        return records(keys(), id);
    }

    /** Of every record, by its place: what it puts into the tree, and all that its CRC covers. */
    Map<RecordId, byte[]> leaves() throws IOException, JournalException {
        Map<RecordId, byte[]> leaves = new TreeMap<>();
        List<String> damage = new ArrayList<>();
        SegmentScanner scanner = new SegmentScanner(found -> damage.add(found.toString()));
        for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(data.resolve(JournalFiles.FOLDER))) {
            scanner.scan(lifetime, 0, lifetime.segments().size(), true, (place, bytes, at) -> {
                byte[] all = Arrays.copyOfRange(bytes, at, at + place.length());
                Arrays.fill(all, Frame.SLOTS_AT, Frame.HEADER_BYTES, (byte) 0);
                leaves.put(place.id(), all);
                return true;
            });
        }
        if (!damage.isEmpty()) {
            throw new AssertionError(damage.toString());
        }
        return leaves;
    }
}
