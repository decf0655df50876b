package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Layout of one frame, big endian. Immutable constants.
 *
 * <pre>
 *   0  int   magic                            64  32 B  commitment to the decision
 *   4  byte  version                          96  32 B  commitment to the body; zeros: there is none
 *   5  byte  kind                            128  long  id of the key that wraps the decision's key
 *   6  short 0                               136  48 B  the decision's key, wrapped; zeros: shredded
 *   8  int   length of the frame             184  long  id of the key that wraps the body's key
 *  12  int   CRC32C                          192  48 B  the body's key, wrapped; zeros: shredded
 *  16  long  sequence in the lifetime, from 1
 *  24  long  committed                       240  ...   the decision, sealed, then the body, sealed
 *  32  long  wall time, ms since the epoch
 *  40  16 B  trace id
 *  56  int   bytes of the decision, unsealed
 *  60  int   bytes of the body, unsealed; 0: there is none
 * </pre>
 *
 * {@code committed} is the last sequence known to be on disk when this frame was made. It tells a torn batch from damage:
 * after a crash the disk may hold a later page of the last batch and lack an earlier one; but a bad frame that a later
 * frame calls committed had been forced, and is corruption.
 *
 * <p>The two key slots, 128 to 240, are neither in the CRC nor in the leaf: a key can be wrapped anew or shredded in place,
 * and proofs of the frame stay as they were.
 */
final class Frame {
    static final int MAGIC = 0x414e5452;
    static final byte VERSION = 2;
    static final int HEADER_BYTES = 240;
    static final int TAG_BYTES = 16;
    static final int COMMITMENT_BYTES = 32;

    /** Random bytes in front of what is sealed, so that nobody can try texts out against a commitment. */
    static final int SALT_BYTES = 32;

    static final int LEAST_BYTES = HEADER_BYTES + SALT_BYTES + TAG_BYTES;

    static final int KIND_AT = 5;
    static final int LENGTH_AT = 8;
    static final int CRC_AT = 12;
    static final int SEQUENCE_AT = 16;
    static final int COMMITTED_AT = 24;
    static final int MILLIS_AT = 32;
    static final int TRACE_AT = 40;
    static final int LENGTHS_AT = 56;
    static final int COMMITMENTS_AT = 64;
    static final int SLOTS_AT = 128;

    static final byte INTENT = 1;
    static final byte OUTCOME = 2;
    static final byte REFUSAL = 3;
    static final byte INTERRUPTED = 4;
    static final byte ORIGINAL = 5;
    static final byte ACCESS = 7;

    /**
     * The first frame of a lifetime: the last checkpoint of the one before, or an empty text, in place of a sealed decision.
     * It is not sealed: its salt, its key slots and its tag are zeros.
     */
    static final byte LINK = 6;

    private Frame() {}

    /** One of the two parts of a record that are sealed apart. */
    enum Section {
        /** What was decided: the record without text of the call. */
        DECISION(0, "decision"),
        /** The text of the call. */
        BODY(1, "body");

        /** What the part is called in nonces and additional data. */
        final int slot;

        /** What an export calls it. */
        final String word;

        final int lengthAt;
        final int commitmentAt;
        final int keyIdAt;
        final int wrappedAt;

        Section(int slot, String word) {
            this.slot = slot;
            this.word = word;
            this.lengthAt = LENGTHS_AT + 4 * slot;
            this.commitmentAt = COMMITMENTS_AT + COMMITMENT_BYTES * slot;
            this.keyIdAt = SLOTS_AT + SLOT_BYTES * slot;
            this.wrappedAt = keyIdAt + 8;
        }

        /** Bytes of the part, unsealed; 0 where there is none. */
        int length(byte[] frame, int at) {
            return ByteBuffer.wrap(frame).getInt(at + lengthAt);
        }

        /** Whose key wraps the key of the part. */
        KeyRing.Role role(byte kind) {
            return kind == ORIGINAL && this == BODY ? KeyRing.Role.ORIGINALS : KeyRing.Role.OPERATOR;
        }

        long keyId(byte[] frame, int at) {
            return ByteBuffer.wrap(frame).getLong(at + keyIdAt);
        }

        /** Where in the array the sealed part of the frame at {@code at} begins. */
        int sealedAt(byte[] frame, int at) {
            return at + HEADER_BYTES + (this == DECISION ? 0 : DECISION.length(frame, at) + TAG_BYTES);
        }

        /** Whether the key of the part was destroyed. */
        boolean isShredded(byte[] frame, int at) {
            return Arrays.equals(frame, at + wrappedAt, at + wrappedAt + WRAPPED_BYTES, NO_KEY, 0, WRAPPED_BYTES);
        }
    }

    static final int WRAPPED_BYTES = KeyRing.KEY_BYTES + TAG_BYTES;

    /** The id of a key and what it wraps; after shredding, when that was and zeros. */
    static final int SLOT_BYTES = 8 + WRAPPED_BYTES;

    private static final byte[] NO_KEY = new byte[WRAPPED_BYTES];

    /** The length of a frame whose parts are so long, salts included; at least two GiB reads as too long for any file. */
    static long bytes(int decisionBytes, int bodyBytes) {
        return (long) HEADER_BYTES + decisionBytes + TAG_BYTES + (bodyBytes == 0 ? 0 : (long) bodyBytes + TAG_BYTES);
    }

    static byte kind(WrittenRecord record) {
        return switch (record) {
            case Original o -> ORIGINAL;
            case Intent i -> INTENT;
            case Outcome o -> OUTCOME;
            case Refusal r -> REFUSAL;
            case Interrupted i -> INTERRUPTED;
            case Access a -> ACCESS;
        };
    }

    /** The word for a kind of record. */
    static String word(byte kind) {
        return switch (kind) {
            case INTENT -> "intent";
            case OUTCOME -> "outcome";
            case REFUSAL -> "refusal";
            case INTERRUPTED -> "interrupted";
            case ORIGINAL -> "original";
            case ACCESS -> "access";
            case LINK -> "link";
            default -> "unknown";
        };
    }

    /** The kind that a word of {@link #word} stands for. */
    static byte kind(String word) throws NoteException {
        for (byte kind = INTENT; kind <= ACCESS; kind++) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        throw new NoteException("a kind of record that is not known");
    }

    /** Whether a record of this kind is the last of its call. */
    static boolean endsCall(byte kind) {
        return kind == OUTCOME || kind == REFUSAL || kind == INTERRUPTED;
    }

    /** What stands in a {@link #LINK} behind its salt. */
    static byte[] link(byte[] frame, int at) {
        int from = at + HEADER_BYTES + SALT_BYTES;
        return Arrays.copyOfRange(frame, from, at + HEADER_BYTES + Section.DECISION.length(frame, at));
    }

    /** Of all but the CRC itself and the key slots. */
    static int crc(CRC32C crc, byte[] frame, int at, int length) {
        crc.reset();
        crc.update(frame, at, CRC_AT);
        crc.update(frame, at + SEQUENCE_AT, SLOTS_AT - SEQUENCE_AT);
        crc.update(frame, at + HEADER_BYTES, length - HEADER_BYTES);
        return (int) crc.getValue();
    }

    /** The additional data of a sealed part: the place of the frame and its clear header without CRC and key slots. */
    static final int AAD_BYTES = 20 + CRC_AT + (SLOTS_AT - SEQUENCE_AT);

    /** The additional data of a wrapped key: the same, then the number of the slot and the id of the wrapping key. */
    static final int WRAP_AAD_BYTES = AAD_BYTES + 1 + 8;

    static void aad(byte[] out, byte[] startId, int segment, byte[] frame, int at) {
        System.arraycopy(startId, 0, out, 0, 16);
        ByteBuffer.wrap(out).putInt(16, segment);
        System.arraycopy(frame, at, out, 20, CRC_AT);
        System.arraycopy(frame, at + SEQUENCE_AT, out, 20 + CRC_AT, SLOTS_AT - SEQUENCE_AT);
    }

    /** Completes {@link #aad} to that of a wrapped key. */
    static void wrapAad(byte[] out, Section section, long keyId) {
        ByteBuffer.wrap(out).put(AAD_BYTES, (byte) section.slot).putLong(AAD_BYTES + 1, keyId);
    }

    /** The 96-bit nonce of a part and of its wrapped key. */
    static void nonce(byte[] out, Section section, long sequence) {
        ByteBuffer.wrap(out).putInt(0, section.slot).putLong(4, sequence);
    }
}
