package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The first 256 bytes of a segment. Immutable.
 *
 * <p>Written when the segment is taken into use, so it also says where the one before it ends: what lies there beyond
 * {@code previousEnd} was never acknowledged.
 *
 * @param afterFailure the segment before was given up; sequences between its end and {@code firstSequence} are void
 * @param openedMillis wall time when taken into use, never less than that of the segment before
 * @param previousEnd offset in the segment before; 0 in the first
 * @param startId of the lifetime: a UUIDv7 as 32 hex digits
 * @param predecessor start id of the lifetime before this one
 */
record SegmentHeader(
        String gatewayId,
        String startId,
        int segment,
        boolean afterFailure,
        long firstSequence,
        long openedMillis,
        long previousEnd,
        String predecessor) {
    static final int BYTES = 256;
    private static final long MAGIC = 0x414e544553454731L;
    private static final int VERSION = 2;
    private static final HexFormat HEX = HexFormat.of();

    /** The predecessor of the first lifetime. */
    static final String NO_PREDECESSOR = "0".repeat(32);

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        byte[] gateway = gatewayId.getBytes(StandardCharsets.US_ASCII);
        out.putLong(MAGIC).putInt(VERSION).putInt(0).put(HEX.parseHex(startId)).putInt(segment);
        out.putInt(afterFailure ? 1 : 0).putLong(firstSequence).putLong(openedMillis);
        out.putLong(previousEnd)
                .put(HEX.parseHex(predecessor))
                .put((byte) gateway.length)
                .put(gateway);
        out.putInt(12, crc(out.array()));
        return out.array();
    }

    /** Throws where the bytes are no header. */
    static SegmentHeader decode(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong() != MAGIC) {
            throw new IOException("its header is damaged");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new IOException(
                    "it is of format " + version + ", and this version reads format " + VERSION + " only");
        }
        if (in.getInt() != crc(bytes)) {
            throw new IOException("its header is damaged");
        }
        byte[] startId = new byte[16];
        in.get(startId);
        int segment = in.getInt();
        boolean afterFailure = in.getInt() != 0;
        long firstSequence = in.getLong();
        long openedMillis = in.getLong();
        long previousEnd = in.getLong();
        byte[] predecessor = new byte[16];
        in.get(predecessor);
        byte[] gateway = new byte[in.get()];
        in.get(gateway);
        String gatewayId = new String(gateway, StandardCharsets.US_ASCII);
        return new SegmentHeader(
                gatewayId,
                HEX.formatHex(startId),
                segment,
                afterFailure,
                firstSequence,
                openedMillis,
                previousEnd,
                HEX.formatHex(predecessor));
    }

    /** Throws where a lifetime begins with a segment of another format; damage is left for who reads it. */
    static void refuseOtherFormats(Path folder, List<JournalFiles.Lifetime> lifetimes)
            throws IOException, JournalException {
        ByteBuffer begin = ByteBuffer.allocate(12);
        for (JournalFiles.Lifetime lifetime : lifetimes) {
            JournalFiles.Segment segment = lifetime.segments().getFirst();
            begin.clear();
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                channel.read(begin, 0);
            }
            if (!begin.hasRemaining() && begin.getLong(0) == MAGIC && begin.getInt(8) != VERSION) {
                throw new JournalException(
                        JournalException.Kind.FORMAT,
                        segment.name() + " is of format " + begin.getInt(8) + ", and this version reads format "
                                + VERSION + " only; move all files of " + folder + " away to start anew");
            }
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        crc.update(bytes, 16, BYTES - 16);
        return (int) crc.getValue();
    }
}
