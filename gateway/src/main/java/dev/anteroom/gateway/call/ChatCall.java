package dev.anteroom.gateway.call;

import dev.anteroom.egress.AnswerHandler;
import dev.anteroom.egress.AttemptDeadlines;
import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.egress.Exchange;
import dev.anteroom.egress.ProviderTarget;
import dev.anteroom.gateway.extractive.Conversation;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.AnswerIdentity;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.MalformedAnswer;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.routing.AttemptPlan;
import dev.anteroom.routing.FailureKind;
import dev.anteroom.routing.Next;
import dev.anteroom.routing.TargetChoice;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.DurableIntent;
import dev.anteroom.traces.DurableOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class ChatCall {
    /** Bodies above this are parsed and redacted on detector threads: about the work of 50 µs. */
    static final int MAX_BYTES_ON_LOOP = 4 << 10;

    private static final int MAX_ANSWER_DEPTH = 64;
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final int MAX_HELD_EVENTS = 1 << 16;
    private static final long NEVER = -1;
    private static final JsonReader ANSWER_READER = new JsonReader(MAX_ANSWER_DEPTH, MAX_ANSWER_BYTES);

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
    private @Nullable Conversation conversation;
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
        var _ = record.whenComplete(
                (durable, failure) -> services.loop().execute(() -> then.accept(durable)));
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
                AttemptRun begun = new AttemptRun(done, durable, plan, attempt);
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
                attempts.add(new Attempt(one.target(), model, "", "", 0, "breaker_open", NEVER, NEVER, NEVER));
            }
        }
    }

    private void spent(@Nullable FailureKind last) {
        ErrorCode code =
                switch (last) {
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
            case SHUTTING_DOWN -> "the gateway is stopping and could not wait longer; try again, another instance answers";
            case NOT_PERMITTED -> "the contract of the target does not allow this request";
            default -> "no target gave a whole answer; every allowed target was tried";
        };
    }

    /** Ends the call with an error after the intent: outcome first, then the error. */
    private void failWithRecord(ErrorCode code, String path, String advice) {
        conclude("error", code, code.status(), () -> {
            byte[] error = ErrorBody.of(code, path, advice, identity.traceId());
            if (app.hasBegun()) {
                app.event(error);
                app.endStream();
            } else {
                app.answer(code.status(), ErrorBody.headers(headers(), code), error);
            }
        });
    }

    /** The app went away: the provider is cancelled and the outcome says so. */
    public void appClosed() {
        if (over || appGone) {
            return;
        }
        appGone = true;
        AttemptRun current = run;
        if (current != null && intent != null) {
            current.abandon();
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
            current.abandon();
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
        if (plan != null && run != null && run.hasAnswered) {
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
                ErrorCode.SAFETY_UNAVAILABLE, "", "the decision cannot be recorded, so it is not made; try again shortly");
    }

    private void answerError(ErrorCode code, String path, String advice) {
        if (!over) {
            byte[] error = ErrorBody.of(code, path, advice, identity.traceId());
            if (app.hasBegun()) {
                app.event(error);
                app.endStream();
            } else {
                app.answer(code.status(), ErrorBody.headers(headers(), code), error);
            }
            finishOver();
        }
    }

    /** Writes the outcome; {@code last} lets the app see the end once it is durable. */
    private void conclude(String finish, @Nullable ErrorCode code, int status, Runnable last) {
        if (over) {
            return;
        }
        DurableIntent durable = intent;
        Preparation done = prepared;
        if (durable == null || done == null) {
            throw new IllegalStateException("an outcome needs its intent");
        }
        AttemptRun current = run;
        run = null;
        records.reached(Stage.RELEASED);
        whenDurable(
                services.journal().append(
                        durable,
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

    /** One attempt and what came of it. */
    private final class AttemptRun implements AnswerHandler {
        private final Preparation done;
        private final DurableIntent durable;
        private final AttemptPlan plan;
        private final Next.Try attempt;
        private final long startNanos;
        private final List<byte[]> held = new ArrayList<>();

        private @Nullable Exchange exchange;
        private @Nullable ChatStream stream;
        private @Nullable ChatAnswer answer;
        private int status;
        private boolean streaming;
        private boolean hasAnswered;
        private boolean settled;
        private boolean doneEvent;
        private long firstNanos = NEVER;

        AttemptRun(Preparation done, DurableIntent durable, AttemptPlan plan, Next.Try attempt) {
            this.done = done;
            this.durable = durable;
            this.plan = plan;
            this.attempt = attempt;
            this.startNanos = records.sinceStart();
        }

        void send() {
            TargetChoice choice = attempt.choice();
            ProviderTarget provider =
                    snapshot.providerTargets().get(choice.target().id());
            if (provider == null) {
                if (conversation == null) {
                    conversation = Conversation.of(
                            done.request(), done.redaction(), identity.workflow().audience() == Audience.PATIENT);
                }
                exchange = services.extractive()
                        .send(
                                done.outbound(),
                                durable,
                                choice.target().id(),
                                conversation,
                                done.request().stream(),
                                this);
                return;
            }
            long left = attempt.deadlineNanos() - services.nanoTime().getAsLong();
            AttemptDeadlines deadlines = new AttemptDeadlines(
                    choice.target().deadlines().connectNanos(),
                    choice.target().deadlines().firstTokenNanos(),
                    choice.target().deadlines().stallNanos(),
                    Math.max(1, left));
            exchange = services.providers()
                    .send(
                            done.outbound(),
                            durable,
                            provider,
                            snapshot.vocabulary().require(choice.providerModel()),
                            deadlines,
                            this);
        }

        @Nullable ReceivedAnswer received() {
            return stream != null ? stream : answer;
        }

        void abandon() {
            if (!settled) {
                settled = true;
                if (exchange != null) {
                    exchange.cancel();
                }
                plan.abandoned();
                note("abandoned");
            }
        }

        private AnswerIdentity answerIdentity() {
            return new AnswerIdentity(
                    "chatcmpl-" + identity.traceId(),
                    services.clock().instant().getEpochSecond(),
                    done.request().model());
        }

        @Override
        public void head(int answeredStatus, boolean isStream) {
            status = answeredStatus;
            streaming = isStream;
            if (status == 200 && streaming != done.request().stream()) {
                // Nothing of it may pass: an app that asked for one document cannot read events, nor the other way round.
                cancelAndFail(FailureKind.BROKEN_ANSWER);
            }
        }

        @Override
        public void event(String data) {
            if (settled || status != 200) {
                return;
            }
            if (data.equals("[DONE]")) {
                doneEvent = true;
                return;
            }
            try {
                ChatStream into = stream;
                if (into == null) {
                    into = new ChatStream(
                            done.redaction().vault(),
                            identity.workflow()::restoresTool,
                            done.request().jsonAnswer(),
                            answerIdentity(),
                            done.request().includeUsage(),
                            services.random());
                    stream = into;
                }
                Json chunk = ANSWER_READER.parse(data);
                into.chunk(chunk, this::pass);
                if (firstNanos == NEVER) {
                    firstNanos = records.sinceStart();
                    records.reached(Stage.FIRST_ANSWER);
                }
            } catch (MalformedAnswer | RequestRefused broken) {
                cancelAndFail(hasAnswered ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.BROKEN_ANSWER);
            }
        }

        /** Hands a chunk on, or holds it where the audience must wait for the whole answer. */
        private void pass(byte[] chunk) {
            if (release.holdsStreams()) {
                held.add(chunk);
                if (held.size() > MAX_HELD_EVENTS) {
                    cancelAndFail(FailureKind.BROKEN_ANSWER);
                }
                return;
            }
            hasAnswered = true;
            beginStream();
            app.event(chunk);
            Exchange reading = exchange;
            if (app.isFull() && reading != null) {
                reading.pause();
                app.onDrain(reading::resume);
            }
        }

        @Override
        public void body(byte[] json) {
            if (settled || status != 200) {
                return;
            }
            try {
                Json parsed = ANSWER_READER.parse(json, 0, json.length);
                answer = ChatAnswer.read(
                        parsed,
                        done.redaction().vault(),
                        identity.workflow()::restoresTool,
                        done.request().jsonAnswer(),
                        answerIdentity(),
                        services.random());
                firstNanos = records.sinceStart();
                records.reached(Stage.FIRST_ANSWER);
            } catch (MalformedAnswer | RequestRefused broken) {
                answer = null;
            }
        }

        @Override
        public void ended() {
            if (settled) {
                return;
            }
            if (status != 200) {
                cancelAndFail(FailureKind.ofStatus(status));
            } else if (streaming) {
                ChatStream whole = stream;
                if (whole == null || !whole.isComplete()) {
                    cancelAndFail(hasAnswered ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.BROKEN_ANSWER);
                } else {
                    succeed();
                    releaseStream(whole);
                }
            } else if (answer == null) {
                cancelAndFail(FailureKind.BROKEN_ANSWER);
            } else {
                succeed();
                releaseWhole(answer);
            }
        }

        private void succeed() {
            settled = true;
            plan.succeeded(services.nanoTime().getAsLong());
            records.reached(Stage.ANSWERED);
            note(doneEvent || !streaming ? "answered" : "answered_without_done");
        }

        private void releaseStream(ChatStream whole) {
            if (release.judge(whole, conversationDocuments())) {
                List<byte[]> tail = whole.tail(out -> {
                    if (done.request().call().given()) {
                        out.writeObjectFieldStart("anteroom");
                        out.writeStringField("trace_id", identity.traceId());
                        out.writeStringField("snapshot", snapshot.shortHash());
                        out.writeStringField("grounding", release.grounding());
                        out.writeNumberField("overhead_us", records.overheadMicros());
                        out.writeEndObject();
                    }
                });
                conclude(whole.facts().finish(), null, 200, () -> {
                    beginStream();
                    held.forEach(app::event);
                    tail.forEach(app::event);
                    app.endStream();
                });
            } else {
                conclude("content_filter", ErrorCode.POLICY_BLOCKED, 200, () -> {
                    beginStream();
                    Withheld.stream(answerIdentity()).forEach(app::event);
                    app.endStream();
                });
            }
        }

        private void releaseWhole(ChatAnswer whole) {
            boolean released = release.judge(whole, conversationDocuments());
            byte[] bytes = released ? whole.toBytes() : Withheld.whole(answerIdentity());
            String finish = released ? whole.facts().finish() : "content_filter";
            conclude(finish, released ? null : ErrorCode.POLICY_BLOCKED, 200, () -> {
                Map<String, String> headers = headers();
                headers.put("x-anteroom-grounding", release.grounding());
                headers.put("x-anteroom-overhead-us", Long.toString(records.overheadMicros()));
                app.answer(200, headers, bytes);
            });
        }

        private List<dev.anteroom.guardrails.Evidence> conversationDocuments() {
            return Conversation.documents(done.request(), done.redaction());
        }

        @Override
        public void failed(AttemptFailure failure) {
            if (settled) {
                return;
            }
            switch (failure) {
                case SECOND_SCAN -> {
                    settled = true;
                    plan.abandoned();
                    note("second_scan");
                    failWithRecord(
                            ErrorCode.POLICY_BLOCKED,
                            "",
                            "the second scan found a known value in what would have been sent; nothing was sent");
                }
                case NOT_INTENDED -> {
                    settled = true;
                    plan.abandoned();
                    note("not_intended");
                    failWithRecord(ErrorCode.INTERNAL, "", "the gateway refused its own request; nothing was sent");
                }
                case RESIDUE_NOT_COVERED, CONTRACT_ENDED -> fail(FailureKind.CONTRACT_MISMATCH);
                case NO_CREDENTIAL -> fail(FailureKind.CREDENTIAL_REFUSED);
                case CONNECT -> fail(FailureKind.CONNECT);
                case BROKEN -> fail(hasAnswered ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.CONNECTION_LOST);
                case FIRST_BYTE_TIMEOUT -> fail(FailureKind.TIMEOUT_FIRST_TOKEN);
                case STALL -> fail(hasAnswered ? FailureKind.STALL_AFTER_FIRST_BYTE : FailureKind.TIMEOUT_FIRST_TOKEN);
                case TOTAL_TIMEOUT -> fail(FailureKind.TIMEOUT_TOTAL);
                case TOO_LARGE, MALFORMED ->
                    fail(hasAnswered ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.BROKEN_ANSWER);
            }
        }

        private void cancelAndFail(FailureKind kind) {
            if (exchange != null) {
                exchange.cancel();
            }
            if (!settled) {
                fail(kind);
            }
        }

        private void fail(FailureKind kind) {
            settled = true;
            note(kind.name().toLowerCase(java.util.Locale.ROOT));
            boolean another = plan.failed(kind, services.nanoTime().getAsLong());
            if (another) {
                nextAttempt(done, durable, plan);
            } else {
                spent(kind);
            }
        }

        private void note(String result) {
            ReceivedAnswer received = received();
            attempts.add(new Attempt(
                    attempt.choice().target().id(),
                    attempt.choice().providerModel(),
                    received == null ? "" : received.facts().model(),
                    received == null ? "" : received.facts().fingerprint(),
                    status,
                    result,
                    startNanos,
                    firstNanos,
                    records.sinceStart()));
        }
    }

    @Override
    public String toString() {
        return "ChatCall[" + identity.traceId() + "]";
    }
}
