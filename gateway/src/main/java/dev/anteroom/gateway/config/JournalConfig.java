package dev.anteroom.gateway.config;

/**
 * The sizes of the journal. Immutable.
 *
 * @param alarmFreeBytes below this much free disk the gateway raises an alarm
 * @param reserveBytes below this much free disk the gateway refuses calls
 */
public record JournalConfig(long segmentBytes, long alarmFreeBytes, long reserveBytes) {}
