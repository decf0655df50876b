package dev.anteroom.routing;

import dev.anteroom.routing.Next.Exhausted;
import dev.anteroom.routing.Next.Reason;
import dev.anteroom.routing.Next.Try;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk of one call over its choices: each at most once, in order, under one retry budget, one deadline and the
 * breakers. Confined to one call.
 *
 * <p>Another target is tried only while the app has had no byte of an answer: two halves of two models' answers are no
 * answer. Every end of an attempt is told here, and settles its permit.
 */
public final class AttemptPlan {

    private final List<TargetChoice> choices;
    private final Breakers breakers;
    private final int maxAttempts;
    private final long deadlineNanos;
    private final List<Left> left = new ArrayList<>();

    private int position;
    private int attempts;
    private boolean answerBegun;
    private boolean ended;
    private @Nullable Try current;
    private long startedNanos;
    private @Nullable FailureKind lastFailure;
    private @Nullable Exhausted exhausted;

    private AttemptPlan(List<TargetChoice> choices, Breakers breakers, int maxAttempts, long deadlineNanos) {
        this.choices = choices;
        this.breakers = breakers;
        this.maxAttempts = maxAttempts;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * A walk over these choices.
     *
     * @param maxAttempts how many attempts may be made in all, at least one
     * @param deadlineNanos by the monotonic clock, when the whole call is over
     */
    public static AttemptPlan of(List<TargetChoice> choices, Breakers breakers, int maxAttempts, long deadlineNanos) {
        Checks.positive(maxAttempts, "maxAttempts");
        return new AttemptPlan(List.copyOf(choices), breakers, maxAttempts, deadlineNanos);
    }

    /** What to do now; the attempt before must have been told to have failed. Once exhausted it stays so. */
    public Next next(long nowNanos) {
        if (current != null) {
            throw new IllegalStateException("an attempt is under way (expected: none)");
        }
        if (exhausted != null) {
            return exhausted;
        }
        Reason stop = stopped(nowNanos);
        if (stop != null) {
            return exhausted(stop);
        }
        while (position < choices.size()) {
            TargetChoice choice = choices.get(position++);
            switch (breakers.tryAcquire(choice.target().id())) {
                case Permit permit -> {
                    long own = choice.target().deadlines().totalNanos();
                    long until = deadlineNanos - nowNanos < own ? deadlineNanos : nowNanos + own;
                    Try attempt = new Try(choice, permit, ++attempts, until);
                    current = attempt;
                    startedNanos = nowNanos;
                    return attempt;
                }
                case Permission.Denied denied ->
                    left.add(new Left(
                            choice.target().id(),
                            switch (denied.denial()) {
                                case BREAKER_OPEN -> Because.BREAKER_OPEN;
                                case NOT_CONFIGURED -> Because.NOT_CONFIGURED;
                            },
                            null));
            }
        }
        return exhausted(attempts == 0 ? Reason.ALL_DENIED : Reason.NO_CHOICE_LEFT);
    }

    private @Nullable Reason stopped(long nowNanos) {
        if (ended) {
            return Reason.ENDED;
        }
        if (answerBegun) {
            return Reason.ANSWER_BEGUN;
        }
        FailureKind last = lastFailure;
        if (last != null && !last.retryable()) {
            return Reason.NOT_RETRYABLE;
        }
        if (deadlineNanos - nowNanos <= 0) {
            return Reason.DEADLINE_PASSED;
        }
        if (position < choices.size() && attempts >= maxAttempts) {
            return Reason.RETRY_BUDGET_SPENT;
        }
        return null;
    }

    private Exhausted exhausted(Reason reason) {
        while (position < choices.size()) {
            left.add(new Left(choices.get(position++).target().id(), Because.NOT_REACHED, null));
        }
        Exhausted end = new Exhausted(reason, lastFailure);
        exhausted = end;
        return end;
    }

    /** The first byte of an answer goes to the app; from here on no other target is tried. */
    public void answerBegins() {
        answerBegun = true;
    }

    /** Whether the first byte of an answer has gone to the app. */
    public boolean answerBegun() {
        return answerBegun;
    }

    /**
     * The attempt failed; its permit is settled.
     *
     * @return whether {@link #next} is worth asking: the kind may be retried, the app has had nothing, budget, time and
     *     choices are left
     */
    public boolean failed(FailureKind kind, long nowNanos) {
        Try attempt = current;
        if (attempt == null) {
            return false;
        }
        current = null;
        lastFailure = kind;
        attempt.permit().failed(nowNanos - startedNanos, kind);
        left.add(new Left(attempt.choice().target().id(), Because.FAILED, kind));
        return stopped(nowNanos) == null && position < choices.size();
    }

    /** The attempt brought the whole answer; its permit is settled and the call is over. */
    public void succeeded(long nowNanos) {
        Try attempt = current;
        if (attempt != null) {
            current = null;
            attempt.permit().succeeded(nowNanos - startedNanos);
        }
        ended = true;
    }

    /** The call ended for a reason that says nothing of the target, as when the app went away; may be told any time. */
    public void abandoned() {
        Try attempt = current;
        if (attempt != null) {
            current = null;
            attempt.permit().released();
            left.add(new Left(attempt.choice().target().id(), Because.ABANDONED, null));
        }
        ended = true;
    }

    /** The attempt under way, or null when there is none. */
    public @Nullable Try current() {
        return current;
    }

    /** How many attempts were made so far. */
    public int attempts() {
        return attempts;
    }

    /** Every choice that did not answer, and why, in the order in which it was left. */
    public List<Left> left() {
        return List.copyOf(left);
    }

    /**
     * A choice that did not answer. Immutable.
     *
     * @param failure how it failed, or null when it was not tried or the call was abandoned
     */
    public record Left(
            String target, Because because, @Nullable FailureKind failure) {}

    /** Why a choice did not answer. */
    public enum Because {
        FAILED,
        BREAKER_OPEN,
        NOT_CONFIGURED,
        /** The walk stopped before it. */
        NOT_REACHED,
        /** The call ended while it was being tried. */
        ABANDONED
    }
}
