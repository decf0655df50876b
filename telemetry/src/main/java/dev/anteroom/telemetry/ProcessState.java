package dev.anteroom.telemetry;

import java.util.Map;
import java.util.Optional;

/**
 * How the process is right now. Immutable.
 *
 * @param detectorQueue tasks that wait for a detector thread
 * @param historyEntries turns whose findings are kept
 * @param targets health of each target, in lower case
 * @param store empty where there is none
 */
public record ProcessState(
        boolean ready,
        int activeCalls,
        int detectorQueue,
        int historyEntries,
        JournalNumbers journal,
        Map<String, String> targets,
        Optional<StoreNumbers> store) {
    /** The journal's numbers. Immutable. */
    public record JournalNumbers(
            String status,
            int queuedRecords,
            long queuedBytes,
            long freeBytes,
            long openIntents,
            long intents,
            long outcomes,
            long refusals,
            long rejected,
            long forces,
            long failedSegments,
            long writtenBytes,
            long logRecords,
            long signedRecords,
            long witnessedRecords,
            long checkpointFailures) {}

    /** The numbers of the database that records are copied to. Immutable. */
    public record StoreNumbers(boolean reachable, long backlogRecords, long shippedRecords, long failures) {}
}
