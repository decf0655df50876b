package dev.anteroom.guardrails;

import dev.anteroom.guardrails.Finding.Kind;
import dev.anteroom.guardrails.ReleaseDecision.Released;
import dev.anteroom.guardrails.ReleaseDecision.Withheld;
import java.util.List;

/**
 * Decides whether an answer may reach its audience, and alone makes a {@link ReleasedAnswer}. Immutable.
 *
 * <p>For a clinician or a program an answer passes as it is, and the record says that it was not checked. For a patient it
 * passes only when it consists of nothing but whole sentences of the documents, word for word, white space aside. A
 * sentence that does not stand on its own there ({@link Quotable}) passes only together with what it leans on. Letters that
 * only look alike, markup and zero-width characters are differences like any other.
 *
 * <p>Time is linear in the answer and the documents.
 */
public final class ReleaseGate {

    /** A gate. */
    public ReleaseGate() {}

    /** Decides on the whole answer; the documents are what it may rest on, and matter for a patient only. */
    public ReleaseDecision decide(Audience audience, String answer, List<Evidence> documents) {
        return switch (audience) {
            case CLINICIAN, SYSTEM ->
                new Released(
                        new ReleasedAnswer(answer, audience, List.of(new Finding(Kind.UNCHECKED, 0, answer.length()))));
            case PATIENT -> decideForPatient(answer, documents);
        };
    }

    private static ReleaseDecision decideForPatient(String answer, List<Evidence> documents) {
        if (Chars.skipSpace(answer, 0) == answer.length()) {
            return new Withheld(List.of(new Finding(Kind.EMPTY_ANSWER, 0, 0)));
        }
        Quotable quotable = Quotable.of(documents);
        if (quotable.isEmpty()) {
            return new Withheld(List.of(new Finding(Kind.NO_DOCUMENTS, 0, 0)));
        }
        List<Finding> findings = quotable.check(answer);
        boolean all = true;
        for (Finding finding : findings) {
            all &= finding.kind() == Kind.SENTENCE_IN_DOCUMENTS;
        }
        return all ? new Released(new ReleasedAnswer(answer, Audience.PATIENT, findings)) : new Withheld(findings);
    }
}
