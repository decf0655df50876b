package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of a lifetime by their clear headers, checking CRC and sequence, without any key. Confined to one
 * thread; holds one window of 256 KiB, or of the largest frame met.
 *
 * <p>Where the end of a segment is known (from the header of the next one or the marker of a closed lifetime) every byte
 * before it must be a good frame. Where it is not, the process is running or died: the segment ends at the first bad
 * frame, unless a later frame calls that one committed. A bad frame is read again before it is believed to be bad, since
 * a running process may have written it in between.
 */
final class SegmentScanner {
    private static final int WINDOW_BYTES = 256 << 10;
    private static final byte[] ZEROS = new byte[WINDOW_BYTES];

    /** Told of each good frame; the bytes are valid during the call only. */
    interface Visitor {
        /** Returns false to stop. */
        boolean frame(Place place, byte[] bytes, int at);
    }

    /** Where a frame lies and what its clear header says. Immutable. */
    record Place(
            JournalFiles.Segment segment,
            String startId,
            long offset,
            int length,
            byte kind,
            long sequence,
            long most,
            long least) {
        RecordId id() {
            return new RecordId(startId, sequence);
        }
    }

    private final Consumer<Damage> damage;
    private final CRC32C crc = new CRC32C();
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowBytes;

    SegmentScanner(Consumer<Damage> damage) {
        this.damage = damage;
    }

    private void damage(LogReport.Kind kind, JournalFiles.Segment segment, long sequence, String what) {
        damage.accept(new Damage(kind, segment.name(), sequence, what));
    }

    /** The header, or null, with the damage told, where it is none. */
    @Nullable
    SegmentHeader header(JournalFiles.Lifetime lifetime, JournalFiles.Segment segment) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
            readFully(channel, bytes, 0);
        }
        try {
            SegmentHeader header = SegmentHeader.decode(bytes.array());
            if (header.segment() == segment.number()
                    && header.startId().equals(lifetime.startId())
                    && header.gatewayId().equals(lifetime.gatewayId())) {
                return header;
            }
            damage(LogReport.Kind.ALTERED, segment, 0, "its header is that of another segment");
        } catch (IOException e) {
            damage(LogReport.Kind.ALTERED, segment, 0, String.valueOf(e.getMessage()));
        }
        return null;
    }

    /**
     * Walks the segments {@code [from, to)} of a lifetime; the neighbours tell where they begin and end.
     *
     * @param thorough also look behind the first bad frame of an unended segment
     * @return where the last of them ends, or null where the visitor stopped or damage hid it
     */
    JournalFiles.@Nullable End scan(JournalFiles.Lifetime lifetime, int from, int to, boolean thorough, Visitor visitor)
            throws IOException {
        List<JournalFiles.Segment> segments = lifetime.segments();
        JournalFiles.End closed = lifetime.closed();
        JournalFiles.End end = null;
        SegmentHeader next = from < to ? header(lifetime, segments.get(from)) : null;
        for (int i = from; i < to; i++) {
            JournalFiles.Segment segment = segments.get(i);
            SegmentHeader header = next;
            boolean last = i + 1 == segments.size();
            next = last ? null : header(lifetime, segments.get(i + 1));
            if (!last && segments.get(i + 1).number() != segment.number() + 1) {
                damage(LogReport.Kind.REMOVED, segment, 0, "the segment after it is missing");
                next = null;
            }
            long known = next != null ? next.previousEnd() : -1;
            if (last && closed != null) {
                known = closed.segment() == segment.number() ? closed.offset() : -1;
                if (known < 0) {
                    damage(LogReport.Kind.TRUNCATED, segment, 0, "the segment after it is missing");
                }
            }
            if (header == null) {
                end = null;
                continue;
            }
            Walk walk = new Walk(segment, header, known, thorough, visitor);
            if (!walk.run()) {
                return null;
            }
            end = new JournalFiles.End(segment.number(), walk.offset, walk.expected - 1);
            long expectedNext = last && closed != null ? closed.sequence() + 1 : walk.expected;
            boolean gap = next != null && next.firstSequence() != walk.expected && !next.afterFailure();
            if (gap || (next != null && next.firstSequence() < walk.expected) || expectedNext != walk.expected) {
                damage(
                        last ? LogReport.Kind.TRUNCATED : LogReport.Kind.REMOVED,
                        segment,
                        walk.expected,
                        "sequence " + walk.expected + " or what follows is missing");
            }
        }
        return end;
    }

    /** One segment being walked. */
    private final class Walk {
        private final JournalFiles.Segment segment;
        private final SegmentHeader header;
        private final long known;
        private final boolean thorough;
        private final Visitor visitor;
        private long offset = SegmentHeader.BYTES;
        private long expected;

        Walk(JournalFiles.Segment segment, SegmentHeader header, long known, boolean thorough, Visitor visitor) {
            this.segment = segment;
            this.header = header;
            this.known = known;
            this.thorough = thorough;
            this.visitor = visitor;
            this.expected = header.firstSequence();
        }

        /** False where the visitor stopped. */
        boolean run() throws IOException {
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                windowBytes = 0;
                while (offset != known) {
                    if (known >= 0 && offset > known) {
                        damage(LogReport.Kind.ALTERED, segment, 0, "goes on behind its end at offset " + known);
                        break;
                    }
                    int length = frameLength(channel, offset, false);
                    if (length == 0) {
                        length = frameLength(channel, offset, true);
                    }
                    if (length == 0) {
                        long again = resume(channel);
                        if (again < 0) {
                            break;
                        }
                        length = frameLength(channel, offset, true);
                        if (length == 0) {
                            offset = again;
                            continue;
                        }
                    }
                    if (!visit(length)) {
                        return false;
                    }
                }
            } catch (NoSuchFileException e) {
                damage(LogReport.Kind.REMOVED, segment, 0, "gone while reading");
            }
            return true;
        }

        private boolean visit(int length) {
            int at = (int) (offset - windowAt);
            ByteBuffer bytes = ByteBuffer.wrap(window, at, Frame.HEADER_BYTES);
            long sequence = bytes.getLong(at + Frame.SEQUENCE_AT);
            if (sequence != expected) {
                damage(
                        sequence < expected ? LogReport.Kind.REORDERED : LogReport.Kind.REMOVED,
                        segment,
                        expected,
                        "sequence " + expected + " is missing, found " + sequence);
            }
            Place place = new Place(
                    segment,
                    header.startId(),
                    offset,
                    length,
                    bytes.get(at + Frame.KIND_AT),
                    sequence,
                    bytes.getLong(at + Frame.TRACE_AT),
                    bytes.getLong(at + Frame.TRACE_AT + 8));
            expected = sequence + 1;
            offset += length;
            return visitor.frame(place, window, at);
        }

        /** After a bad frame: the offset of the next good one to go on at, with the damage told, or -1 at the end. */
        private long resume(FileChannel channel) throws IOException {
            if (known < 0 && !thorough) {
                return -1;
            }
            long next = offset;
            do {
                next = search(channel, next + 1);
            } while (next >= 0 && known < 0 && committed(next) < expected);
            if (known < 0 && next < 0) {
                return -1;
            }
            if (frameLength(channel, offset, true) > 0) {
                return offset;
            }
            damage(
                    LogReport.Kind.ALTERED,
                    segment,
                    expected,
                    "damaged at sequence " + expected + " (offset " + offset + ")");
            if (next < 0 || (known >= 0 && next >= known)) {
                offset = Math.max(offset, known);
                return -1;
            }
            expected = peekSequence(channel, next);
            return next;
        }

        private long peekSequence(FileChannel channel, long at) throws IOException {
            frameLength(channel, at, false);
            return ByteBuffer.wrap(window).getLong((int) (at - windowAt) + Frame.SEQUENCE_AT);
        }

        private long committed(long at) {
            return ByteBuffer.wrap(window).getLong((int) (at - windowAt) + Frame.COMMITTED_AT);
        }

        /** The first offset from {@code from} on where a good frame stands, or -1. */
        private long search(FileChannel channel, long from) throws IOException {
            long at = from;
            int overlap = Frame.LEAST_BYTES;
            while (load(channel, at, overlap, false)) {
                int begin = (int) (at - windowAt);
                int end = windowBytes - overlap;
                if (Arrays.equals(window, begin, windowBytes, ZEROS, 0, Math.min(windowBytes - begin, ZEROS.length))) {
                    at = windowAt + end + 1;
                    continue;
                }
                long base = windowAt;
                for (int i = begin; i <= end; i++) {
                    if (window[i] == 'A' && window[i + 1] == 'N' && window[i + 2] == 'T' && window[i + 3] == 'R') {
                        long found = base + i;
                        if (frameLength(channel, found, false) > 0) {
                            return found;
                        }
                        at = found;
                        break;
                    }
                    at = base + i;
                }
                at++;
            }
            return -1;
        }
    }

    /** The length of the good frame at this offset, which then lies in the window, or 0. */
    private int frameLength(FileChannel channel, long offset, boolean fresh) throws IOException {
        if (!load(channel, offset, Frame.LEAST_BYTES, fresh)) {
            return 0;
        }
        int at = (int) (offset - windowAt);
        ByteBuffer bytes = ByteBuffer.wrap(window);
        int length = bytes.getInt(at + Frame.LENGTH_AT);
        if (bytes.getInt(at) != Frame.MAGIC
                || bytes.get(at + 4) != Frame.VERSION
                || length < Frame.LEAST_BYTES
                || (offset + length > windowAt + windowBytes && length > channel.size() - offset)
                || !load(channel, offset, length, false)) {
            return 0;
        }
        at = (int) (offset - windowAt);
        bytes = ByteBuffer.wrap(window);
        int decision = bytes.getInt(at + Frame.Section.DECISION.lengthAt);
        int body = bytes.getInt(at + Frame.Section.BODY.lengthAt);
        boolean good = bytes.getInt(at + Frame.CRC_AT) == Frame.crc(crc, window, at, length)
                && decision >= Frame.SALT_BYTES
                && (body == 0 || body >= Frame.SALT_BYTES)
                && length == Frame.bytes(decision, body);
        return good ? length : 0;
    }

    /** Makes the window hold these bytes; false where the file ends before. */
    private boolean load(FileChannel channel, long offset, int length, boolean fresh) throws IOException {
        if (!fresh && offset >= windowAt && offset + length <= windowAt + windowBytes) {
            return true;
        }
        if (length > window.length) {
            window = new byte[length];
        }
        ByteBuffer into = ByteBuffer.wrap(window);
        windowAt = offset;
        readFully(channel, into, offset);
        windowBytes = into.position();
        return windowBytes >= length;
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
