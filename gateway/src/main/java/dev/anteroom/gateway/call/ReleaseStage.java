package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.ReceivedAnswer;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.Evidence;
import dev.anteroom.guardrails.ReleaseDecision;
import dev.anteroom.guardrails.ReleaseGate;
import java.util.List;

/** Asks the release gate about an answer and keeps its verdict for the record. Confined to one call. */
final class ReleaseStage {
    private static final ReleaseGate GATE = new ReleaseGate();

    private final Audience audience;
    private String verdict = "none";

    ReleaseStage(Audience audience) {
        this.audience = audience;
    }

    /** Whether nothing may be released before the whole answer was judged. */
    boolean holdsStreams() {
        return audience == Audience.PATIENT;
    }

    /**
     * Whether the answer may be released. What the gate does not read may not reach a patient: tool calls, refusals, reasoning, and an
     * answer longer than what is kept of it.
     */
    boolean judge(ReceivedAnswer answer, List<Evidence> documents) {
        boolean unread = answer.callsTools() || answer.saysMoreThanContent() || answer.isTruncated();
        if (audience == Audience.PATIENT && unread) {
            verdict = "withheld";
            return false;
        }
        for (String content : answer.contentInPlaceholders()) {
            if (GATE.decide(audience, content, documents) instanceof ReleaseDecision.Withheld) {
                verdict = "withheld";
                return false;
            }
        }
        verdict = audience == Audience.PATIENT ? "verbatim" : "unchecked";
        return true;
    }

    /** How the answer stands to its sources: {@code none}, {@code unchecked}, {@code verbatim} or {@code withheld}. */
    String grounding() {
        return verdict;
    }
}
