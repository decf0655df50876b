package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames into the segments of one lifetime: staged in memory, written, forced. Confined to the writer thread.
 *
 * <p>After an {@link IOException} the segment is unusable until {@link #replace} started another.
 */
final class SegmentWriter {
    private static final int STAGE_BYTES = 256 << 10;
    private static final int MOST_KEPT_BYTES = 4 << 20;

    private final JournalOptions options;
    private final Disk disk;
    private final Path folder;
    private final String startId;
    private final String predecessor;
    private final Sealer sealer;
    private final SegmentMaker maker;
    private final LogTree tree;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(STAGE_BYTES);

    private byte[] stage = new byte[STAGE_BYTES];
    private int staged;
    private @Nullable FileChannel channel;
    private @Nullable Path file;
    private int segment;
    private long segmentBytes;
    private long writtenEnd;
    private long durableEnd;
    private long lastSequence;
    private long durableSequence;
    private long openedMillis;

    SegmentWriter(
            JournalOptions options,
            Disk disk,
            Path folder,
            String startId,
            String predecessor,
            Sealer sealer,
            SegmentMaker maker,
            LogTree tree) {
        this.options = options;
        this.disk = disk;
        this.folder = folder;
        this.startId = startId;
        this.predecessor = predecessor;
        this.sealer = sealer;
        this.maker = maker;
        this.tree = tree;
    }

    /** Whether the current segment has room for this frame behind what is staged. */
    boolean fits(int frameBytes) {
        return channel != null && writtenEnd + staged + frameBytes <= segmentBytes;
    }

    long usedBytes() {
        return durableEnd - SegmentHeader.BYTES;
    }

    long durableSequence() {
        return durableSequence;
    }

    String segmentName() {
        return file == null ? "none" : String.valueOf(file.getFileName());
    }

    /** Seals the payload into the next frame; it must fit. The sequence is used up whatever happens. */
    void stage(byte kind, String traceId, PayloadBuffer payload) throws IOException, GeneralSecurityException {
        int frameBytes = payload.frameBytes();
        if (staged + frameBytes > stage.length) {
            flush();
            if (frameBytes > stage.length) {
                stage = new byte[frameBytes];
            }
        }
        long sequence = ++lastSequence;
        long millis = options.clock().millis();
        sealer.seal(kind, traceId, sequence, durableSequence, millis, segment, payload, stage, staged);
        tree.stage(stage, staged);
        staged += frameBytes;
    }

    /** Writes what is staged and forces it: when this returns, all of it is on disk. */
    void force() throws IOException {
        flush();
        disk.force(channel());
        durableEnd = writtenEnd;
        durableSequence = lastSequence;
        if (stage.length > MOST_KEPT_BYTES) {
            stage = new byte[STAGE_BYTES];
        }
    }

    private void flush() throws IOException {
        for (int at = 0; at < staged; at += direct.capacity()) {
            int length = Math.min(direct.capacity(), staged - at);
            direct.clear().put(stage, at, length).flip();
            disk.write(channel(), direct, writtenEnd + at);
        }
        writtenEnd += staged;
        staged = 0;
    }

    /** Starts the next segment, with room for this frame; nothing may be staged. The old one must be forced or failed. */
    void replace(boolean afterFailure, long frameBytes) throws IOException {
        SegmentMaker.Draft draft = maker.take(frameBytes);
        Path name = JournalFiles.segment(folder, options.gatewayId(), startId, segment + 1);
        try {
            openedMillis = Math.max(openedMillis, options.clock().millis());
            SegmentHeader header = new SegmentHeader(
                    options.gatewayId(),
                    startId,
                    segment + 1,
                    afterFailure,
                    lastSequence + 1,
                    openedMillis,
                    segment == 0 ? 0 : durableEnd,
                    predecessor);
            disk.write(draft.channel(), ByteBuffer.wrap(header.encode()), 0);
            disk.force(draft.channel());
            Files.move(draft.file(), name, StandardCopyOption.ATOMIC_MOVE);
            FileChannel old = channel;
            Path full = file;
            channel = draft.channel();
            file = name;
            segment++;
            segmentBytes = draft.bytes();
            writtenEnd = SegmentHeader.BYTES;
            durableEnd = SegmentHeader.BYTES;
            durableSequence = lastSequence;
            Disk.forceDirectory(folder);
            if (old != null && full != null) {
                old.close();
                maker.retire(full);
            }
        } catch (IOException e) {
            if (!name.equals(file)) {
                draft.discard();
            }
            throw e;
        }
    }

    /** Gives the segment up: what is staged or not yet forced is void, and its sequences are never used again. */
    void fail() {
        staged = 0;
        tree.rollback();
        closeQuietly();
    }

    /** Cuts the unused zeros off and marks the lifetime as ended; all must be forced. */
    void end() throws IOException {
        FileChannel open = channel();
        open.truncate(durableEnd);
        open.force(true);
        open.close();
        JournalFiles.close(
                folder, options.gatewayId(), startId, new JournalFiles.End(segment, durableEnd, durableSequence));
    }

    void closeQuietly() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is given up anyway.
            }
        }
    }

    private FileChannel channel() throws IOException {
        if (channel == null) {
            throw new IOException("no segment");
        }
        return channel;
    }
}
