package dev.anteroom.gateway.config;

/**
 * The journal: its sizes, its keys, and how long it keeps what. Immutable.
 *
 * @param alarmFreeBytes below this much free disk the gateway raises an alarm
 * @param reserveBytes below this much free disk the gateway refuses calls
 * @param originals whether what calls asked is kept, sealed, so that they can be replayed
 */
public record JournalConfig(
        long segmentBytes, long alarmFreeBytes, long reserveBytes, boolean originals, KeepingConfig keeping) {}
