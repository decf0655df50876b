package dev.anteroom.store;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches the database. Confined to one thread, which must not be an event loop: its methods wait. Needs to read only. */
public final class TraceStore implements AutoCloseable {
    private final Vertx loop;
    private final Connection database;
    private final RunDigest runs;

    private TraceStore(Vertx loop, Connection database, RunDigest runs) {
        this.loop = loop;
        this.database = database;
        this.runs = runs;
    }

    /** Connects; throws where the database is not there or does not have the tables of this version. */
    public static TraceStore connect(StoreOptions options, RunDigest runs) throws StoreException {
        Vertx loop = Connection.loop();
        try {
            Connection database = Connection.open(options, loop);
            Schema.check(database);
            return new TraceStore(loop, database, runs);
        } catch (StoreException e) {
            Connection.end(loop);
            throw e;
        }
    }

    /** The newest calls that match, newest first. */
    public List<StoredCall> search(CallQuery query) throws StoreException {
        Where where = new Where();
        query.from().ifPresent(from -> where.and("started_at >= ", from.atOffset(ZoneOffset.UTC)));
        query.until().ifPresent(until -> where.and("started_at < ", until.atOffset(ZoneOffset.UTC)));
        query.tenant().ifPresent(tenant -> where.and("tenant = ", tenant));
        query.workflow().ifPresent(workflow -> where.and("workflow = ", workflow));
        query.snapshot().ifPresent(beginning -> {
            // '~' stands behind every character of a hash.
            where.and("snapshot >= ", beginning);
            where.and("snapshot < ", beginning + "~");
        });
        query.verdict().ifPresent(verdict -> where.and("verdict = ", verdict));
        query.model().ifPresent(model -> where.and("model = ", model));
        query.run().ifPresent(run -> where.and("run_digest = ", Buffer.buffer(runs.of(run))));
        query.leastCostMicros().ifPresent(cost -> where.and("cost_micros >= ", cost));
        String sql = """
                SELECT trace_id, started_at, tenant, environment, workflow, snapshot, model, verdict, status, code, target,
                       prompt_tokens, completion_tokens, cost_micros, duration_micros
                FROM calls
                """ + where.text + " ORDER BY started_at DESC, trace_id DESC LIMIT " + query.limit();
        List<StoredCall> found = new ArrayList<>();
        for (Row row : database.query(sql, where.parameters)) {
            found.add(call(row));
        }
        return found;
    }

    /** How many records of journals are in the database, by what they are. Immutable. */
    public record Counts(long calls, long begins, long ends) {}

    /** Counts all calls: as many begins as there are intents and refusals, as many ends as outcomes, interruptions and refusals. */
    public Counts counts() throws StoreException {
        Row row = database.query(
                        "SELECT count(*), count(begin_sequence), count(end_sequence) FROM calls", Tuple.tuple())
                .iterator()
                .next();
        return new Counts(row.getLong(0), row.getLong(1), row.getLong(2));
    }

    @Override
    public void close() {
        database.close();
        Connection.end(loop);
    }

    private static StoredCall call(Row row) {
        UUID traceId = row.getUUID(0);
        Long cost = row.getLong(13);
        return new StoredCall(
                traceId.toString(),
                row.getOffsetDateTime(1).toInstant(),
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                text(row, 7),
                (int) number(row.getInteger(8)),
                text(row, 9),
                text(row, 10),
                number(row.getLong(11)),
                number(row.getLong(12)),
                cost == null ? OptionalLong.empty() : OptionalLong.of(cost),
                number(row.getLong(14)));
    }

    private static String text(Row row, int column) {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static long number(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }

    /** Conditions with their parameters, which never stand in the statement itself. */
    private static final class Where {
        private final StringBuilder text = new StringBuilder();
        private final Tuple parameters = Tuple.tuple();

        void and(String comparison, Object value) {
            parameters.addValue(value);
            text.append(parameters.size() == 1 ? "WHERE " : " AND ")
                    .append(comparison)
                    .append('$')
                    .append(parameters.size());
        }
    }
}
