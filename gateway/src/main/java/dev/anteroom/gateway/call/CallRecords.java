package dev.anteroom.gateway.call;

import dev.anteroom.egress.OutboundNode;
import dev.anteroom.egress.WireConstant;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.AnswerFacts;
import dev.anteroom.gateway.wire.CallFields;
import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.RestoreFinding;
import dev.anteroom.routing.TargetChoice;
import dev.anteroom.routing.Verdict;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.CallContext;
import dev.anteroom.traces.Candidate;
import dev.anteroom.traces.Finding;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Parameter;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.StageTiming;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what a call knows into its records, and keeps its clock. Confined to one call. */
@SuppressWarnings("EnumOrdinal") // the stages index a plain array: no map on the way of a call
final class CallRecords {
    /** The time of a moment that did not come. */
    static final long NEVER = -1;

    /** Routes are followed in their order: no random number decides. */
    private static final String NO_DRAW = "none";

    private static final Map<Verdict, String> FILTERS = filters();
    private static final List<Candidate.Filter> ALL_PASSED = verdicts(Set.of());

    private static final Stage[] STAGES = Stage.values();

    private final CallIdentity identity;
    private final Snapshot snapshot;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private CallProof proof = new CallProof("", "");
    private final long[] reachedNanos = new long[STAGES.length];

    CallRecords(CallIdentity identity, Snapshot snapshot, Clock clock, LongSupplier nanoTime) {
        this.identity = identity;
        this.snapshot = snapshot;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    long sinceStart() {
        return nanoTime.getAsLong() - identity.startNanos();
    }

    void reached(Stage stage) {
        if (reachedNanos[stage.ordinal()] == 0) {
            reachedNanos[stage.ordinal()] = sinceStart();
        }
    }

    void refused() {
        reached(Stage.RELEASED);
    }

    void prepared(Preparation done) {
        reachedNanos[Stage.PARSED.ordinal()] = done.parsedNanos() - identity.startNanos();
        reachedNanos[Stage.PLANNED.ordinal()] = done.plannedNanos() - identity.startNanos();
        reachedNanos[Stage.REDACTED.ordinal()] = done.redactedNanos() - identity.startNanos();
    }

    /** The time that the gateway itself took so far: all but the time between the intent and the whole answer. */
    long overheadMicros() {
        long now = sinceStart();
        long intended = reachedNanos[Stage.INTENT_DURABLE.ordinal()];
        long answered = reachedNanos[Stage.ANSWERED.ordinal()];
        return (intended + Math.max(0, now - answered)) / 1_000;
    }

    Intent intent(Preparation done, CallProof made) {
        proof = made;
        CompiledRequest request = done.request();
        Redactor redactor = snapshot.redactor(done.plan().profile());
        return new Intent(
                identity.traceId(),
                identity.requestId(),
                clock.instant(),
                identity.caller(),
                context(request.call()),
                snapshot.hash(),
                done.plan().profile().name().toLowerCase(Locale.ROOT),
                redactor.digest(),
                snapshot.build(),
                snapshot.parts().code(),
                snapshot.models(),
                request.model(),
                request.stream(),
                made.original(),
                done.outbound().digest(),
                BodyText.of(done.recordText()),
                done.recordSpans(),
                done.outbound().residue().stream().map(Enum::name).sorted().toList(),
                candidates(done),
                targets(done),
                NO_DRAW);
    }

    /** The targets that were weighed, with the verdict on each. */
    static List<Candidate> candidates(Preparation done) {
        return done.plan().candidates().stream()
                .map(c -> new Candidate(
                        c.target(),
                        c.verdict() == Verdict.ADMITTED,
                        c.verdict().name().toLowerCase(Locale.ROOT),
                        c.failed().isEmpty() ? ALL_PASSED : verdicts(c.failed())))
                .toList();
    }

    private static List<Candidate.Filter> verdicts(Set<Verdict> failed) {
        return FILTERS.entrySet().stream()
                .map(filter -> new Candidate.Filter(filter.getValue(), !failed.contains(filter.getKey())))
                .toList();
    }

    /** What a target must meet, by what is said where it does not. */
    private static Map<Verdict, String> filters() {
        Map<Verdict, String> filters = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            switch (verdict) {
                case MODEL_NOT_OFFERED -> filters.put(verdict, "model");
                case WRONG_ENVIRONMENT -> filters.put(verdict, "environment");
                case CONTRACT_EXPIRED -> filters.put(verdict, "contract");
                case RESIDUE_NOT_COVERED -> filters.put(verdict, "residue");
                case OUTSIDE_BOUNDARY -> filters.put(verdict, "boundary");
                case ADMITTED -> {}
            }
        }
        return Collections.unmodifiableMap(filters);
    }

    /** The parameters of the protocol in a request: numbers, words and flags, no text. */
    static List<Parameter> parameters(Preparation done) {
        List<Parameter> parameters = new ArrayList<>();
        if (done.outbound().body() instanceof OutboundNode.ObjectNode body) {
            for (OutboundNode.Member member : body.members()) {
                String value = switch (member.value()) {
                    case OutboundNode.ParameterNode parameter ->
                        parameter.number().token();
                    case OutboundNode.ConstantNode constant ->
                        constant.constant().text();
                    case OutboundNode.FlagNode flag -> Boolean.toString(flag.value());
                    default -> null;
                };
                if (value != null && member.name() instanceof WireConstant name) {
                    parameters.add(new Parameter(name.text(), value));
                }
            }
        }
        return parameters;
    }

    /** The targets that may be tried, in this order. */
    static List<String> targets(Preparation done) {
        return done.plan().choices().stream()
                .map(TargetChoice::target)
                .map(dev.anteroom.routing.Target::id)
                .toList();
    }

    Refusal refusal(RequestRefused refused, @Nullable Preparation done) {
        return new Refusal(
                identity.traceId(),
                identity.requestId(),
                clock.instant(),
                identity.caller(),
                context(done == null ? CallFields.none() : done.request().call()),
                snapshot.hash(),
                refused.code().status(),
                refused.code().wireCode(),
                refused.path(),
                refused.code().type(),
                refused.advice());
    }

    Outcome outcome(
            int status,
            String finish,
            String code,
            List<Attempt> attempts,
            @Nullable ReceivedAnswer received,
            String answerHmac,
            ReleaseStage release) {
        AnswerFacts facts = received == null ? new AnswerFacts("", "", "", 0, 0, 0) : received.facts();
        List<StageTiming> timings = new ArrayList<>(STAGES.length);
        for (Stage stage : STAGES) {
            if (reachedNanos[stage.ordinal()] > 0) {
                timings.add(new StageTiming(stage.name().toLowerCase(Locale.ROOT), reachedNanos[stage.ordinal()]));
            }
        }
        String recorded = received == null ? "" : received.recordText();
        boolean truncated = received != null && (facts.finish().isEmpty() || received.isTruncated());
        return new Outcome(
                identity.traceId(),
                clock.instant(),
                status,
                finish,
                code,
                List.copyOf(attempts),
                BodyText.of(recorded),
                answerHmac,
                received == null ? List.of() : findings(received),
                release.grounding(),
                facts.promptTokens(),
                facts.completionTokens(),
                timings,
                received == null ? 0 : received.writtenChars(),
                truncated,
                truncated ? recorded.length() : -1);
    }

    private static List<Finding> findings(ReceivedAnswer received) {
        List<Finding> findings = new ArrayList<>();
        for (RestoreFinding finding : received.findings()) {
            findings.add(new Finding(
                    finding.kind().name().toLowerCase(Locale.ROOT),
                    finding.category().name(),
                    finding.channel()));
        }
        return findings;
    }

    private CallContext context(CallFields call) {
        return new CallContext(
                call.actor(),
                call.purpose(),
                call.run(),
                call.step(),
                call.parent(),
                proof.conversation(),
                identity.traceparent());
    }
}
