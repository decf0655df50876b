package dev.anteroom.gateway.call;

import dev.anteroom.egress.DeidentifiedRequest;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.RequestCompiler;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.LanguageCheck;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.Span;
import dev.anteroom.routing.Modality;
import dev.anteroom.routing.RequestFacts;
import dev.anteroom.routing.RoutePlan;
import dev.anteroom.traces.RedactionSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The stages before anything is recorded: parse once, plan, detect over all positions, write once. Immutable.
 *
 * <p>Pure computation over one request, so it may run on the event loop or on a detector thread.
 */
record Preparation(
        CompiledRequest request,
        RoutePlan.Planned plan,
        Redaction redaction,
        DeidentifiedRequest outbound,
        String recordText,
        List<RedactionSpan> recordSpans,
        long parsedNanos,
        long plannedNanos,
        long redactedNanos) {

    private static final Set<String> SPOKEN = Set.of("system", "developer", "user");

    /** A call with fewer texts has no history. */
    private static final int FEWEST_REMEMBERED = 3;

    /**
     * Prepares a call.
     *
     * @param seed of the numbers that stand for others: only with it can the same request be made again
     */
    static Preparation of(
            byte[] body,
            int length,
            Snapshot snapshot,
            RedactionCache history,
            CallIdentity identity,
            Instant now,
            LongSupplier nanoTime,
            long seed)
            throws RequestRefused {
        CompiledRequest request = RequestCompiler.compile(
                snapshot.reader().parse(body, 0, length),
                ChatRequestTable.TABLE,
                snapshot.vocabulary(),
                snapshot.reader());
        long parsed = nanoTime.getAsLong();
        RoutePlan.Planned plan = plan(request, snapshot, identity, now);
        long planned = nanoTime.getAsLong();
        Redaction redaction;
        try {
            redaction =
                    redact(snapshot.redactor(plan.profile()), request, identity, new SplittableRandom(seed), history);
        } catch (RuntimeException detectorFailed) {
            // Its message could quote text, so it goes no further.
            throw new RequestRefused(
                    ErrorCode.SAFETY_UNAVAILABLE, "", "a detector failed; nothing was sent, try again");
        }
        DeidentifiedRequest outbound = request.deidentify(redaction);
        return new Preparation(
                request,
                plan,
                redaction,
                outbound,
                outbound.recordText(),
                recordSpans(request, redaction),
                parsed,
                planned,
                nanoTime.getAsLong());
    }

    private static List<RedactionSpan> recordSpans(CompiledRequest request, Redaction redaction) {
        List<Span> spans = redaction.spans();
        List<RedactionSpan> redacted = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            redacted.add(new RedactionSpan(
                    request.path(span.position()),
                    span.start(),
                    span.end(),
                    span.category().name(),
                    span.layer(),
                    hundredths(span.score()),
                    redaction.treatment(i)));
        }
        return redacted;
    }

    /** Scores are written with two digits: a float's exact value would look more precise than it is. */
    private static double hundredths(float score) {
        return Math.round(score * 100) / 100.0;
    }

    private static Redaction redact(
            Redactor redactor,
            CompiledRequest request,
            CallIdentity identity,
            RandomGenerator random,
            RedactionCache history) {
        KnownValues patient = request.patient().values();
        if (request.positions().size() < FEWEST_REMEMBERED) {
            return redactor.redact(request.positions(), patient, random);
        }
        return redactor.redact(
                request.positions(), patient, random, history, new RedactionCache.Scope(identity.tenant()));
    }

    private static RoutePlan.Planned plan(
            CompiledRequest request, Snapshot snapshot, CallIdentity identity, Instant now) throws RequestRefused {
        OptionalInt foreign = foreignText(request);
        RequestFacts facts = new RequestFacts(
                request.model(),
                identity.workflow().routes(),
                identity.routingEnvironment(),
                modalities(request.residue()),
                foreign.isPresent(),
                identity.workflow().profile(),
                request.stream());
        return switch (snapshot.routing().plan(facts, now)) {
            case RoutePlan.Planned planned -> planned;
            case RoutePlan.Refused refused -> throw refusal(refused.reason(), request, foreign, snapshot, identity);
        };
    }

    private static RequestRefused refusal(
            RoutePlan.Reason reason,
            CompiledRequest request,
            OptionalInt foreign,
            Snapshot snapshot,
            CallIdentity identity) {
        List<String> models = snapshot.routing().models(identity.workflow().routes(), identity.routingEnvironment());
        return switch (reason) {
            case UNKNOWN_MODEL ->
                new RequestRefused(
                        ErrorCode.MODEL_NOT_FOUND, "model", "this key may use: " + String.join(", ", models));
            case ENVIRONMENT_MISMATCH ->
                new RequestRefused(
                        ErrorCode.ENVIRONMENT_MISMATCH,
                        "model",
                        "the model is served only in another environment than this key's");
            case NO_CONTRACT ->
                new RequestRefused(ErrorCode.NOT_PERMITTED, "model", "no contract in force lets this model be used");
            case OUTSIDE_BOUNDARY ->
                new RequestRefused(
                        ErrorCode.UNSUPPORTED_LANGUAGE,
                        foreign.isPresent() ? request.path(foreign.getAsInt()) : "messages",
                        "this text is not English, the only language in which detection was measured; send it in English, or ask"
                                + " for a model inside the trust boundary");
            case RESIDUE_NOT_ADMITTED ->
                new RequestRefused(
                        ErrorCode.UNSCANNABLE_CONTENT,
                        "messages",
                        "no contract lets a part that cannot be read (image, audio or file) leave; send its text");
        };
    }

    /** The position of the first whole text that is in a language without figures; answers and results of tools are not judged. */
    private static OptionalInt foreignText(CompiledRequest request) {
        for (CompiledRequest.MessageText text : request.messageTexts()) {
            if (SPOKEN.contains(text.role()) && isForeign(request, text.position())) {
                return OptionalInt.of(text.position());
            }
        }
        for (CompiledRequest.Document document : request.documents()) {
            if (isForeign(request, document.textPosition())) {
                return OptionalInt.of(document.textPosition());
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isForeign(CompiledRequest request, int position) {
        return LanguageCheck.isForeign(request.positions().get(position).text());
    }

    private static Set<Modality> modalities(Set<dev.anteroom.egress.Modality> residue) {
        if (residue.isEmpty()) {
            return Set.of();
        }
        EnumSet<Modality> modalities = EnumSet.noneOf(Modality.class);
        for (dev.anteroom.egress.Modality modality : residue) {
            modalities.add(
                    switch (modality) {
                        case IMAGE -> Modality.IMAGE;
                        case AUDIO -> Modality.AUDIO;
                        case FILE -> Modality.FILE;
                    });
        }
        return modalities;
    }
}
