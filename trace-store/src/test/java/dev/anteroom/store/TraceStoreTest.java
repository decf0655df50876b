package dev.anteroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.postgres.PostgresServer;
import dev.anteroom.traces.CallContext;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.RecordId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching, compared with going through the records one by one. */
class TraceStoreTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private static final SecureRandom SECURE = new SecureRandom();
    private static final Pricing PRICING =
            (target, model, time, prompt, completion) -> OptionalLong.of(prompt + 3 * completion);

    private static PostgresServer server;
    private static Vertx loop;

    @TempDir
    private Path data;

    @BeforeAll
    static void start() throws IOException {
        System.out.println("TraceStoreTest: anteroom.seed=" + SEED);
        server = PostgresServer.start();
        loop = Connection.loop();
    }

    @AfterAll
    static void stop() {
        Connection.end(loop);
        server.close();
    }

    private static StoreOptions options() {
        return options(server);
    }

    private static StoreOptions options(PostgresServer server) {
        return new StoreOptions(
                server.url(),
                server.user(),
                () -> Optional.of(server.password()),
                Optional.empty(),
                StoreOptions.DEFAULT_PATIENCE);
    }

    /** A call as the journal tells it. */
    private record Told(Intent intent, Optional<Outcome> outcome) {
        String verdict() {
            return outcome.map(o -> o.code().isEmpty() ? o.release() : "failed").orElse("open");
        }

        long cost() {
            return outcome.map(o -> o.promptTokens() + 3 * o.completionTokens()).orElse(-1L);
        }

        Instant started() {
            return Instant.ofEpochMilli(UUID.fromString(intent.traceId()).getMostSignificantBits() >>> 16);
        }
    }

    @Test
    void search_everyCriterionAndAllTogether_findsWhatTheRecordsSay() throws Exception {
        Random random = new Random(SEED);
        RunDigest runs = RunDigest.openOrCreate(data, SECURE);
        List<Told> told = new ArrayList<>();
        try (Journal journal = Journal.open(Records.options(data))) {
            // Over several months: the search must go through several partitions.
            for (int month = 0; month < 3; month++) {
                Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-40L * (2 - month)));
                Records records = new Records(random, clock);
                for (int i = 0; i < 150; i++) {
                    Intent intent = records.intent();
                    var durable = journal.append(intent).get(30, TimeUnit.SECONDS);
                    Optional<Outcome> outcome =
                            random.nextInt(8) == 0 ? Optional.empty() : Optional.of(records.outcome(intent));
                    if (outcome.isPresent()) {
                        journal.append(durable, outcome.get()).get(30, TimeUnit.SECONDS);
                    }
                    told.add(new Told(intent, outcome));
                }
            }
            try (Shipper shipper = Shipper.start(
                    options(),
                    new ShipperSource(Records.reader(data), journal::durable, data, "gw-1"),
                    runs,
                    PRICING)) {
                while (!shipper.state().reachable() || shipper.state().backlogRecords() > 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        }
        told.sort(Comparator.comparing(Told::started)
                .thenComparing(call -> call.intent().traceId())
                .reversed());
        try (TraceStore store = TraceStore.connect(options(), runs)) {
            for (int i = 0; i < 200; i++) {
                CallQuery query = query(random, told);
                Predicate<Told> matches = matches(query);
                List<String> expected = told.stream()
                        .filter(matches)
                        .limit(query.limit())
                        .map(call -> call.intent().traceId())
                        .toList();
                List<StoredCall> found = store.search(query);
                assertEquals(
                        expected,
                        found.stream().map(StoredCall::traceId).toList(),
                        () -> query + ", anteroom.seed=" + SEED);
            }
            StoredCall newest = store.search(CallQuery.latest(1)).getFirst();
            Told last = told.getFirst();
            assertEquals(last.intent().caller().tenant(), newest.tenant());
            assertEquals(last.intent().snapshot(), newest.snapshot());
            assertEquals(last.verdict(), newest.verdict());
            assertEquals(last.outcome().map(Outcome::promptTokens).orElse(0L), newest.promptTokens());
            assertEquals(last.outcome().isPresent() ? 2_000 : 0, newest.durationMicros());
        }
    }

    private static CallQuery query(Random random, List<Told> told) {
        Told like = told.get(random.nextInt(told.size()));
        Function<String, Optional<String>> maybe =
                value -> random.nextInt(4) == 0 && !value.isEmpty() ? Optional.of(value) : Optional.empty();
        String snapshot = like.intent().snapshot();
        return new CallQuery(
                random.nextInt(4) == 0 ? Optional.of(like.started()) : Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of(like.started().plusSeconds(1)) : Optional.empty(),
                maybe.apply(like.intent().caller().tenant()),
                maybe.apply(like.intent().caller().workflow()),
                maybe.apply(random.nextBoolean() ? snapshot : snapshot.substring(0, 12)),
                maybe.apply(like.verdict()),
                maybe.apply(like.intent().requestedModel()),
                maybe.apply(like.intent().context().run()),
                random.nextInt(4) == 0 ? OptionalLong.of(Math.max(0, like.cost())) : OptionalLong.empty(),
                1 + random.nextInt(60));
    }

    private static Predicate<Told> matches(CallQuery query) {
        return call -> query.from().map(from -> !call.started().isBefore(from)).orElse(true)
                && query.until().map(until -> call.started().isBefore(until)).orElse(true)
                && query.tenant().map(call.intent().caller().tenant()::equals).orElse(true)
                && query.workflow()
                        .map(call.intent().caller().workflow()::equals)
                        .orElse(true)
                && query.snapshot().map(call.intent().snapshot()::startsWith).orElse(true)
                && query.verdict().map(call.verdict()::equals).orElse(true)
                && query.model().map(call.intent().requestedModel()::equals).orElse(true)
                && query.run().map(call.intent().context().run()::equals).orElse(true)
                && (query.leastCostMicros().isEmpty()
                        || call.cost() >= query.leastCostMicros().getAsLong());
    }

    /** Searching a store of a size; how long each search takes is printed, and held to the promise where the size is the promised one. */
    @Test
    void search_manyRecords_findsFast() throws Exception {
        boolean full = Boolean.getBoolean("anteroom.full");
        int records = full ? 1_000_000 : 10_000;
        Random random = new Random(SEED);
        RunDigest runs = RunDigest.openOrCreate(data, SECURE);
        String rare = "a run of its own";
        try (PostgresServer own = PostgresServer.start();
                Connection database = Connection.open(options(own), loop)) {
            Schema.migrate(database);
            long begun = System.nanoTime();
            fill(database, runs, random, records, rare);
            double seconds = (System.nanoTime() - begun) / 1e9;
            database.script("ANALYZE");
            System.out.printf("TraceStoreTest: %,d records in %.1f s%n", records, seconds);
            try (TraceStore store = TraceStore.connect(options(own), runs)) {
                assertEquals(records / 2, store.counts().calls());
                CallQuery all = CallQuery.latest(100);
                Instant middle = Instant.now().minus(Duration.ofDays(45));
                Map<String, CallQuery> queries = new LinkedHashMap<>();
                queries.put("newest", all);
                queries.put("time", with(all, Optional.of(middle), "", "", "", "", "", "", -1));
                queries.put("tenant", with(all, Optional.empty(), "ward-7", "", "", "", "", "", -1));
                queries.put("workflow", with(all, Optional.empty(), "", "portal", "", "", "", "", -1));
                queries.put("snapshot", with(all, Optional.empty(), "", "", Records.SNAPSHOTS.get(1), "", "", "", -1));
                queries.put("short snapshot", with(all, Optional.empty(), "", "", "abab", "", "", "", -1));
                queries.put("verdict", with(all, Optional.empty(), "", "", "", "withheld", "", "", -1));
                queries.put("rare verdict", with(all, Optional.empty(), "", "", "", "open", "", "", -1));
                queries.put("model", with(all, Optional.empty(), "", "", "", "", "large", "", -1));
                queries.put("run", with(all, Optional.empty(), "", "", "", "", "", rare, -1));
                queries.put("cost", with(all, Optional.empty(), "", "", "", "", "", "", 7_900));
                queries.put("rare cost", with(all, Optional.empty(), "", "", "", "", "", "", 7_990));
                queries.put(
                        "tenant, verdict and model",
                        with(all, Optional.empty(), "north", "", "", "failed", "small", "", -1));
                for (Map.Entry<String, CallQuery> query : queries.entrySet()) {
                    var _ = store.search(query.getValue()); // the first one reads from the disk and is planned
                    long start = System.nanoTime();
                    int found = store.search(query.getValue()).size();
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    System.out.printf("TraceStoreTest: by %s: %d found in %d ms%n", query.getKey(), found, millis);
                    if (query.getKey().equals("run")) {
                        assertEquals(3, found);
                    }
                    if (full) {
                        assertTrue(millis < 200, () -> "by " + query.getKey() + ": " + millis + " ms");
                    }
                }
            }
        }
    }

    private static CallQuery with(
            CallQuery all,
            Optional<Instant> until,
            String tenant,
            String workflow,
            String snapshot,
            String verdict,
            String model,
            String run,
            long cost) {
        Function<String, Optional<String>> given = value -> value.isEmpty() ? Optional.empty() : Optional.of(value);
        return new CallQuery(
                all.from(),
                until,
                given.apply(tenant),
                given.apply(workflow),
                given.apply(snapshot),
                given.apply(verdict),
                given.apply(model),
                given.apply(run),
                cost < 0 ? OptionalLong.empty() : OptionalLong.of(cost),
                all.limit());
    }

    /** Stores intents and outcomes of 90 days as the shipper does, three of them in a run of their own. */
    private static void fill(Connection database, RunDigest runs, Random random, int records, String rare)
            throws StoreException {
        long day = TimeUnit.DAYS.toMillis(1);
        long[] now = {System.currentTimeMillis() - 90 * day};
        Clock clock = new Clock() {
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
                return Instant.ofEpochMilli(now[0]);
            }
        };
        Records made = new Records(random, clock);
        CallRows rows = new CallRows(runs, PRICING);
        for (int month = 0; month < 5; month++) {
            Schema.partition(
                    database,
                    YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).plusMonths(month));
        }
        String log = "018f".repeat(8);
        for (int i = 1; i <= records; i += 2) {
            now[0] += 90 * day * 2 / records;
            Intent intent = made.intent();
            if (i == 1 || i == records / 2 + 1 || i == records - 1) {
                intent = named(intent, rare);
            }
            rows.add(new RecordId(log, i), intent);
            Outcome outcome = made.outcome(intent);
            boolean isOpen = i % 5_000 == 1;
            if (isOpen) {
                continue;
            }
            rows.add(new RecordId(log, i + 1), outcome);
            if (rows.records() >= 512) {
                database.transaction(() -> rows.store(database));
                rows.clear();
            }
        }
        database.transaction(() -> rows.store(database));
    }

    private static Intent named(Intent intent, String run) {
        return new Intent(
                intent.traceId(),
                intent.requestId(),
                intent.time(),
                intent.caller(),
                new CallContext("", "", run, "", "", "", ""),
                intent.snapshot(),
                intent.profile(),
                intent.redactor(),
                intent.build(),
                intent.code(),
                intent.models(),
                intent.requestedModel(),
                intent.stream(),
                intent.originalHmac(),
                intent.requestDigest(),
                intent.redactedRequest(),
                intent.redaction(),
                intent.residue(),
                intent.candidates(),
                intent.targets(),
                intent.draw());
    }
}
