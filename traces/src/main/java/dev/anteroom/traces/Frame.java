package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Layout of one frame, big endian. Immutable constants.
 *
 * <pre>
 *   0  int   magic                    32  long  wall time, ms since the epoch
 *   4  byte  version                  40  16 B  trace id
 *   5  byte  kind                     56  long  id of the operator key
 *   6  short 0                        64  48 B  record key, wrapped
 *   8  int   length of the frame     112  ...   payload, sealed
 *  12  int   CRC32C of all the rest
 *  16  long  sequence in the lifetime, from 1
 *  24  long  committed: the last sequence known to be on disk when this frame was made
 * </pre>
 *
 * {@code committed} tells a torn batch from damage. After a crash the disk may hold a later page of the last batch and
 * lack an earlier one; but a bad frame that a later frame calls committed had been forced, and is corruption.
 */
final class Frame {
    static final int MAGIC = 0x414e5452;
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 112;
    static final int TAG_BYTES = 16;
    static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

    static final int LENGTH_AT = 8;
    static final int CRC_AT = 12;
    static final int SEQUENCE_AT = 16;
    static final int COMMITTED_AT = 24;
    static final int MILLIS_AT = 32;
    static final int TRACE_AT = 40;
    static final int KEY_ID_AT = 56;
    static final int WRAPPED_AT = 64;

    static final byte INTENT = 1;
    static final byte OUTCOME = 2;
    static final byte REFUSAL = 3;
    static final byte INTERRUPTED = 4;
    static final byte ORIGINAL = 5;

    private Frame() {}

    static byte kind(TraceRecord record) {
        return switch (record) {
            case Original o -> ORIGINAL;
            case Intent i -> INTENT;
            case Outcome o -> OUTCOME;
            case Refusal r -> REFUSAL;
            case Interrupted i -> INTERRUPTED;
        };
    }

    /** Whether a record of this kind is the last of its call. */
    static boolean endsCall(byte kind) {
        return kind != ORIGINAL && kind != INTENT;
    }

    static int crc(CRC32C crc, byte[] bytes, int at, int length) {
        crc.reset();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + SEQUENCE_AT, length - SEQUENCE_AT);
        return (int) crc.getValue();
    }

    /** The additional authenticated data: the place of the frame and its clear header without CRC and wrapped key. */
    static final int AAD_BYTES = 20 + CRC_AT + (WRAPPED_AT - SEQUENCE_AT);

    static void aad(byte[] out, byte[] startId, int segment, byte[] frame, int at) {
        System.arraycopy(startId, 0, out, 0, 16);
        ByteBuffer.wrap(out).putInt(16, segment);
        System.arraycopy(frame, at, out, 20, CRC_AT);
        System.arraycopy(frame, at + SEQUENCE_AT, out, 20 + CRC_AT, WRAPPED_AT - SEQUENCE_AT);
    }

    /** The 96-bit nonce of both seals of a record. */
    static void nonce(byte[] out, long sequence) {
        ByteBuffer.wrap(out).putLong(4, sequence);
    }
}
