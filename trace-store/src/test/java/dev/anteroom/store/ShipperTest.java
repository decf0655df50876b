package dev.anteroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.postgres.PostgresServer;
import dev.anteroom.traces.Interrupted;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.RecordId;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.Trace;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipper against a real PostgreSQL, which is stopped, killed and set back under it. */
class ShipperTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private static final boolean FULL = Boolean.getBoolean("anteroom.full");
    private static final long WAIT_SECONDS = 60;
    private static final SecureRandom SECURE = new SecureRandom();

    private static PostgresServer server;
    private static Vertx loop;

    @TempDir
    private Path data;

    @BeforeAll
    static void start() throws IOException {
        System.out.println("ShipperTest: anteroom.seed=" + SEED);
        server = PostgresServer.start();
        loop = Connection.loop();
    }

    @AfterAll
    static void stop() {
        Connection.end(loop);
        server.close();
    }

    @BeforeEach
    void empty() throws StoreException {
        try (Connection database = Connection.open(options(), loop)) {
            database.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        }
    }

    private static StoreOptions options() {
        return new StoreOptions(
                server.url(),
                server.user(),
                () -> Optional.of(server.password()),
                Optional.empty(),
                StoreOptions.DEFAULT_PATIENCE);
    }

    private Shipper ship(StoreOptions options, Journal journal, Path from) throws Exception {
        return Shipper.start(
                options,
                new ShipperSource(Records.reader(from), journal::durable, from, "gw-1"),
                RunDigest.openOrCreate(from, SECURE),
                (target, model, time, prompt, completion) -> OptionalLong.of(prompt + 3 * completion));
    }

    private Shipper ship(Journal journal) throws Exception {
        return ship(options(), journal, data);
    }

    private static void awaitShipped(Shipper shipper) throws InterruptedException {
        await(() -> shipper.state().reachable() && shipper.state().backlogRecords() == 0, shipper);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, Shipper shipper) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, () -> "it did not happen: " + shipper.state());
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private TraceStore.Counts counts() throws Exception {
        try (TraceStore store = TraceStore.connect(options(), RunDigest.openOrCreate(data, SECURE))) {
            return store.counts();
        }
    }

    /** What the database must count for the journals of these folders. */
    private static TraceStore.Counts expected(Path... folders) throws Exception {
        List<Trace.Entry> all = new ArrayList<>();
        for (Path folder : folders) {
            Records.reader(folder).forEachAfter(Optional.empty(), all::add);
        }
        long ends = all.stream()
                .filter(e -> e.record() instanceof Outcome || e.record() instanceof Interrupted)
                .count();
        long refusals = all.stream().filter(e -> e.record() instanceof Refusal).count();
        long begins = all.size() - ends;
        return new TraceStore.Counts(begins, begins, ends + refusals);
    }

    @Test
    void ship_severalLifetimes_everyRecordArrivesOnceAndNoTextDoes() throws Exception {
        Records records = new Records(new Random(SEED));
        for (int lifetime = 0; lifetime < 3; lifetime++) {
            try (Journal journal = Journal.open(Records.options(data))) {
                for (int i = 0; i < 400; i++) {
                    records.append(journal);
                }
                if (lifetime == 0) {
                    continue; // the second one ships what the first one has left
                }
                try (Shipper shipper = ship(journal)) {
                    awaitShipped(shipper);
                }
            }
        }
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(journal)) {
            awaitShipped(shipper);
            assertEquals(expected(data), counts());
            assertEquals(0, shipper.state().failures(), shipper.state().problem());
        }
        try (Connection database = Connection.open(options(), loop)) {
            database.script("CHECKPOINT");
        }
        try (Stream<Path> files = Files.walk(server.files())) {
            int looked = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(Records.CANARY), () -> "a text of a call stands in " + file);
                looked += bytes.contains("ward-7") ? 1 : 0;
            }
            assertTrue(looked > 0, "the rows must be in the files that were looked at");
        }
    }

    @Test
    void ship_serverKilledAgainAndAgainUnderLoad_nothingIsLostOrDouble() throws Exception {
        Random random = new Random(SEED);
        int kills = FULL ? 30 : 3;
        AtomicBoolean loading = new AtomicBoolean(true);
        List<Exception> failures = new ArrayList<>();
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(journal)) {
            Records records = new Records(new Random(SEED + 1));
            Thread load = Thread.ofPlatform().start(() -> {
                try {
                    while (loading.get()) {
                        records.append(journal);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            for (int kill = 0; kill < kills; kill++) {
                long before = shipper.state().shippedRecords();
                await(() -> shipper.state().shippedRecords() > before, shipper);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                server.kill();
                await(() -> !shipper.state().reachable() && shipper.state().backlogRecords() > 0, shipper);
                server.restart();
            }
            loading.set(false);
            load.join();
            assertEquals(List.of(), failures);
            awaitShipped(shipper);
            assertEquals(expected(data), counts());
            assertTrue(shipper.state().failures() >= kills);
        }
    }

    @Test
    void ship_serverAwayAtTheStart_callsGoOnAndTheBacklogShows() throws Exception {
        server.kill();
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(journal)) {
            try {
                Records records = new Records(new Random(SEED));
                long appended = 0;
                for (int i = 0; i < 50; i++) {
                    appended += records.append(journal);
                }
                await(() -> shipper.state().failures() > 0, shipper);
                assertFalse(shipper.state().reachable());
                assertEquals(appended, shipper.state().backlogRecords());
                assertFalse(shipper.state().problem().isEmpty());
            } finally {
                server.restart();
            }
            awaitShipped(shipper);
            assertEquals(expected(data), counts());
            assertEquals("", shipper.state().problem());
        }
    }

    @Test
    void ship_serverThatAnswersNothing_isGivenUpAndCaughtUpLater() throws Exception {
        StoreOptions impatient = new StoreOptions(
                server.url(),
                server.user(),
                () -> Optional.of(server.password()),
                Optional.empty(),
                Duration.ofMillis(500));
        Records records = new Records(new Random(SEED));
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(impatient, journal, data)) {
            records.append(journal);
            awaitShipped(shipper);
            server.freeze();
            try {
                long before = shipper.state().failures();
                for (int i = 0; i < 50; i++) {
                    records.append(journal);
                }
                // Once for the session that it has, and again for one that it would like to have.
                await(() -> shipper.state().failures() >= before + 2, shipper);
                assertEquals("store: no answer in 500 ms", shipper.state().problem());
            } finally {
                server.thaw();
            }
            awaitShipped(shipper);
            assertEquals(expected(data), counts());
        }
    }

    @Test
    void ship_databaseWithoutRoom_callsGoOnAndItIsCaughtUpLater() throws Exception {
        Records records = new Records(new Random(SEED));
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(journal)) {
            records.append(journal);
            awaitShipped(shipper);
            server.limitFiles(5 << 18);
            try {
                for (int i = 0; i < 5_000 && shipper.state().problem().isEmpty(); i++) {
                    records.append(journal);
                }
                await(() -> !shipper.state().problem().isEmpty(), shipper);
                long appended = 0;
                long before = shipper.state().backlogRecords();
                for (int i = 0; i < 50; i++) {
                    appended += records.append(journal);
                }
                assertTrue(shipper.state().backlogRecords() >= before + appended, "what cannot be shipped shows");
            } finally {
                server.unlimitFiles();
            }
            awaitShipped(shipper);
            assertEquals(expected(data), counts());
            assertEquals("", shipper.state().problem());
        }
    }

    @Test
    void ship_databaseSetBack_isCaughtUpWithoutDoubles() throws Exception {
        Records records = new Records(new Random(SEED));
        try (Journal journal = Journal.open(Records.options(data))) {
            for (int i = 0; i < 300; i++) {
                records.append(journal);
            }
            RecordId middle;
            try (Shipper shipper = ship(journal)) {
                awaitShipped(shipper);
                List<Trace.Entry> all = new ArrayList<>();
                Records.reader(data).forEachAfter(Optional.empty(), all::add);
                middle = all.get(all.size() / 2).id();
            }
            try (Connection database = Connection.open(options(), loop)) {
                database.query("UPDATE shipped SET sequence = $1", Tuple.of(middle.sequence()));
                database.query("DELETE FROM calls WHERE begin_sequence > $1", Tuple.of(middle.sequence()));
            }
            try (Shipper shipper = ship(journal)) {
                awaitShipped(shipper);
                assertEquals(expected(data), counts());
            }
        }
    }

    @Test
    void ship_twoGatewaysAtOnceIntoAnEmptyDatabase_bothArriveWhole() throws Exception {
        Path first = data.resolve("first");
        Path second = data.resolve("second");
        try (Journal one = Journal.open(Records.options(first));
                Journal two = Journal.open(Records.options(second));
                Shipper shipsOne = ship(options(), one, first);
                Shipper shipsTwo = ship(options(), two, second)) {
            Records records = new Records(new Random(SEED));
            for (int i = 0; i < 300; i++) {
                records.append(i % 2 == 0 ? one : two);
            }
            awaitShipped(shipsOne);
            awaitShipped(shipsTwo);
            assertEquals(expected(first, second), counts());
        }
    }

    @Test
    void ship_wrongPassword_saysSoWithoutNamingIt() throws Exception {
        StoreOptions wrong = new StoreOptions(
                server.url(), server.user(), () -> Optional.of("not-it"), Optional.empty(), Duration.ofSeconds(5));
        try (Journal journal = Journal.open(Records.options(data));
                Shipper shipper = ship(wrong, journal, data)) {
            await(() -> shipper.state().failures() > 0, shipper);
            assertEquals(
                    "store: the database says SQLSTATE 28P01", shipper.state().problem());
        }
    }

    @Test
    void migrate_databaseOfALaterOrAnotherBuild_isRefused() throws Exception {
        try (Connection database = Connection.open(options(), loop)) {
            assertThrows(StoreException.class, () -> Schema.check(database));
            Schema.migrate(database);
            Schema.migrate(database);
            Schema.check(database);
            database.script("UPDATE schema_version SET sha256 = 'another'");
        }
        try (Connection database = Connection.open(options(), loop)) {
            StoreException other = assertThrows(StoreException.class, () -> Schema.migrate(database));
            assertTrue(String.valueOf(other.getMessage()).contains("another build"), other::getMessage);
        }
        try (Connection database = Connection.open(options(), loop)) {
            database.script("INSERT INTO schema_version VALUES (99, 'x', 'y')");
            database.script("DELETE FROM schema_version WHERE version < 99");
            StoreException later = assertThrows(StoreException.class, () -> Schema.check(database));
            assertTrue(String.valueOf(later.getMessage()).contains("later version"), later::getMessage);
        }
    }
}
