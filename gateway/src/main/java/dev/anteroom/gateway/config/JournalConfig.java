package dev.anteroom.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * The journal: its sizes, its keys, and how long it keeps what. Immutable.
 *
 * @param alarmFreeBytes below this much free disk the gateway raises an alarm
 * @param reserveBytes below this much free disk the gateway refuses calls
 * @param originals whether what calls asked is kept, sealed, so that they can be replayed
 * @param witness null where nobody signs beside the gateway
 */
public record JournalConfig(
        long segmentBytes,
        long alarmFreeBytes,
        long reserveBytes,
        boolean originals,
        KeepingConfig keeping,
        @Nullable WitnessConfig witness) {}
