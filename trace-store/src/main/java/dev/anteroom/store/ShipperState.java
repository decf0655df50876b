package dev.anteroom.store;

/**
 * How far the database is behind the journal. Immutable.
 *
 * @param reachable whether the last thing asked of the database was done
 * @param backlogRecords records that are in the journal and not known to be in the database, at most; until the database
 *     was reached once, those of this process alone
 * @param shippedRecords records shipped by this process
 * @param failures how often shipping was given up, to be tried again
 * @param problem what went wrong last, {@code ""} where nothing did; holds no data of any call
 */
public record ShipperState(
        boolean reachable, long backlogRecords, long shippedRecords, long failures, String problem) {}
