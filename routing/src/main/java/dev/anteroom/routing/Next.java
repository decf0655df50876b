package dev.anteroom.routing;

import org.jspecify.annotations.Nullable;

/** What an {@link AttemptPlan} says to do next. */
public sealed interface Next {

    /**
     * Try this target.
     *
     * @param permit held by the plan, which settles it; settle it here only where the plan is not told of the end
     * @param attempt counted from 1
     * @param deadlineNanos by the monotonic clock, the end of the call or of the target's own total limit
     */
    record Try(TargetChoice choice, Permit permit, int attempt, long deadlineNanos) implements Next {}

    /**
     * Give up.
     *
     * @param lastFailure how the last attempt failed, or null when none was made
     */
    record Exhausted(Reason reason, @Nullable FailureKind lastFailure) implements Next {}

    /** Why nothing more is tried. */
    enum Reason {
        /** The app has had the first byte of an answer. */
        ANSWER_BEGUN,
        /** The call ended: it was answered, or the app went away. */
        ENDED,
        /** The last failure is one that another target would repeat. */
        NOT_RETRYABLE,
        DEADLINE_PASSED,
        RETRY_BUDGET_SPENT,
        /** Every choice was tried, or denied by its breaker after others were tried. */
        NO_CHOICE_LEFT,
        /** No attempt was made: every choice was denied by its breaker. */
        ALL_DENIED
    }
}
