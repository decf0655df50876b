package dev.anteroom.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.egress.Exchange;
import dev.anteroom.gateway.extractive.Conversation;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.routing.AttemptPlan;
import dev.anteroom.routing.FailureKind;
import dev.anteroom.routing.Next;
import dev.anteroom.routing.TargetChoice;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.DurableIntent;
import dev.anteroom.traces.DurableOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one chat call, stage after stage. Confined to one event loop; only {@link Preparation} may run elsewhere.
 *
 * <p>parse, plan, redact → intent durable → attempts → release → restore → outcome durable → the end of the answer. Every way out passes
 * {@link #conclude} or {@link #refuse}, which write the record before the app hears the end.
 */
public final class ChatCall implements AttemptListener {
    /** Bodies above this are parsed and redacted on detector threads: about the work of 50 µs. */
    static final int MAX_BYTES_ON_LOOP = 4 << 10;

    private static final int OK = 200;
    private static final String CONTENT_FILTER = "content_filter";

    private final CallServices services;
    private final Snapshot snapshot;
    private final CallIdentity identity;
    private final AppExchange app;
    private final Runnable onOver;
    private final CallRecords records;
    private final List<Attempt> attempts = new ArrayList<>();
    private final ReleaseStage release;

    private @Nullable Preparation prepared;
    private @Nullable DurableIntent intent;
    private @Nullable AttemptPlan attemptPlan;
    private @Nullable AttemptRun run;
    private boolean over;
    private boolean appGone;
    private boolean brokenOff;
    private int leftNoted;

    /** A call that begins; {@code onOver} runs once when it is over, however it ends. */
    public ChatCall(CallServices services, CallIdentity identity, AppExchange app, Runnable onOver) {
        this.services = services;
        this.snapshot = services.snapshot();
        this.identity = identity;
        this.app = app;
        this.onOver = onOver;
        this.records = new CallRecords(identity, snapshot, services.clock(), services.nanoTime());
        this.release = new ReleaseStage(identity.workflow().audience());
    }

    /** Refuses an authenticated caller before its body was read: one record, durable before the error leaves. */
    public static void refused(
            CallServices services, CallIdentity identity, AppExchange app, RequestRefused refused, Runnable onOver) {
        new ChatCall(services, identity, app, onOver).refuse(refused);
    }

    /** Takes the whole body; the array is the call's from here on. */
    public void begin(byte[] body, int length) {
        if (length <= MAX_BYTES_ON_LOOP) {
            prepare(body, length);
            return;
        }
        try {
            services.detectors().execute(() -> {
                try {
                    Preparation done = preparation(body, length);
                    services.loop().execute(() -> prepared(done));
                } catch (RequestRefused refused) {
                    services.loop().execute(() -> refuse(refused));
                } catch (RuntimeException unexpected) {
                    services.loop().execute(() -> refuse(internal()));
                }
            });
        } catch (RejectedExecutionException full) {
            refuse(new RequestRefused(ErrorCode.SAFETY_UNAVAILABLE, "", "the detectors are busy; try again shortly"));
        }
    }

    private void prepare(byte[] body, int length) {
        Preparation done;
        try {
            done = preparation(body, length);
        } catch (RequestRefused refused) {
            refuse(refused);
            return;
        } catch (RuntimeException unexpected) {
            refuse(internal());
            return;
        }
        prepared(done);
    }

    private Preparation preparation(byte[] body, int length) throws RequestRefused {
        Instant now = services.clock().instant();
        return Preparation.of(body, length, snapshot, identity, now, services.nanoTime(), services.random());
    }

    private static RequestRefused internal() {
        return new RequestRefused(ErrorCode.INTERNAL, "", "the gateway failed on this request; nothing was sent");
    }

    private void prepared(Preparation done) {
        prepared = done;
        records.prepared(done);
        if (appGone) {
            finishOver();
            return;
        }
        whenDurable(services.journal().append(records.intent(done)), durable -> {
            if (durable == null) {
                refuseUnrecorded();
            } else {
                intended(done, durable);
            }
        });
    }

    /** Goes on, on the event loop, when the record is on disk; with null when it could not be written. */
    private <T> void whenDurable(CompletableFuture<T> record, Consumer<@Nullable T> then) {
        var _ = record.whenComplete((durable, failure) -> services.loop().execute(() -> then.accept(durable)));
    }

    private void intended(Preparation done, DurableIntent durable) {
        intent = durable;
        records.reached(Stage.INTENT_DURABLE);
        long total = 0;
        for (TargetChoice choice : done.plan().choices()) {
            total = Math.max(total, choice.target().deadlines().totalNanos());
        }
        attemptPlan = AttemptPlan.of(
                done.plan().choices(),
                services.breakers(),
                snapshot.config().retry().maxAttempts(),
                services.nanoTime().getAsLong() + total);
        if (appGone) {
            conclude("client_closed", null, 499, () -> {});
            return;
        }
        if (brokenOff) {
            failWithRecord(ErrorCode.SHUTTING_DOWN, "", advice(ErrorCode.SHUTTING_DOWN));
            return;
        }
        nextAttempt(done, durable, attemptPlan);
    }

    private void nextAttempt(Preparation done, DurableIntent durable, AttemptPlan plan) {
        Next next = plan.next(services.nanoTime().getAsLong());
        noteRested(done, plan);
        switch (next) {
            case Next.Try attempt -> {
                AttemptRun begun = new AttemptRun(
                        services, identity, records, done, durable, attempt, release.holdsStreams(), this);
                run = begun;
                begun.send();
            }
            case Next.Exhausted exhausted -> spent(exhausted.lastFailure());
        }
    }

    /** Targets that were passed over because their breaker is open stand in the record too, as attempts that never started. */
    private void noteRested(Preparation done, AttemptPlan plan) {
        List<AttemptPlan.Left> left = plan.left();
        for (; leftNoted < left.size(); leftNoted++) {
            AttemptPlan.Left one = left.get(leftNoted);
            if (one.because() == AttemptPlan.Because.BREAKER_OPEN) {
                String model = done.plan().choices().stream()
                        .filter(choice -> choice.target().id().equals(one.target()))
                        .findFirst()
                        .map(TargetChoice::providerModel)
                        .orElse("");
                attempts.add(new Attempt(
                        one.target(),
                        model,
                        "",
                        "",
                        0,
                        "breaker_open",
                        CallRecords.NEVER,
                        CallRecords.NEVER,
                        CallRecords.NEVER));
            }
        }
    }

    private void spent(@Nullable FailureKind last) {
        ErrorCode code = switch (last) {
            case null -> ErrorCode.UPSTREAM_FAILED;
            case STATUS_4XX -> ErrorCode.UPSTREAM_REJECTED;
            case CONTRACT_MISMATCH -> ErrorCode.NOT_PERMITTED;
            case TIMEOUT_FIRST_TOKEN, TIMEOUT_TOTAL, STALL_AFTER_FIRST_BYTE -> ErrorCode.UPSTREAM_TIMEOUT;
            case CONNECT,
                    CONNECTION_LOST,
                    STATUS_429,
                    STATUS_5XX,
                    CREDENTIAL_REFUSED,
                    BROKEN_ANSWER,
                    BROKEN_AFTER_FIRST_BYTE -> ErrorCode.UPSTREAM_FAILED;
        };
        failWithRecord(code, "", advice(code));
    }

    private static String advice(ErrorCode code) {
        return switch (code) {
            case UPSTREAM_REJECTED -> "the provider does not accept this request; check its parameters for this model";
            case UPSTREAM_TIMEOUT -> "no target answered in time; every allowed target was tried";
            case SHUTTING_DOWN ->
                "the gateway is stopping and could not wait longer; try again, another instance answers";
            case NOT_PERMITTED -> "the contract of the target does not allow this request";
            default -> "no target gave a whole answer; every allowed target was tried";
        };
    }

    /** Ends the call with an error after the intent: outcome first, then the error. */
    private void failWithRecord(ErrorCode code, String path, String advice) {
        conclude("error", code, code.status(), () -> sendError(code, path, advice));
    }

    /** The error in the form the app can still read: as an answer, or in-band once its stream has begun. */
    private void sendError(ErrorCode code, String path, String advice) {
        byte[] error = ErrorBody.of(code, path, advice, identity.traceId());
        if (app.hasBegun()) {
            app.event(error);
            app.endStream();
        } else {
            app.answer(code.status(), ErrorBody.headers(headers(), code), error);
        }
    }

    /** The app went away: the provider is cancelled and the outcome says so. */
    public void appClosed() {
        if (over || appGone) {
            return;
        }
        appGone = true;
        AttemptRun current = run;
        if (current != null && intent != null) {
            abandon(current);
            conclude("client_closed", null, 499, () -> {});
        }
    }

    /** The process stops and cannot wait longer: the provider is cancelled, the outcome and the app hear why. */
    public void breakOff() {
        if (over || appGone || brokenOff) {
            return;
        }
        brokenOff = true;
        AttemptRun current = run;
        if (current != null && intent != null) {
            abandon(current);
            failWithRecord(ErrorCode.SHUTTING_DOWN, "", advice(ErrorCode.SHUTTING_DOWN));
        }
    }

    /** Called now and then while nothing came: keeps the app's connection alive once its headers may leave. */
    public void tick(long nowNanos) {
        Preparation done = prepared;
        if (over || done == null || intent == null || !done.request().stream()) {
            return;
        }
        if (app.hasBegun()) {
            app.keepAlive();
        } else if (nowNanos - identity.startNanos()
                > snapshot.config().limits().headersAfter().toNanos()) {
            beginStream();
            app.keepAlive();
        }
    }

    private void beginStream() {
        AttemptPlan plan = attemptPlan;
        if (!app.hasBegun()) {
            Map<String, String> headers = headers();
            headers.put("x-anteroom-grounding", "pending");
            headers.put("x-anteroom-overhead-us", "pending");
            app.beginStream(headers);
        }
        if (plan != null && run != null && run.hasPassed()) {
            plan.answerBegins();
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(8);
        headers.put("x-request-id", identity.requestId());
        headers.put("x-anteroom-trace-id", identity.traceId());
        headers.put("x-anteroom-snapshot", snapshot.shortHash());
        return headers;
    }

    private void refuse(RequestRefused refused) {
        records.refused();
        whenDurable(services.journal().append(records.refusal(refused, prepared)), durable -> {
            if (durable == null) {
                refuseUnrecorded();
            } else {
                answerError(refused.code(), refused.path(), refused.advice());
            }
        });
    }

    /** Records cannot be written: nothing else may happen to this call, and the app hears why. */
    private void refuseUnrecorded() {
        answerError(
                ErrorCode.SAFETY_UNAVAILABLE,
                "",
                "the decision cannot be recorded, so it is not made; try again shortly");
    }

    private void answerError(ErrorCode code, String path, String advice) {
        if (!over) {
            sendError(code, path, advice);
            finishOver();
        }
    }

    /** Writes the outcome; {@code last} lets the app see the end once it is durable. */
    private void conclude(String finish, @Nullable ErrorCode code, int status, Runnable last) {
        if (over) {
            return;
        }
        AttemptRun current = run;
        run = null;
        records.reached(Stage.RELEASED);
        whenDurable(
                services.journal()
                        .append(
                                requireIntent(),
                                records.outcome(
                                        status,
                                        finish,
                                        code == null ? "" : code.wireCode(),
                                        attempts,
                                        current == null ? null : current.received(),
                                        release)),
                outcome -> concluded(outcome, last));
    }

    private void concluded(@Nullable DurableOutcome outcome, Runnable last) {
        if (over) {
            return;
        }
        if (outcome == null && !appGone) {
            // The answer was made but cannot be recorded: the app must not see it as complete.
            refuseUnrecorded();
            return;
        }
        if (!appGone) {
            last.run();
        }
        finishOver();
    }

    private void finishOver() {
        if (!over) {
            over = true;
            onOver.run();
        }
    }

    @Override
    public void chunk(byte[] chunk, Exchange reading) {
        beginStream();
        app.event(chunk);
        if (app.isFull()) {
            reading.pause();
            app.onDrain(reading::resume);
        }
    }

    @Override
    public void streamed(ChatStream stream, List<byte[]> held) {
        AttemptRun ended = succeeded();
        if (!judged(stream)) {
            conclude(CONTENT_FILTER, ErrorCode.POLICY_BLOCKED, OK, () -> {
                beginStream();
                Withheld.stream(ended.answerIdentity()).forEach(app::event);
                app.endStream();
            });
            return;
        }
        List<byte[]> tail = stream.tail(this::writeAnteroomObject);
        conclude(stream.facts().finish(), null, OK, () -> {
            beginStream();
            held.forEach(app::event);
            tail.forEach(app::event);
            app.endStream();
        });
    }

    private void writeAnteroomObject(JsonGenerator out) throws IOException {
        Preparation done = prepared;
        if (done != null && done.request().call().given()) {
            out.writeObjectFieldStart("anteroom");
            out.writeStringField("trace_id", identity.traceId());
            out.writeStringField("snapshot", snapshot.shortHash());
            out.writeStringField("grounding", release.grounding());
            out.writeNumberField("overhead_us", records.overheadMicros());
            out.writeEndObject();
        }
    }

    @Override
    public void answered(ChatAnswer answer) {
        AttemptRun ended = succeeded();
        boolean released = judged(answer);
        byte[] bytes = released ? answer.toBytes() : Withheld.whole(ended.answerIdentity());
        String finish = released ? answer.facts().finish() : CONTENT_FILTER;
        conclude(finish, released ? null : ErrorCode.POLICY_BLOCKED, OK, () -> {
            Map<String, String> headers = headers();
            headers.put("x-anteroom-grounding", release.grounding());
            headers.put("x-anteroom-overhead-us", Long.toString(records.overheadMicros()));
            app.answer(OK, headers, bytes);
        });
    }

    private AttemptRun succeeded() {
        AttemptRun ended = ended();
        requirePlan().succeeded(services.nanoTime().getAsLong());
        return ended;
    }

    private boolean judged(ReceivedAnswer answer) {
        Preparation done = requirePrepared();
        return release.judge(answer, Conversation.documents(done.request(), done.redaction()));
    }

    @Override
    public void failed(FailureKind kind) {
        ended();
        AttemptPlan plan = requirePlan();
        if (plan.failed(kind, services.nanoTime().getAsLong())) {
            nextAttempt(requirePrepared(), requireIntent(), plan);
        } else {
            spent(kind);
        }
    }

    @Override
    public void unsendable(AttemptFailure failure) {
        ended();
        requirePlan().abandoned();
        if (failure == AttemptFailure.SECOND_SCAN) {
            failWithRecord(
                    ErrorCode.POLICY_BLOCKED,
                    "",
                    "the second scan found a known value in what would have been sent; nothing was sent");
        } else {
            failWithRecord(ErrorCode.INTERNAL, "", "the gateway refused its own request; nothing was sent");
        }
    }

    /** The attempt under way is over: it goes into the record. */
    private AttemptRun ended() {
        AttemptRun ended = run;
        if (ended == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        attempts.add(ended.record());
        return ended;
    }

    /** The app or the process will not wait for the attempt under way: its provider is cancelled. */
    private void abandon(AttemptRun current) {
        if (current.abandon()) {
            requirePlan().abandoned();
            attempts.add(current.record());
        }
    }

    private Preparation requirePrepared() {
        return Objects.requireNonNull(prepared, "an attempt follows the preparation");
    }

    private DurableIntent requireIntent() {
        return Objects.requireNonNull(intent, "an attempt follows its durable intent");
    }

    private AttemptPlan requirePlan() {
        return Objects.requireNonNull(attemptPlan, "an attempt follows the plan");
    }

    @Override
    public String toString() {
        return "ChatCall[" + identity.traceId() + "]";
    }
}
