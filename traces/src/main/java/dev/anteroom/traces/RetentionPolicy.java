package dev.anteroom.traces;

import java.time.Duration;

/**
 * How long each part of a record is kept, from the moment it was written; then its key is destroyed. Immutable.
 *
 * @param bodies redacted requests and answers
 * @param decisions everything else of a record; no part of it is kept longer
 * @param originals what calls asked
 */
public record RetentionPolicy(Duration bodies, Duration decisions, Duration originals) {
    public static final RetentionPolicy DEFAULT =
            new RetentionPolicy(Duration.ofDays(90), Duration.ofDays(6 * 365), Duration.ofDays(90));

    public RetentionPolicy {
        if (!bodies.isPositive()
                || !originals.isPositive()
                || bodies.compareTo(decisions) > 0
                || originals.compareTo(decisions) > 0) {
            throw new IllegalArgumentException("bodies: " + bodies + ", decisions: " + decisions + ", originals: "
                    + originals + " (expected: > 0, decisions the longest)");
        }
    }
}
