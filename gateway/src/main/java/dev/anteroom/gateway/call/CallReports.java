package dev.anteroom.gateway.call;

import dev.anteroom.gateway.config.TargetConfig;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.store.Pricing;
import dev.anteroom.telemetry.CallReport;
import dev.anteroom.telemetry.Telemetry;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.Finding;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.RedactionSpan;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.StageTiming;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells telemetry of calls that are over: what of their records is a number or a name of the configuration. Thread-safe. */
public final class CallReports {
    /** There is no price. */
    static final long NO_COST = -1;

    private static final String FAILED = "failed";

    private final Telemetry telemetry;
    private final Pricing pricing;
    private final Map<String, String> providers;

    /** Reports on calls that this snapshot decides. */
    public CallReports(Telemetry telemetry, Pricing pricing, Snapshot snapshot) {
        this.telemetry = telemetry;
        this.pricing = pricing;
        Map<String, String> found = new HashMap<>();
        for (TargetConfig target : snapshot.config().targets()) {
            // The names of the GenAI conventions, but for our own.
            found.put(
                    target.id(),
                    switch (target.kind()) {
                        case OPENAI -> "openai";
                        case AZURE -> "azure.ai.openai";
                        case EXTRACTIVE -> "anteroom";
                    });
        }
        this.providers = Map.copyOf(found);
    }

    /** What tokens cost by the price of the day, in millionths; {@link #NO_COST} where there is no price. */
    long costMicros(String target, String model, Instant time, long promptTokens, long completionTokens) {
        return pricing.costMicros(target, model, time, promptTokens, completionTokens)
                .orElse(NO_COST);
    }

    void refused(CallIdentity identity, Refusal refusal, long durationNanos) {
        telemetry.ended(new CallReport(
                identity.traceId(),
                refusal.time(),
                durationNanos,
                identity.tenant(),
                identity.keyId(),
                identity.workflow().id(),
                refusal.caller().audience(),
                refusal.snapshot(),
                "",
                false,
                CallReport.REFUSED,
                refusal.status(),
                "",
                refusal.code(),
                List.of(),
                0,
                0,
                OptionalLong.empty(),
                List.of(),
                List.of(),
                List.of()));
    }

    /** @param code the reason where the outcome could not be written, else that of the outcome */
    void ended(CallIdentity identity, Snapshot snapshot, @Nullable Preparation done, Outcome outcome, String code) {
        Attempt last = outcome.attempts().isEmpty() ? null : outcome.attempts().getLast();
        telemetry.ended(new CallReport(
                identity.traceId(),
                outcome.time(),
                outcome.timings().isEmpty() ? 0 : outcome.timings().getLast().nanos(),
                identity.tenant(),
                identity.keyId(),
                identity.workflow().id(),
                identity.caller().audience(),
                snapshot.hash(),
                done == null ? "" : done.request().model(),
                done != null && done.request().stream(),
                code.isEmpty() ? outcome.release() : FAILED,
                outcome.status(),
                outcome.finish(),
                code,
                outcome.attempts().stream().map(this::attempt).toList(),
                outcome.promptTokens(),
                outcome.completionTokens(),
                last == null
                        ? OptionalLong.empty()
                        : pricing.costMicros(
                                last.target(),
                                last.requestedModel(),
                                outcome.time(),
                                outcome.promptTokens(),
                                outcome.completionTokens()),
                outcome.timings().stream().map(CallReports::moment).toList(),
                done == null
                        ? List.of()
                        : done.recordSpans().stream()
                                .map(RedactionSpan::category)
                                .toList(),
                outcome.findings().stream().map(Finding::kind).toList()));
    }

    private CallReport.AttemptReport attempt(Attempt attempt) {
        return new CallReport.AttemptReport(
                attempt.target(),
                providers.getOrDefault(attempt.target(), ""),
                attempt.requestedModel(),
                attempt.status(),
                attempt.result(),
                attempt.startNanos(),
                attempt.firstTokenNanos(),
                attempt.endNanos());
    }

    private static CallReport.Moment moment(StageTiming timing) {
        return new CallReport.Moment(timing.stage(), timing.nanos());
    }
}
