package dev.anteroom.traces;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a verification found. Immutable.
 *
 * @param logs oldest first
 * @param problems the first thousand, in the order they were met; empty: everything that could be checked is as it was
 *     signed
 * @param problemCount how many there are
 * @param records how many records were read
 */
public record LogReport(List<Log> logs, List<Problem> problems, long problemCount, long records) {
    public LogReport {
        logs = List.copyOf(logs);
        problems = List.copyOf(problems);
    }

    /** What kind of thing is wrong. */
    public enum Kind {
        /** A record is not what was signed, or not what its commitment says. */
        ALTERED,
        /** A record, a segment or a whole log was there and is not. */
        REMOVED,
        /** A record stands in another place than it did. */
        REORDERED,
        /** The end of a log is missing. */
        TRUNCATED,
        /** A checkpoint bears a known key's name and was not signed by it, or is no checkpoint. */
        FORGED,
        /** A checkpoint was signed by a key that the verifier does not know. */
        UNKNOWN_KEY,
        /** The records are an older state, or another history, than a checkpoint says that the verifier holds. */
        ROLLED_BACK,
        /** A record cannot be opened: a key is missing. Its place in the log is proved all the same. */
        UNREADABLE
    }

    /**
     * One thing that is wrong. Immutable.
     *
     * @param segment file, or {@code ""} where it concerns a whole log
     * @param sequence of the record; 0 where it concerns no single one
     */
    public record Problem(Kind kind, String log, String segment, long sequence, String what) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": log " + log
                    + (segment.isEmpty() ? "" : ", " + segment) + (sequence == 0 ? "" : ", sequence " + sequence)
                    + ": " + what;
        }
    }

    /**
     * One log, a lifetime of a gateway. Immutable.
     *
     * @param predecessor the log before it, {@code ""} for the first
     * @param records how many were read
     * @param signed how many the largest checkpoint covers that is signed by a known key and agrees; -1: none
     * @param root of the records read, in hex; {@code ""} where not all were
     * @param witnessed how many the largest checkpoint covers that a known witness has signed too; 0: none
     */
    public record Log(
            String gateway, String log, String predecessor, long records, long signed, String root, long witnessed) {}

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return problemCount == 0;
    }

    /** The first record that no witness vouches for: its log and its number in it, from 1; or nothing where all are witnessed. */
    public Optional<Unwitnessed> unwitnessedSince() {
        for (int i = logs.size() - 1; i >= 0; i--) {
            Log log = logs.get(i);
            if (log.witnessed() > 0) {
                // What came before is vouched for by the chain: this log's first record names the end of the one
                // before.
                if (log.witnessed() < log.records()) {
                    return Optional.of(new Unwitnessed(log.log(), log.witnessed() + 1));
                }
                return i + 1 < logs.size()
                        ? Optional.of(new Unwitnessed(logs.get(i + 1).log(), 1))
                        : Optional.empty();
            }
        }
        return logs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unwitnessed(logs.getFirst().log(), 1));
    }

    /** A record by its number in its log, from 1. Immutable. */
    public record Unwitnessed(String log, long record) {}
}
