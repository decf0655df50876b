package dev.anteroom.gateway.cli.records;

import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call whose request went to a target, or may have. Immutable.
 *
 * @param targets who received it, or all that could have where its end is not recorded
 * @param certain whether the record says that they received it
 */
record SentCall(Intent intent, List<String> targets, boolean certain) {
    /** Results of attempts before which nothing was written to a socket. */
    private static final Set<String> NOTHING_SENT =
            Set.of("connect", "contract_mismatch", "breaker_open", "second_scan");

    /** A target whose own credential is missing hears nothing; one that refuses it has answered. */
    private static final String CREDENTIAL = "credential_refused";

    SentCall {
        targets = List.copyOf(targets);
    }

    /** Returns the call of these records, or nothing where no target received it. */
    static Optional<SentCall> of(Trace trace) {
        if (!(trace.entries().getFirst().record() instanceof Intent intent)) {
            return Optional.empty();
        }
        if (!(trace.entries().getLast().record() instanceof Outcome outcome)) {
            return Optional.of(new SentCall(intent, intent.targets(), false));
        }
        List<String> targets = outcome.attempts().stream()
                .filter(SentCall::wasSent)
                .map(Attempt::target)
                .distinct()
                .toList();
        return targets.isEmpty() ? Optional.empty() : Optional.of(new SentCall(intent, targets, true));
    }

    private static boolean wasSent(Attempt attempt) {
        return !NOTHING_SENT.contains(attempt.result())
                && !(attempt.result().equals(CREDENTIAL) && attempt.status() == 0);
    }

    @Override
    public String toString() {
        return "SentCall[" + intent.traceId() + "]";
    }
}
