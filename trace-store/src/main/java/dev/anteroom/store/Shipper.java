package dev.anteroom.store;

import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.RecordId;
import dev.anteroom.traces.Trace;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies records from the journal to the database, on a thread of its own. Thread-safe.
 *
 * <p><b>Guarantees.</b>
 *
 * <ul>
 *   <li>A record is shipped only when it is durable in the journal, and in the order of the journal.
 *   <li>A batch and the place it ends at are committed in one transaction: whatever is killed when, every record arrives
 *       and none twice. A database that was set back to an earlier state is caught up again.
 *   <li>No text of a call leaves the journal; see {@link CallRows}.
 *   <li>A database that is away costs nothing but a thread that tries again; calls do not notice. The journal is the
 *       backlog: at most {@value #BATCH_RECORDS} rows are in memory.
 * </ul>
 */
public final class Shipper implements AutoCloseable {
    private static final int BATCH_RECORDS = 512;
    private static final long POLL_MILLIS = 250;
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long LAST_RETRY_MILLIS = 5_000;
    private static final Duration LAST_BATCH = Duration.ofSeconds(2);

    private final StoreOptions options;
    private final ShipperSource source;
    private final CallRows rows;
    private final UUID journal;
    private final Set<YearMonth> partitions = new HashSet<>();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile boolean reachable;
    private volatile @Nullable Place shippedTo;
    private final AtomicLong shippedRecords = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile String problem = "";

    /** A place that was read from or written to the database; the record is null where nothing was ever shipped. */
    private record Place(@Nullable RecordId id) {
        Optional<RecordId> after() {
            return Optional.ofNullable(id);
        }
    }

    private Shipper(StoreOptions options, ShipperSource source, RunDigest runs, Pricing pricing) throws IOException {
        this.options = options;
        this.source = source;
        this.rows = new CallRows(runs, pricing);
        this.journal = journalId(source);
        this.thread = Thread.ofPlatform().name("store-shipper").daemon().unstarted(this::run);
    }

    /** Starts to ship; whether the database can be reached shows in {@link #state}. */
    public static Shipper start(StoreOptions options, ShipperSource source, RunDigest runs, Pricing pricing)
            throws IOException {
        Shipper shipper = new Shipper(options, source, runs, pricing);
        shipper.thread.start();
        return shipper;
    }

    private static UUID journalId(ShipperSource source) throws IOException {
        String id = OwnFile.readOrCreate(
                source.dataDirectory().resolve("store").resolve("journal.id"),
                UUID.randomUUID().toString());
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "store/journal.id in " + source.dataDirectory() + " is damaged (expected: a UUID)", e);
        }
    }

    /** How things are; looks at names and small files of the journal, so not for an event loop. */
    public ShipperState state() {
        Place to = shippedTo;
        RecordId durable = source.durable().get();
        long backlog;
        try {
            backlog = to == null ? durable.callRecords() : source.reader().countAfter(to.after(), durable);
        } catch (JournalException e) {
            backlog = durable.callRecords();
        }
        return new ShipperState(reachable, backlog, shippedRecords.get(), failures.get(), problem);
    }

    /** Stops; what was not shipped is when the next one starts. Waits a moment for the batch under way, then breaks it off. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (!thread.join(LAST_BATCH)) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosed()) {
            Vertx loop = Connection.loop();
            try {
                run(loop);
            } finally {
                Connection.end(loop);
            }
        }
    }

    /** Connects and ships again and again, until this is closed or the database says nothing any more. */
    private void run(Vertx loop) {
        long retryMillis = FIRST_RETRY_MILLIS;
        while (!isClosed()) {
            long before = shippedRecords.get();
            try (Connection database = Connection.open(options, loop)) {
                Schema.migrate(database);
                shippedTo = new Place(place(database));
                reachable = true;
                problem = "";
                ship(database);
            } catch (StoreException e) {
                failed("store: " + e.getMessage());
                if (e.isSilence()) {
                    return;
                }
            } catch (RuntimeException e) {
                failed("store: " + e.getClass().getSimpleName());
            }
            retryMillis =
                    shippedRecords.get() > before ? FIRST_RETRY_MILLIS : Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
            pause(retryMillis);
        }
    }

    private void failed(String what) {
        if (!isClosed()) {
            reachable = false;
            failures.incrementAndGet();
            problem = what;
        }
        rows.clear();
        partitions.clear();
    }

    /** Ships until the database fails or this is closed. */
    private void ship(Connection database) throws StoreException {
        while (!isClosed()) {
            RecordId durable = source.durable().get();
            Optional<RecordId> after = requirePlace().after();
            if (after.isEmpty() || after.get().compareTo(durable) < 0) {
                shipTo(database, after, durable);
            } else {
                database.query("SELECT 1", Tuple.tuple());
            }
            pause(POLL_MILLIS);
        }
    }

    private void shipTo(Connection database, Optional<RecordId> after, RecordId durable) throws StoreException {
        StoreException[] failure = new StoreException[1];
        try {
            source.reader().forEachAfter(after, entry -> {
                try {
                    return take(database, entry, durable);
                } catch (StoreException e) {
                    failure[0] = e;
                    return false;
                }
            });
            problem = "";
        } catch (JournalException e) {
            // What can be read is shipped; what cannot is named and left out, as everywhere the journal is read.
            problem = "journal: " + e.getMessage();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        flush(database);
    }

    private boolean take(Connection database, Trace.Entry entry, RecordId durable) throws StoreException {
        if (isClosed() || (entry.id().log().equals(durable.log()) && entry.id().sequence() > durable.sequence())) {
            return false;
        }
        rows.add(entry.id(), entry.record());
        if (rows.records() >= BATCH_RECORDS) {
            flush(database);
        }
        return true;
    }

    private void flush(Connection database) throws StoreException {
        RecordId last = rows.last();
        if (last == null) {
            return;
        }
        for (YearMonth month : rows.months()) {
            if (!partitions.contains(month)) {
                Schema.partition(database, month);
                partitions.add(month);
            }
        }
        database.transaction(() -> {
            rows.store(database);
            var _ = database.query("""
                    INSERT INTO shipped (journal, gateway, log, sequence, at) VALUES ($1, $2, $3, $4, now())
                    ON CONFLICT (journal) DO UPDATE SET
                        gateway = excluded.gateway, log = excluded.log, sequence = excluded.sequence, at = excluded.at
                    """, Tuple.of(journal, source.gatewayId(), CallRows.log(last), last.sequence()));
        });
        shippedRecords.addAndGet(rows.records());
        shippedTo = new Place(last);
        rows.clear();
    }

    /** How far this journal was shipped, as the database says: what it does not have is shipped again. */
    private @Nullable RecordId place(Connection database) throws StoreException {
        for (Row row : database.query("SELECT log, sequence FROM shipped WHERE journal = $1", Tuple.of(journal))) {
            return new RecordId(row.getUUID(0).toString().replace("-", ""), row.getLong(1));
        }
        return null;
    }

    private Place requirePlace() {
        Place place = shippedTo;
        if (place == null) {
            throw new IllegalStateException("the place is read when the database is reached");
        }
        return place;
    }

    private void pause(long millis) {
        try {
            var _ = closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }
}
