package dev.anteroom.store;

import dev.anteroom.traces.Access;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.Caller;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Interrupted;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.RecordId;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.ShreddedRecord;
import dev.anteroom.traces.StageTiming;
import dev.anteroom.traces.TraceRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way into the table: what of them may be stored, and how two that concern one call meet. Confined to one
 * thread.
 *
 * <p>Taken are names of the operator's own configuration, words of this program, numbers and times. Left out is every text
 * of the call, and whatever the app or the provider may choose freely: request id, actor, purpose, step and parent, the path
 * of a refusal, the returned model. Of the run only its digest is kept.
 *
 * <p>Storing a record twice changes nothing, and the order does not matter: each half of a row belongs to the record with
 * the later place.
 */
final class CallRows {
    private static final String BEGIN = """
            INSERT INTO calls (started_at, trace_id, begin_log, begin_sequence, tenant, environment, key_id, workflow, audience,
                               snapshot, profile, model, stream, run_digest, replaced, verdict)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'open')
            ON CONFLICT (started_at, trace_id) DO UPDATE SET
                begin_log = excluded.begin_log, begin_sequence = excluded.begin_sequence, tenant = excluded.tenant,
                environment = excluded.environment, key_id = excluded.key_id, workflow = excluded.workflow,
                audience = excluded.audience, snapshot = excluded.snapshot, profile = excluded.profile, model = excluded.model,
                stream = excluded.stream, run_digest = excluded.run_digest, replaced = excluded.replaced
            WHERE calls.begin_log IS NULL
               OR (calls.begin_log, calls.begin_sequence) < (excluded.begin_log, excluded.begin_sequence)
            """;
    private static final String END = """
            INSERT INTO calls (started_at, trace_id, end_log, end_sequence, verdict, status, finish, code, target, provider_model,
                               attempts, findings, prompt_tokens, completion_tokens, cost_micros, duration_micros, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (started_at, trace_id) DO UPDATE SET
                end_log = excluded.end_log, end_sequence = excluded.end_sequence, verdict = excluded.verdict,
                status = excluded.status, finish = excluded.finish, code = excluded.code, target = excluded.target,
                provider_model = excluded.provider_model, attempts = excluded.attempts, findings = excluded.findings,
                prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,
                cost_micros = excluded.cost_micros, duration_micros = excluded.duration_micros, ended_at = excluded.ended_at
            WHERE calls.end_log IS NULL
               OR (calls.end_log, calls.end_sequence) < (excluded.end_log, excluded.end_sequence)
            """;

    private final RunDigest runs;
    private final Pricing pricing;
    private final List<Tuple> begins = new ArrayList<>();
    private final List<Tuple> ends = new ArrayList<>();
    private final Set<YearMonth> months = new TreeSet<>();
    private int records;
    private @Nullable RecordId last;

    CallRows(RunDigest runs, Pricing pricing) {
        this.runs = runs;
        this.pricing = pricing;
    }

    /** How many records are held. */
    int records() {
        return records;
    }

    /** The place of the last record held; null where none is. */
    @Nullable
    RecordId last() {
        return last;
    }

    /** The months whose partitions the rows need. */
    Set<YearMonth> months() {
        return months;
    }

    void clear() {
        begins.clear();
        ends.clear();
        months.clear();
        records = 0;
        last = null;
    }

    void add(RecordId id, TraceRecord record) {
        last = id;
        if (record instanceof ShreddedRecord) {
            return; // what it said is not to be known any more
        }
        switch (record) {
            case Original original -> throw new IllegalArgumentException("what a call asked stays in the journal");
            case Intent intent -> begin(intent, id);
            case Outcome outcome -> end(outcome, id);
            case Refusal refusal -> {
                begin(refusal, id);
                end(refusal, id);
            }
            case Interrupted interrupted ->
                end(interrupted, id, "interrupted", null, "", "", null, null, OptionalLong.empty());
            case Access access ->
                throw new IllegalArgumentException("who did what with records stays in its own journal");
            case ShreddedRecord shredded -> throw new IllegalArgumentException("nothing is left of it");
        }
        months.add(YearMonth.from(startedAt(record)));
        records++;
    }

    /** Stores what is held; within a transaction. */
    void store(Connection database) throws StoreException {
        database.batch(BEGIN, begins);
        database.batch(END, ends);
    }

    private void begin(Intent intent, RecordId id) {
        begins.add(begin(intent, id, intent.caller(), intent.snapshot())
                .addString(intent.profile())
                .addString(intent.requestedModel())
                .addBoolean(intent.stream())
                .addBuffer(digest(intent.context().run()))
                .addInteger(intent.redaction().size()));
    }

    private void begin(Refusal refusal, RecordId id) {
        begins.add(begin(refusal, id, refusal.caller(), refusal.snapshot())
                .addString(null)
                .addString(null)
                .addBoolean(null)
                .addBuffer(digest(refusal.context().run()))
                .addInteger(null));
    }

    private static Tuple begin(TraceRecord record, RecordId id, Caller caller, String snapshot) {
        return head(record, id)
                .addString(caller.tenant())
                .addString(caller.environment())
                .addString(caller.keyId())
                .addString(caller.workflow())
                .addString(caller.audience())
                .addString(snapshot);
    }

    private @Nullable Buffer digest(String run) {
        return run.isEmpty() ? null : Buffer.buffer(runs.of(run));
    }

    private void end(Refusal refusal, RecordId id) {
        end(refusal, id, "refused", refusal.status(), "", refusal.code(), null, null, OptionalLong.empty());
    }

    private void end(Outcome outcome, RecordId id) {
        Attempt answered =
                outcome.attempts().isEmpty() ? null : outcome.attempts().getLast();
        OptionalLong cost = answered == null
                ? OptionalLong.empty()
                : pricing.costMicros(
                        answered.target(),
                        answered.requestedModel(),
                        outcome.time(),
                        outcome.promptTokens(),
                        outcome.completionTokens());
        String verdict = outcome.code().isEmpty() ? outcome.release() : "failed";
        end(outcome, id, verdict, outcome.status(), outcome.finish(), outcome.code(), outcome, answered, cost);
    }

    private void end(
            TraceRecord record,
            RecordId id,
            String verdict,
            @Nullable Integer status,
            String finish,
            String code,
            @Nullable Outcome outcome,
            @Nullable Attempt answered,
            OptionalLong cost) {
        Tuple row = head(record, id)
                .addString(verdict)
                .addInteger(status)
                .addString(finish)
                .addString(code)
                .addString(answered == null ? null : answered.target())
                .addString(answered == null ? null : answered.requestedModel());
        if (outcome == null) {
            row.addInteger(null).addInteger(null).addLong(null).addLong(null);
        } else {
            row.addInteger(outcome.attempts().size())
                    .addInteger(outcome.findings().size())
                    .addLong(outcome.promptTokens())
                    .addLong(outcome.completionTokens());
        }
        ends.add(row.addLong(cost.isPresent() ? cost.getAsLong() : null)
                .addLong(outcome == null ? null : durationMicros(outcome))
                .addOffsetDateTime(utc(record.time())));
    }

    private static long durationMicros(Outcome outcome) {
        long nanos = 0;
        for (StageTiming timing : outcome.timings()) {
            nanos = Math.max(nanos, timing.nanos());
        }
        return nanos / 1_000;
    }

    private static Tuple head(TraceRecord record, RecordId id) {
        return Tuple.tuple()
                .addOffsetDateTime(startedAt(record))
                .addUUID(UUID.fromString(record.traceId()))
                .addUUID(log(id))
                .addLong(id.sequence());
    }

    /** The time in a UUIDv7 (RFC 9562, 5.7): all records of a call have it, so all fall into one partition. */
    private static OffsetDateTime startedAt(TraceRecord record) {
        return utc(Instant.ofEpochMilli(UUID.fromString(record.traceId()).getMostSignificantBits() >>> 16));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** A log's id as the database knows it; the order is the same. */
    static UUID log(RecordId id) {
        String hex = id.log();
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
