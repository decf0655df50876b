package dev.anteroom.gateway.call;

import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.extractive.Conversation;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.Workflow;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.ReceivedText;
import dev.anteroom.guardrails.ReleaseDecision;
import dev.anteroom.guardrails.ReleaseGate;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.routing.FailureKind;
import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.Candidate;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Parameter;
import dev.anteroom.traces.RedactionSpan;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.ShreddedRecord;
import dev.anteroom.traces.Shredding;
import dev.anteroom.traces.TraceRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded calls again, with what their records keep and one snapshot. Confined to one thread.
 *
 * <p>Nothing is sent, and nothing of a call's text is in what it says. A stage is {@link Result.Same} only where it was computed anew.
 */
public final class Replay {
    private static final int CACHE_ENTRIES = 16;
    private static final long CACHE_BYTES = 1 << 16;
    private static final String BREAKER_OPEN = "breaker_open";
    private static final Set<String> GOES_ON = Set.of("next_target", "passed_over");

    /** What is decided again. */
    public enum Stage {
        /** What was found, and the request that was made of it, to the byte. */
        REDACTION,
        /** Which targets may be tried, and why the others not. */
        PLAN,
        /** In which order they were tried, given how each attempt ended. */
        ROUTE,
        /** Whether the answer may reach its reader. */
        RELEASE
    }

    /** What became of one stage. Immutable. */
    public sealed interface Result {
        /** Computed anew, with the same outcome. */
        record Same() implements Result {}

        /** Computed anew, with another outcome; {@code what} is the first difference. */
        record Differs(String what) implements Result {}

        /** Not computed; {@code why} says what is missing. */
        record NotRederivable(String why) implements Result {}
    }

    /** One stage and what became of it. Immutable. */
    public record Verdict(Stage stage, Result result) {}

    private static final Result SAME = new Result.Same();

    private final Snapshot snapshot;
    private final RedactionCache history = new RedactionCache(CACHE_ENTRIES, CACHE_BYTES, new SecureRandom());
    private Instant time = Instant.EPOCH;

    /** Replays with the snapshot that this makes; its clock shows the time of the call that is replayed. */
    public Replay(Function<InstantSource, Snapshot> compiler) {
        this.snapshot = compiler.apply(() -> time);
    }

    /** The snapshot that decides now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Decides a call again.
     *
     * @param records of the call, with its original where that was kept
     */
    public List<Verdict> replay(List<TraceRecord> records) {
        Optional<List<Verdict>> undecidable = undecidable(records);
        if (undecidable.isPresent()) {
            return undecidable.get();
        }
        Original original = Objects.requireNonNull(find(records, Original.class));
        Intent intent = Objects.requireNonNull(find(records, Intent.class));
        Workflow workflow = snapshot.workflow(intent.caller().workflow());
        return original.request() instanceof BodyText.Kept asked && workflow != null
                ? decide(original, asked.text(), intent, find(records, Outcome.class), workflow)
                : onlyRoute(
                        intent,
                        records,
                        "the configuration has no workflow " + intent.caller().workflow());
    }

    /** What becomes of a call that no snapshot can decide again, for what was decided or what was asked is not kept; empty for any other. */
    public static Optional<List<Verdict>> undecidable(List<TraceRecord> records) {
        Original original = find(records, Original.class);
        Intent intent = find(records, Intent.class);
        if (intent == null) {
            ShreddedRecord gone = find(records, ShreddedRecord.class);
            return Optional.of(all(new Result.NotRederivable(
                    find(records, Refusal.class) != null
                            ? "the call was refused; what it asked is not kept"
                            : gone != null
                                    ? "the record was " + gone.when()
                                    : "there is no record of what was decided")));
        }
        return original != null && original.request() instanceof BodyText.Kept
                ? Optional.empty()
                : Optional.of(onlyRoute(intent, records, whyNotKept(original)));
    }

    private static List<Verdict> onlyRoute(Intent intent, List<TraceRecord> records, String why) {
        Result not = new Result.NotRederivable(why);
        return List.of(
                new Verdict(Stage.REDACTION, not),
                new Verdict(Stage.PLAN, not),
                new Verdict(Stage.ROUTE, route(intent, find(records, Outcome.class), null)),
                new Verdict(Stage.RELEASE, not));
    }

    private static String whyNotKept(@Nullable Original original) {
        return original != null && original.request() instanceof BodyText.Shredded(Shredding when)
                ? "what the call asked was " + when
                : "what the call asked is not kept";
    }

    private static <T extends TraceRecord> @Nullable T find(List<TraceRecord> records, Class<T> kind) {
        return records.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElse(null);
    }

    /** The same for every stage. */
    public static List<Verdict> all(Result result) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            verdicts.add(new Verdict(stage, result));
        }
        return verdicts;
    }

    private List<Verdict> decide(
            Original original, String asked, Intent intent, @Nullable Outcome outcome, Workflow workflow) {
        time = original.time();
        byte[] body = asked.getBytes(StandardCharsets.UTF_8);
        CallIdentity identity = new CallIdentity(
                intent.traceId(),
                intent.requestId(),
                intent.caller().tenant(),
                intent.caller().keyId(),
                Environment.valueOf(intent.caller().environment().toUpperCase(Locale.ROOT)),
                workflow,
                intent.context().traceparent(),
                0);
        Preparation again;
        try {
            again = Preparation.of(body, body.length, snapshot, history, identity, time, () -> 0, original.seed());
        } catch (RequestRefused refused) {
            return all(new Result.Differs("the call would be refused now: "
                    + refused.code().wireCode()
                    + (refused.path().isEmpty() ? "" : " at " + refused.path())));
        }
        return List.of(
                new Verdict(Stage.REDACTION, redaction(intent, again)),
                new Verdict(Stage.PLAN, plan(intent, again)),
                new Verdict(Stage.ROUTE, route(intent, outcome, CallRecords.parameters(again))),
                new Verdict(Stage.RELEASE, release(intent, outcome, workflow, again)));
    }

    private static Result redaction(Intent intent, Preparation again) {
        List<RedactionSpan> before = intent.redaction();
        List<RedactionSpan> now = again.recordSpans();
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            RedactionSpan was = i < before.size() ? before.get(i) : null;
            RedactionSpan is = i < now.size() ? now.get(i) : null;
            if (!Objects.equals(was, is)) {
                return new Result.Differs("finding " + (i + 1) + ": was " + text(was) + ", is " + text(is));
            }
        }
        String profile = again.plan().profile().name().toLowerCase(Locale.ROOT);
        if (!profile.equals(intent.profile())) {
            return new Result.Differs("profile: was " + intent.profile() + ", is " + profile);
        }
        boolean sameText = !(intent.redactedRequest() instanceof BodyText.Kept was)
                || again.recordText().equals(was.text()); // the digest stands for a text that is gone
        return sameText && again.outbound().digest().equals(intent.requestDigest())
                ? SAME
                : new Result.Differs("the findings are the same, the request made of them is not");
    }

    private static String text(@Nullable RedactionSpan span) {
        return span == null
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%s %d-%d %s %.2f by %s as %s",
                        span.path(),
                        span.start(),
                        span.end(),
                        span.category(),
                        span.score(),
                        span.layer(),
                        span.treatment());
    }

    private static Result plan(Intent intent, Preparation again) {
        List<Candidate> now = CallRecords.candidates(again);
        for (int i = 0; i < Math.max(intent.candidates().size(), now.size()); i++) {
            Candidate was = i < intent.candidates().size() ? intent.candidates().get(i) : null;
            Candidate is = i < now.size() ? now.get(i) : null;
            if (!Objects.equals(was, is)) {
                return new Result.Differs("candidate " + (i + 1) + ": was " + text(was) + ", is " + text(is));
            }
        }
        List<String> targets = CallRecords.targets(again);
        return targets.equals(intent.targets())
                ? SAME
                : new Result.Differs("order: was " + intent.targets() + ", is " + targets);
    }

    private static String text(@Nullable Candidate candidate) {
        return candidate == null
                ? "none"
                : candidate.target() + " (" + candidate.reason() + ", failing "
                        + candidate.filters().stream()
                                .filter(filter -> !filter.passed())
                                .map(Candidate.Filter::name)
                                .toList()
                        + ")";
    }

    /** The targets must have been tried in the order of the plan, each only after one that could be left. */
    private static Result route(Intent intent, @Nullable Outcome outcome, @Nullable List<Parameter> parameters) {
        if (outcome == null) {
            return new Result.NotRederivable("the end of the call is not recorded");
        }
        List<Attempt> attempts = outcome.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            String expected = i < intent.targets().size() ? intent.targets().get(i) : "none";
            if (!attempt.target().equals(expected)) {
                return new Result.Differs(
                        "attempt " + (i + 1) + ": was at " + attempt.target() + ", the plan says " + expected);
            }
            if (i + 1 < attempts.size() && !(mayBeLeft(attempt) && GOES_ON.contains(attempt.left()))) {
                return new Result.Differs("attempt " + (i + 1) + ": ended " + attempt.result()
                        + ", after which no other target may be tried");
            }
            if (parameters != null
                    && !attempt.result().equals(BREAKER_OPEN)
                    && !attempt.parameters().equals(parameters)) {
                return new Result.Differs("attempt " + (i + 1) + ": other parameters than those of the request");
            }
        }
        return SAME;
    }

    private static boolean mayBeLeft(Attempt attempt) {
        if (attempt.result().equals(BREAKER_OPEN)) {
            return true;
        }
        for (FailureKind kind : FailureKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(attempt.result())) {
                return kind.retryable();
            }
        }
        return false;
    }

    private static Result release(Intent intent, @Nullable Outcome outcome, Workflow workflow, Preparation again) {
        String audience = workflow.audience().name().toLowerCase(Locale.ROOT);
        if (!audience.equals(intent.caller().audience())) {
            return new Result.Differs("audience: was " + intent.caller().audience() + ", is " + audience);
        }
        if (outcome == null) {
            return new Result.NotRederivable("the end of the call is not recorded");
        }
        if (outcome.release().equals(ReleaseStage.NONE)) {
            return new Result.NotRederivable("no answer was judged");
        }
        String recorded;
        switch (outcome.redactedAnswer()) {
            case BodyText.Kept(String text) -> recorded = text;
            case BodyText.Shredded(Shredding when) -> {
                return new Result.NotRederivable("the answer was " + when);
            }
        }
        ReceivedText answer = new ReceivedText(List.of(recorded), false, false, outcome.truncated());
        if (workflow.audience() == Audience.PATIENT && !isOneContent(recorded, outcome.truncated())) {
            return new Result.NotRederivable("the record does not keep the parts of this answer apart");
        }
        ReleaseDecision decision = new ReleaseGate()
                .decide(workflow.audience(), answer, Conversation.documents(again.request(), again.redaction()));
        String now = ReleaseStage.verdict(decision, workflow.audience());
        return now.equals(outcome.release()) ? SAME : new Result.Differs("was " + outcome.release() + ", is " + now);
    }

    /** Whether the recorded answer is the one content of the one choice: others stand under a line with their name. */
    private static boolean isOneContent(String answer, boolean truncated) {
        int line = answer.indexOf('\n');
        boolean named = answer.startsWith("[")
                && line > 1
                && answer.charAt(line - 1) == ']'
                && answer.substring(0, line).equals(answer.substring(0, line).toLowerCase(Locale.ROOT));
        return !truncated && !answer.isEmpty() && !named;
    }

    /** What a call as a whole came to. */
    public enum Summary {
        /** What was computed anew came out the same, the redaction at least. */
        SAME,
        /** Some stage came out differently. */
        DIFFERS,
        /** The redaction could not be computed anew. */
        NOT_REDERIVABLE
    }

    /** Sums the stages of one call up. */
    public static Summary summary(List<Verdict> verdicts) {
        if (verdicts.stream().anyMatch(verdict -> verdict.result() instanceof Result.Differs)) {
            return Summary.DIFFERS;
        }
        boolean redacted = verdicts.stream()
                .anyMatch(verdict -> verdict.stage() == Stage.REDACTION && verdict.result() instanceof Result.Same);
        return redacted ? Summary.SAME : Summary.NOT_REDERIVABLE;
    }
}
