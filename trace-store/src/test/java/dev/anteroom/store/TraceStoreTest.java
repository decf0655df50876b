package dev.anteroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anteroom.postgres.PostgresServer;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    @TempDir
    private Path data;

    @BeforeAll
    static void start() throws IOException {
        System.out.println("TraceStoreTest: anteroom.seed=" + SEED);
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static StoreOptions options() {
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
}
