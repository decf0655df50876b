package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What of a frame the tree is over, as it stands in the frame: kind, sequence, time, trace id and the commitments to both
 * parts. Immutable; the array is not copied and not to be written.
 *
 * <p>Neither keys nor what is sealed belong to it, so a proof outlives both.
 */
record Leaf(byte[] data) {
    static final int BYTES = 100;

    static Leaf of(byte[] frame, int at) {
        byte[] data = new byte[BYTES];
        copy(frame, at, data, 0);
        return new Leaf(data);
    }

    /** Bytes 4 to 8, 16 to 24, 32 to 56 and 64 to 128 of the frame. */
    static void copy(byte[] frame, int at, byte[] out, int to) {
        System.arraycopy(frame, at + 4, out, to, 4);
        System.arraycopy(frame, at + Frame.SEQUENCE_AT, out, to + 4, 8);
        System.arraycopy(frame, at + Frame.MILLIS_AT, out, to + 12, 24);
        System.arraycopy(frame, at + Frame.COMMITMENTS_AT, out, to + 36, 2 * Frame.COMMITMENT_BYTES);
    }

    /** Puts the fields of an export together again. */
    static Leaf of(byte kind, long sequence, long millis, String traceId, byte[] decision, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.put(Frame.VERSION).put(kind).putShort((short) 0).putLong(sequence).putLong(millis);
        out.putLong(TraceIds.most(traceId)).putLong(TraceIds.least(traceId));
        out.put(decision).put(body);
        return new Leaf(out.array());
    }

    byte kind() {
        return data[1];
    }

    long sequence() {
        return ByteBuffer.wrap(data).getLong(4);
    }

    long millis() {
        return ByteBuffer.wrap(data).getLong(12);
    }

    String traceId() {
        ByteBuffer in = ByteBuffer.wrap(data);
        return TraceIds.text(in.getLong(20), in.getLong(28));
    }

    byte[] commitment(Frame.Section section) {
        int at = 36 + Frame.COMMITMENT_BYTES * section.slot;
        return Arrays.copyOfRange(data, at, at + Frame.COMMITMENT_BYTES);
    }

    /** Whether the record has this part at all. */
    boolean has(Frame.Section section) {
        for (byte b : commitment(section)) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }
}
