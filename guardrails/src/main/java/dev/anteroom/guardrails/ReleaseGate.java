package dev.anteroom.guardrails;

import dev.anteroom.guardrails.Finding.Kind;
import dev.anteroom.guardrails.ReleaseDecision.Released;
import dev.anteroom.guardrails.ReleaseDecision.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether an answer may reach its audience, and alone makes a {@link ReleasedAnswer} or an {@link UncheckedRelease}. Immutable.
 *
 * <p>For a clinician or a program an answer passes as it is, and the record says that it was not checked. For a patient it
 * passes only when each choice consists of nothing but whole sentences of the documents, word for word, white space aside, and
 * there is nothing else: no tool call, no refusal, no reasoning. A sentence that does not stand on its own there
 * ({@link Quotable}) passes only together with what it leans on. Letters that only look alike, markup and zero-width characters
 * are differences like any other.
 *
 * <p>Time is linear in the answer and the documents.
 */
public final class ReleaseGate {

    /** A gate. */
    public ReleaseGate() {}

    /** The leave to hand on pieces of answers as they come; empty where the audience waits for the gate's word on the whole. */
    public Optional<UncheckedRelease> unchecked(Audience audience) {
        return switch (audience) {
            case CLINICIAN, SYSTEM -> Optional.of(new UncheckedRelease(audience));
            case PATIENT -> Optional.empty();
        };
    }

    /** Decides on the whole answer; the documents are what it may rest on, and matter for a patient only. */
    public ReleaseDecision decide(Audience audience, ReceivedText answer, List<Evidence> documents) {
        return switch (audience) {
            case CLINICIAN, SYSTEM ->
                new Released(new ReleasedAnswer(answer.contents(), audience, List.of(whole(Kind.UNCHECKED))));
            case PATIENT -> decideForPatient(answer, documents);
        };
    }

    private static ReleaseDecision decideForPatient(ReceivedText answer, List<Evidence> documents) {
        if (answer.callsTools() || answer.saysMore() || answer.truncated()) {
            return withheld(Kind.UNREAD_PART);
        }
        if (answer.contents().isEmpty()) {
            return withheld(Kind.EMPTY_ANSWER);
        }
        for (String content : answer.contents()) {
            if (Chars.skipSpace(content, 0) == content.length()) {
                return withheld(Kind.EMPTY_ANSWER);
            }
        }
        Quotable quotable = Quotable.of(documents);
        if (quotable.isEmpty()) {
            return withheld(Kind.NO_DOCUMENTS);
        }
        List<Finding> findings = new ArrayList<>();
        answer.contents().forEach(content -> findings.addAll(quotable.check(content)));
        boolean all = true;
        for (Finding finding : findings) {
            all &= finding.kind() == Kind.SENTENCE_IN_DOCUMENTS;
        }
        return all
                ? new Released(new ReleasedAnswer(answer.contents(), Audience.PATIENT, findings))
                : new Withheld(findings);
    }

    private static Withheld withheld(Kind kind) {
        return new Withheld(List.of(whole(kind)));
    }

    private static Finding whole(Kind kind) {
        return new Finding(kind, 0, 0);
    }
}
