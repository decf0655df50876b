package dev.anteroom.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.gateway.extractive.Conversation;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.gateway.wire.ReleasedJson;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.gateway.wire.WithheldAnswer;
import dev.anteroom.guardrails.ReleaseDecision;
import dev.anteroom.routing.AttemptPlan;
import dev.anteroom.routing.FailureKind;
import dev.anteroom.routing.Next;
import dev.anteroom.routing.TargetChoice;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.DurableIntent;
import dev.anteroom.traces.DurableOutcome;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one chat call, stage after stage. Confined to one event loop; what it computes goes through {@link OrderedWork} and may run
 * elsewhere.
 *
 * <p>parse, plan, redact → intent durable → attempts → release → restore → outcome durable → the end of the answer. Every way out passes
 * {@link #conclude} or {@link #refuse}, which write the record before the app hears the end.
 */
public final class ChatCall implements AttemptListener {
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
    private final OrderedWork work;

    private @Nullable Preparation prepared;
    private @Nullable DurableIntent intent;
    private @Nullable AttemptPlan attemptPlan;
    private @Nullable AttemptRun run;
    private boolean concluding;
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
        this.work = new OrderedWork(services.loop(), services.detectors(), this::overloaded, this::broken);
    }

    /** Refuses an authenticated caller before its body was read: one record, durable before the error leaves. */
    public static void refused(
            CallServices services, CallIdentity identity, AppExchange app, RequestRefused refused, Runnable onOver) {
        new ChatCall(services, identity, app, onOver).refuse(refused);
    }

    /** Takes the whole body; the array is the call's from here on. */
    public void begin(byte[] body, int length) {
        if (snapshot.mayWait(identity.workflow())) {
            work.submitAway(() -> prepare(body, length));
        } else {
            work.submit(length, () -> prepare(body, length));
        }
    }

    private Runnable prepare(byte[] body, int length) {
        try {
            Instant now = services.clock().instant();
            long seed = services.random().nextLong();
            Preparation done = Preparation.of(
                    body, length, snapshot, services.history(), identity, now, services.nanoTime(), seed);
            Original original = snapshot.config().journal().originals()
                    ? new Original(
                            identity.traceId(),
                            now,
                            seed,
                            BodyText.of(new String(body, 0, length, StandardCharsets.UTF_8)))
                    : null;
            CallProof proof = CallProof.of(services.digest(), body, length, identity, done.request());
            return () -> prepared(done, original, proof);
        } catch (RequestRefused refused) {
            return () -> refuse(refused);
        }
    }

    /** No detector thread is to be had: what was not looked at goes no further, in either direction. */
    private void overloaded() {
        breakOff(ErrorCode.SAFETY_UNAVAILABLE, "the detectors are busy; try again shortly");
    }

    /** A computation threw. */
    private void broken() {
        breakOff(
                ErrorCode.INTERNAL,
                intent == null
                        ? "the gateway failed on this request; nothing was sent"
                        : "the gateway failed on this answer; nothing more of it is released");
    }

    private void breakOff(ErrorCode code, String advice) {
        AttemptRun current = run;
        if (intent == null) {
            refuse(new RequestRefused(code, "", advice));
        } else if (current != null) {
            abandon(current);
            failWithRecord(code, "", advice);
        }
    }

    private void prepared(Preparation done, @Nullable Original original, CallProof proof) {
        prepared = done;
        records.prepared(done);
        if (appGone) {
            finishOver();
            return;
        }
        Intent made = records.intent(done, proof);
        services.waits()
                .await(
                        original == null
                                ? services.journal().append(made)
                                : services.journal().append(original, made),
                        durable -> {
                            if (durable == null) {
                                refuseUnrecorded();
                            } else {
                                intended(done, durable);
                            }
                        },
                        this::intendedLate);
    }

    /** The disk took the intent after the app was told that it did not: nothing was sent, which ends the record. */
    private void intendedLate(DurableIntent durable) {
        Outcome outcome = records.outcome(
                ErrorCode.SAFETY_UNAVAILABLE.status(),
                "not_sent",
                ErrorCode.SAFETY_UNAVAILABLE.wireCode(),
                List.of(),
                null,
                "",
                release);
        var _ = services.journal().append(durable, outcome);
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
                        services, identity, records, done, durable, attempt, release.unchecked(), work, this);
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
                        CallRecords.NEVER,
                        List.of(),
                        0,
                        0,
                        CallReports.NO_COST,
                        "passed_over"));
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
            app.ownEvent(error);
            app.endStream();
        } else {
            app.own(code.status(), ErrorBody.headers(headers(), code), error);
        }
    }

    /** The app went away: the provider is cancelled and the outcome says so. */
    public void appClosed() {
        if (over || appGone) {
            return;
        }
        appGone = true;
        work.whenBack(() -> {
            AttemptRun current = run;
            if (current != null) {
                abandon(current);
                conclude("client_closed", null, 499, () -> {});
            }
        });
    }

    /** The process stops and cannot wait longer: the provider is cancelled, the outcome and the app hear why. */
    public void breakOff() {
        if (over || appGone || brokenOff) {
            return;
        }
        brokenOff = true;
        work.whenBack(() -> {
            AttemptRun current = run;
            if (current != null) {
                abandon(current);
                failWithRecord(ErrorCode.SHUTTING_DOWN, "", advice(ErrorCode.SHUTTING_DOWN));
            }
        });
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
        Refusal refusal = records.refusal(refused, prepared);
        services.waits().await(services.journal().append(refusal), durable -> {
            services.reports().refused(identity, refusal, records.sinceStart());
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
        if (over || concluding) {
            return;
        }
        concluding = true;
        AttemptRun current = run;
        run = null;
        records.reached(Stage.RELEASED);
        Outcome outcome = records.outcome(
                status,
                finish,
                code == null ? "" : code.wireCode(),
                attempts,
                current == null ? null : current.received(),
                current == null ? "" : current.answerHmac(),
                release);
        services.waits().await(services.journal().append(requireIntent(), outcome), durable -> {
            String reason = durable == null ? ErrorCode.SAFETY_UNAVAILABLE.wireCode() : outcome.code();
            services.reports().ended(identity, snapshot, prepared, outcome, reason);
            concluded(durable, last);
        });
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
    public void event(ReleasedJson event) {
        beginStream();
        app.event(event);
        AttemptRun current = run;
        if (current != null && app.isFull()) {
            current.slowDown();
            app.onDrain(current::speedUp);
        }
    }

    @Override
    public void streamed(ChatStream stream) {
        AttemptRun ended = succeeded();
        judge(
                stream,
                decision -> switch (decision) {
                    case ReleaseDecision.Released released -> stream.end(released.answer(), this::writeAnteroomObject);
                    case ReleaseDecision.Withheld w -> WithheldAnswer.stream(ended.answerIdentity());
                },
                (verdict, events) -> conclude(verdict.finish, verdict.code, OK, () -> {
                    beginStream();
                    events.forEach(app::event);
                    app.endStream();
                }));
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
        judge(
                answer,
                decision -> switch (decision) {
                    case ReleaseDecision.Released released -> answer.toJson(released.answer());
                    case ReleaseDecision.Withheld w -> WithheldAnswer.whole(ended.answerIdentity());
                },
                (verdict, json) -> conclude(verdict.finish, verdict.code, OK, () -> {
                    Map<String, String> headers = headers();
                    headers.put("x-anteroom-grounding", release.grounding());
                    headers.put("x-anteroom-overhead-us", Long.toString(records.overheadMicros()));
                    app.answer(headers, json);
                }));
    }

    /** How an answer ends that was judged. */
    private record Verdict(String finish, @Nullable ErrorCode code) {}

    /** Has the release gate judge the whole answer and writes what it lets out; both take time with the size of answer and documents. */
    private <T> void judge(ReceivedAnswer answer, Function<ReleaseDecision, T> write, BiConsumer<Verdict, T> then) {
        Preparation done = requirePrepared();
        int bytes = answer.writtenChars() + release.evidenceChars(done.request(), done.redaction());
        work.submit(bytes, () -> {
            ReleaseDecision decision = release.decide(answer, Conversation.documents(done.request(), done.redaction()));
            T written = write.apply(decision);
            Verdict verdict = decision instanceof ReleaseDecision.Released
                    ? new Verdict(answer.facts().finish(), null)
                    : new Verdict(CONTENT_FILTER, ErrorCode.POLICY_BLOCKED);
            return () -> then.accept(verdict, written);
        });
    }

    private AttemptRun succeeded() {
        AttemptRun ended = ended("answered");
        requirePlan().succeeded(services.nanoTime().getAsLong());
        return ended;
    }

    @Override
    public void failed(FailureKind kind) {
        AttemptPlan plan = requirePlan();
        boolean another = plan.failed(kind, services.nanoTime().getAsLong());
        ended(another ? "next_target" : whyNoOther(kind, plan));
        if (another) {
            nextAttempt(requirePrepared(), requireIntent(), plan);
        } else {
            spent(kind);
        }
    }

    private static String whyNoOther(FailureKind kind, AttemptPlan plan) {
        if (!kind.retryable()) {
            return "not_retryable";
        }
        return plan.answerBegun() ? "answer_begun" : "no_target_left";
    }

    @Override
    public void unsendable(AttemptFailure failure) {
        ended("not_sent");
        requirePlan().abandoned();
        switch (failure) {
            case SECOND_SCAN ->
                failWithRecord(
                        ErrorCode.POLICY_BLOCKED,
                        "",
                        "the second scan found a known value in what would have been sent; nothing was sent");
            case SCAN_UNAVAILABLE ->
                failWithRecord(
                        ErrorCode.SAFETY_UNAVAILABLE,
                        "",
                        "the second scan could not be made; nothing was sent, try again shortly");
            default -> failWithRecord(ErrorCode.INTERNAL, "", "the gateway refused its own request; nothing was sent");
        }
    }

    /** The attempt under way is over: it goes into the record. */
    private AttemptRun ended(String left) {
        AttemptRun ended = run;
        if (ended == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        attempts.add(ended.record(left));
        return ended;
    }

    /** The app or the process will not wait for the attempt under way: its provider is cancelled. */
    private void abandon(AttemptRun current) {
        if (current.abandon()) {
            requirePlan().abandoned();
            attempts.add(current.record("abandoned"));
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
