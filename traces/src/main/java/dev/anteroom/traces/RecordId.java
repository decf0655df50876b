package dev.anteroom.traces;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The place of a record among all records of a gateway: its log and its number in it. Immutable.
 *
 * <p>Ids sort in the order in which records were written: a log is one run of one process, and the id of each is greater
 * than that of every log before it in the same directory. A number is given to one record at most; numbers without a
 * record are those of writes that failed.
 *
 * @param log 32 hex digits, a UUIDv7 without dashes
 * @param sequence from 1
 */
public record RecordId(String log, long sequence) implements Comparable<RecordId> {
    private static final Comparator<RecordId> ORDER =
            Comparator.comparing(RecordId::log).thenComparingLong(RecordId::sequence);
    private static final Pattern LOG = Pattern.compile("[0-9a-f]{32}");

    public RecordId {
        if (!LOG.matcher(log).matches() || sequence < 0) {
            throw new IllegalArgumentException(
                    "log: " + log + ", sequence: " + sequence + " (expected: 32 hex digits, >= 0)");
        }
    }

    /** How many records of calls there are in the log up to this one, at most: the first record of a log is its link. */
    public long callRecords() {
        return Math.max(0, sequence - 1);
    }

    @Override
    public int compareTo(RecordId other) {
        return ORDER.compare(this, other);
    }

    /** {@code LOG/SEQUENCE}. */
    @Override
    public String toString() {
        return log + "/" + sequence;
    }
}
