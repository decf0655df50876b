package dev.anteroom.traces;

/**
 * What a journal is able to do right now, and what it has done. Immutable.
 *
 * @param queuedRecords records waiting for the writer
 * @param queuedBytes their estimated size
 * @param usableBytes free space when last looked, at most a quarter of a second ago
 * @param intents made durable in this lifetime; {@code outcomes} and {@code refusals} likewise
 * @param interrupted intents of earlier lifetimes, or open at close, that were marked as interrupted
 * @param openIntents durable intents without an outcome
 * @param rejected appends that failed, for whatever reason
 * @param forces how often the disk was forced; records divided by forces is the size of a group
 * @param failedSegments segments given up because a write or force failed
 * @param writtenBytes bytes of all durable frames
 * @param tree how far the log is signed for
 */
public record JournalState(
        Status status,
        int queuedRecords,
        long queuedBytes,
        long usableBytes,
        long intents,
        long outcomes,
        long refusals,
        long interrupted,
        long openIntents,
        long rejected,
        long forces,
        long failedSegments,
        long writtenBytes,
        Tree tree) {
    /**
     * How far the log of this lifetime is signed for. Immutable.
     *
     * @param records in the log
     * @param signed how many of them the latest signed checkpoint covers
     * @param witnessed how many the latest one covers that a witness has signed too
     * @param failures how often writing a checkpoint failed, or handing it to the witness
     */
    public record Tree(long records, long signed, long witnessed, long failures) {}

    /** What is accepted. */
    public enum Status {
        /** Everything. */
        OPEN,
        /** Everything, but space runs out: less than the alarm is free. */
        LOW_SPACE,
        /** Everything, but the disk has kept the writer waiting for a second so far. */
        SLOW,
        /** Outcomes of existing intents only: the disk has kept the writer waiting for five seconds so far. */
        STALLED,
        /** Outcomes of existing intents only: less than the reserve is free. */
        NO_SPACE,
        /** Nothing until a new segment could be started, which is tried again and again. */
        FAILED,
        /** Nothing any more. */
        CLOSED
    }

    /** Whether a new intent or refusal would be taken. */
    public boolean accepting() {
        return status == Status.OPEN || status == Status.LOW_SPACE || status == Status.SLOW;
    }
}
