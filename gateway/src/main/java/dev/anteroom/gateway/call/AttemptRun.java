package dev.anteroom.gateway.call;

import dev.anteroom.egress.AnswerHandler;
import dev.anteroom.egress.AttemptDeadlines;
import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.egress.Exchange;
import dev.anteroom.egress.ProviderTarget;
import dev.anteroom.gateway.extractive.Conversation;
import dev.anteroom.gateway.wire.AnswerIdentity;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.MalformedAnswer;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.gateway.wire.ReleasedJson;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.UncheckedRelease;
import dev.anteroom.routing.FailureKind;
import dev.anteroom.routing.Next;
import dev.anteroom.routing.TargetChoice;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.DurableIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one target, from sending to its whole answer or its failure. Confined to one event loop, but for the reading of what came,
 * which may be done elsewhere, one piece after the other.
 */
final class AttemptRun implements AnswerHandler {
    private static final int MAX_ANSWER_DEPTH = 64;
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final int OK = 200;
    private static final String DONE = "[DONE]";
    private static final JsonReader ANSWER_READER = new JsonReader(MAX_ANSWER_DEPTH, MAX_ANSWER_BYTES);

    private final CallServices services;
    private final CallIdentity identity;
    private final CallRecords records;
    private final Preparation done;
    private final DurableIntent intent;
    private final Next.Try attempt;
    private final @Nullable UncheckedRelease unchecked;
    private final OrderedWork work;
    private final AttemptListener listener;
    private final AnswerIdentity answerIdentity;
    private final long startNanos;
    private final ContentDigest.Answer answerDigest;

    private @Nullable Exchange exchange;
    private @Nullable ChatStream stream;
    private @Nullable ChatAnswer answer;
    private int status;
    private boolean streaming;
    private boolean hasPassed;
    private boolean settled;
    private boolean sawDone;
    private boolean appIsSlow;
    private boolean workIsSlow;
    private long firstNanos = CallRecords.NEVER;
    private String result = "";
    private long endNanos;

    AttemptRun(
            CallServices services,
            CallIdentity identity,
            CallRecords records,
            Preparation done,
            DurableIntent intent,
            Next.Try attempt,
            @Nullable UncheckedRelease unchecked,
            OrderedWork work,
            AttemptListener listener) {
        this.services = services;
        this.identity = identity;
        this.records = records;
        this.done = done;
        this.intent = intent;
        this.attempt = attempt;
        this.unchecked = unchecked;
        this.work = work;
        this.listener = listener;
        this.answerIdentity = new AnswerIdentity(
                "chatcmpl-" + identity.traceId(),
                services.clock().instant().getEpochSecond(),
                done.request().model());
        this.startNanos = records.sinceStart();
        this.answerDigest = services.digest().answer();
        work.onIdle(() -> slowedBy(appIsSlow, false));
    }

    void send() {
        TargetChoice choice = attempt.choice();
        ProviderTarget provider =
                services.snapshot().providerTargets().get(choice.target().id());
        if (provider == null) {
            exchange = services.extractive()
                    .send(
                            done.outbound(),
                            intent,
                            choice.target().id(),
                            () -> Conversation.of(
                                    done.request(),
                                    done.redaction(),
                                    identity.workflow().audience() == Audience.PATIENT),
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
                        intent,
                        provider,
                        services.snapshot().vocabulary().require(choice.providerModel()),
                        deadlines,
                        this);
    }

    /** Whether a chunk of this attempt has gone to the app. */
    boolean hasPassed() {
        return hasPassed;
    }

    AnswerIdentity answerIdentity() {
        return answerIdentity;
    }

    /** What came so far, or null where nothing did. */
    @Nullable
    ReceivedAnswer received() {
        return stream != null ? stream : answer;
    }

    /** The app went away: the provider is cancelled; false where the attempt was over already. */
    boolean abandon() {
        if (settled) {
            return false;
        }
        settle("abandoned");
        cancel();
        return true;
    }

    /** Keyed digest of what came, as it came; what comes later does not count. */
    String answerHmac() {
        return answerDigest.end();
    }

    /**
     * The attempt as the record keeps it; to be asked when it is over.
     *
     * @param left what came of it for the call
     */
    Attempt record(String left) {
        ReceivedAnswer received = received();
        long promptTokens = received == null ? 0 : received.facts().promptTokens();
        long completionTokens = received == null ? 0 : received.facts().completionTokens();
        String target = attempt.choice().target().id();
        String model = attempt.choice().providerModel();
        return new Attempt(
                target,
                model,
                received == null ? "" : received.facts().model(),
                received == null ? "" : received.facts().fingerprint(),
                status,
                result,
                startNanos,
                firstNanos,
                endNanos,
                CallRecords.parameters(done),
                promptTokens,
                completionTokens,
                received == null
                        ? CallReports.NO_COST
                        : services.reports()
                                .costMicros(target, model, services.clock().instant(), promptTokens, completionTokens),
                left);
    }

    @Override
    public void head(int answeredStatus, boolean isStream) {
        status = answeredStatus;
        streaming = isStream;
        if (status == OK && streaming != done.request().stream()) {
            // Nothing of it may pass: an app that asked for one document cannot read events, nor the other way round.
            cancelAndFail(FailureKind.BROKEN_ANSWER);
        }
    }

    @Override
    public void event(String data) {
        if (settled || status != OK) {
            return;
        }
        if (data.equals(DONE)) {
            sawDone = true;
            return;
        }
        ChatStream into = stream;
        if (into == null) {
            into = new ChatStream(
                    done.redaction().vault(),
                    identity.workflow()::restoresTool,
                    done.request().jsonAnswer(),
                    answerIdentity,
                    done.request().includeUsage(),
                    unchecked,
                    services.random());
            stream = into;
        }
        ChatStream reader = into;
        work.submit(data.length(), () -> readEvent(reader, data));
        slowedBy(appIsSlow, work.isBusy());
    }

    private Runnable readEvent(ChatStream reader, String data) {
        List<ReleasedJson> events = new ArrayList<>(2);
        answerDigest.event(data);
        try {
            reader.chunk(ANSWER_READER.parse(data), events::add);
        } catch (MalformedAnswer | RequestRefused broken) {
            return () -> cancelAndFail(broken());
        }
        return () -> {
            if (!settled) {
                first();
                for (int i = 0; i < events.size(); i++) {
                    hasPassed = true;
                    listener.event(events.get(i));
                }
            }
        };
    }

    /** The app reads more slowly than the provider writes: nothing more is read until it has caught up. */
    void slowDown() {
        slowedBy(true, workIsSlow);
    }

    /** The app has caught up. */
    void speedUp() {
        slowedBy(false, workIsSlow);
    }

    private void slowedBy(boolean app, boolean ownWork) {
        boolean was = appIsSlow || workIsSlow;
        appIsSlow = app;
        workIsSlow = ownWork;
        boolean is = app || ownWork;
        if (exchange != null && was != is) {
            if (is) {
                exchange.pause();
            } else {
                exchange.resume();
            }
        }
    }

    @Override
    public void body(byte[] json) {
        if (settled || status != OK) {
            return;
        }
        work.submit(json.length, () -> readBody(json));
    }

    private Runnable readBody(byte[] json) {
        ChatAnswer read;
        answerDigest.document(json);
        try {
            read = ChatAnswer.read(
                    ANSWER_READER.parse(json, 0, json.length),
                    done.redaction().vault(),
                    identity.workflow()::restoresTool,
                    done.request().jsonAnswer(),
                    answerIdentity,
                    services.random());
        } catch (MalformedAnswer | RequestRefused broken) {
            return () -> cancelAndFail(FailureKind.BROKEN_ANSWER);
        }
        return () -> {
            if (!settled) {
                answer = read;
                first();
            }
        };
    }

    private void first() {
        if (firstNanos == CallRecords.NEVER) {
            firstNanos = records.sinceStart();
            records.reached(Stage.FIRST_ANSWER);
        }
    }

    @Override
    public void ended() {
        work.submit(0, () -> this::whole);
    }

    private void whole() {
        if (settled) {
            return;
        }
        ChatStream streamed = stream;
        ChatAnswer whole = answer;
        if (status != OK) {
            fail(FailureKind.ofStatus(status));
        } else if (streamed != null && streamed.isComplete()) {
            records.reached(Stage.ANSWERED);
            settle(sawDone ? "answered" : "answered_without_done");
            listener.streamed(streamed);
        } else if (whole != null) {
            records.reached(Stage.ANSWERED);
            settle("answered");
            listener.answered(whole);
        } else {
            fail(broken());
        }
    }

    @Override
    public void failed(AttemptFailure failure) {
        work.submit(0, () -> () -> over(failure));
    }

    private void over(AttemptFailure failure) {
        if (settled) {
            return;
        }
        switch (failure) {
            case SECOND_SCAN, SCAN_UNAVAILABLE, NOT_INTENDED -> {
                settle(failure.name().toLowerCase(Locale.ROOT));
                listener.unsendable(failure);
            }
            case RESIDUE_NOT_COVERED, CONTRACT_ENDED -> fail(FailureKind.CONTRACT_MISMATCH);
            case NO_CREDENTIAL -> fail(FailureKind.CREDENTIAL_REFUSED);
            case CONNECT -> fail(FailureKind.CONNECT);
            case BROKEN -> fail(hasPassed ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.CONNECTION_LOST);
            case FIRST_BYTE_TIMEOUT -> fail(FailureKind.TIMEOUT_FIRST_TOKEN);
            case STALL -> fail(hasPassed ? FailureKind.STALL_AFTER_FIRST_BYTE : FailureKind.TIMEOUT_FIRST_TOKEN);
            case TOTAL_TIMEOUT -> fail(FailureKind.TIMEOUT_TOTAL);
            case TOO_LARGE, MALFORMED -> fail(broken());
        }
    }

    private FailureKind broken() {
        return hasPassed ? FailureKind.BROKEN_AFTER_FIRST_BYTE : FailureKind.BROKEN_ANSWER;
    }

    private void cancelAndFail(FailureKind kind) {
        cancel();
        if (!settled) {
            fail(kind);
        }
    }

    private void cancel() {
        if (exchange != null) {
            exchange.cancel();
        }
    }

    private void fail(FailureKind kind) {
        settle(kind.name().toLowerCase(Locale.ROOT));
        listener.failed(kind);
    }

    private void settle(String how) {
        settled = true;
        work.drop();
        result = how;
        endNanos = records.sinceStart();
    }
}
