package dev.anteroom.traces;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Journal} is opened with. Immutable.
 *
 * @param dataDirectory the data directory; segments lie in its folder {@code journal}
 * @param gatewayId name of the gateway: letters, digits, {@code . _ -}, at most 64
 * @param segmentBytes size of a segment once warmed up; also the bound of one record
 * @param alarmFreeBytes below this free space the state is {@link JournalState.Status#LOW_SPACE}
 * @param reserveBytes below this free space only outcomes are written
 * @param queueRecords bound of queued records; rounded up to a power of two
 * @param queueBytes bound of their estimated size
 * @param usableBytes tells the free space
 * @param witness who signs checkpoints too; null for nobody
 */
public record JournalOptions(
        Path dataDirectory,
        String gatewayId,
        KeyRing keys,
        Clock clock,
        SecureRandom random,
        long segmentBytes,
        long alarmFreeBytes,
        long reserveBytes,
        int queueRecords,
        long queueBytes,
        LongSupplier usableBytes,
        @Nullable WitnessOptions witness) {
    public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;
    public static final long DEFAULT_ALARM_FREE_BYTES = 2L << 30;
    public static final long DEFAULT_RESERVE_BYTES = 256L << 20;
    public static final int DEFAULT_QUEUE_RECORDS = 8192;
    public static final long DEFAULT_QUEUE_BYTES = 64L << 20;

    static final long MIN_SEGMENT_BYTES = 4096;
    private static final Pattern GATEWAY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public JournalOptions {
        if (!GATEWAY_ID.matcher(gatewayId).matches()) {
            throw new IllegalArgumentException("gatewayId: " + gatewayId + " (expected: " + GATEWAY_ID + ")");
        }
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > 1L << 30) {
            throw new IllegalArgumentException(
                    "segmentBytes: " + segmentBytes + " (expected: " + MIN_SEGMENT_BYTES + " to 1 GiB)");
        }
        if (reserveBytes < 0 || alarmFreeBytes < reserveBytes) {
            throw new IllegalArgumentException("reserveBytes: " + reserveBytes + ", alarmFreeBytes: " + alarmFreeBytes
                    + " (expected: 0 <= reserve <= alarm)");
        }
        if (queueRecords < 2 || queueBytes < 1) {
            throw new IllegalArgumentException("queueRecords: " + queueRecords + ", queueBytes: " + queueBytes
                    + " (expected: at least 2 records, 1 byte)");
        }
    }

    /** The stated defaults with the system clock and the system's secure random source. */
    public static JournalOptions defaults(Path dataDirectory, String gatewayId, KeyRing keys) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                Clock.systemUTC(),
                new SecureRandom(),
                DEFAULT_SEGMENT_BYTES,
                DEFAULT_ALARM_FREE_BYTES,
                DEFAULT_RESERVE_BYTES,
                DEFAULT_QUEUE_RECORDS,
                DEFAULT_QUEUE_BYTES,
                () -> dataDirectory.toFile().getUsableSpace(),
                null);
    }

    /** The same with another clock and random source. */
    public JournalOptions withSources(Clock newClock, SecureRandom newRandom) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                newClock,
                newRandom,
                segmentBytes,
                alarmFreeBytes,
                reserveBytes,
                queueRecords,
                queueBytes,
                usableBytes,
                witness);
    }

    /** The same with another segment size. */
    public JournalOptions withSegmentBytes(long newSegmentBytes) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                clock,
                random,
                newSegmentBytes,
                alarmFreeBytes,
                reserveBytes,
                queueRecords,
                queueBytes,
                usableBytes,
                witness);
    }

    /** The same with other bounds of the queue. */
    public JournalOptions withQueue(int newQueueRecords, long newQueueBytes) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                clock,
                random,
                segmentBytes,
                alarmFreeBytes,
                reserveBytes,
                newQueueRecords,
                newQueueBytes,
                usableBytes,
                witness);
    }

    /** The same with other bounds of free space and another way to learn it. */
    public JournalOptions withSpace(long newAlarmFreeBytes, long newReserveBytes, LongSupplier newUsableBytes) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                clock,
                random,
                segmentBytes,
                newAlarmFreeBytes,
                newReserveBytes,
                queueRecords,
                queueBytes,
                newUsableBytes,
                witness);
    }

    /** The same with a witness. */
    public JournalOptions withWitness(WitnessOptions newWitness) {
        return new JournalOptions(
                dataDirectory,
                gatewayId,
                keys,
                clock,
                random,
                segmentBytes,
                alarmFreeBytes,
                reserveBytes,
                queueRecords,
                queueBytes,
                usableBytes,
                newWitness);
    }
}
