package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.Evidence;
import dev.anteroom.guardrails.ReleaseDecision;
import dev.anteroom.guardrails.ReleaseGate;
import dev.anteroom.guardrails.UncheckedRelease;
import dev.anteroom.phi.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the release gate about an answer and keeps its verdict for the record. Confined to one call. */
final class ReleaseStage {
    /** No answer was judged. */
    static final String NONE = "none";

    private static final ReleaseGate GATE = new ReleaseGate();

    private final Audience audience;
    private String verdict = NONE;

    ReleaseStage(Audience audience) {
        this.audience = audience;
    }

    /** The gate's leave to hand on pieces of streams as they come, or null where nothing may be released before the whole was judged. */
    @Nullable
    UncheckedRelease unchecked() {
        return GATE.unchecked(audience).orElse(null);
    }

    /** How much the gate reads beside the answer. */
    int evidenceChars(CompiledRequest request, Redaction redaction) {
        if (audience != Audience.PATIENT) {
            return 0;
        }
        int chars = 0;
        for (CompiledRequest.Document document : request.documents()) {
            chars += redaction.text(document.textPosition()).value().length();
        }
        return chars;
    }

    /** The gate's word on the whole answer. */
    ReleaseDecision decide(ReceivedAnswer answer, List<Evidence> documents) {
        ReleaseDecision decision = GATE.decide(audience, answer.text(), documents);
        verdict = verdict(decision, audience);
        return decision;
    }

    /** The word of the record for a decision. */
    static String verdict(ReleaseDecision decision, Audience audience) {
        return switch (decision) {
            case ReleaseDecision.Withheld w -> "withheld";
            case ReleaseDecision.Released r -> audience == Audience.PATIENT ? "verbatim" : "unchecked";
        };
    }

    /** How the answer stands to its sources: {@code none}, {@code unchecked}, {@code verbatim} or {@code withheld}. */
    String grounding() {
        return verdict;
    }
}
