package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Opens frames that {@link Sealer} made. Confined to one thread. */
final class Unsealer {
    private static final int SLOT_READS = 3;

    private record LifetimeKey(long keyId, String startId) {}

    private final KeyRing keys;
    private final ShreddedBy shreddedBy;
    private final Cipher cipher;
    private final MessageDigest sha256;
    private final Map<LifetimeKey, SecretKey> lifetimeKeys = new HashMap<>();
    private final byte[] aad = new byte[Frame.WRAP_AAD_BYTES];
    private final byte[] nonce = new byte[12];
    private byte @Nullable [] lastDecision;
    private byte @Nullable [] lastBody;

    Unsealer(KeyRing keys) {
        this(keys, ShreddedBy.nobody());
    }

    Unsealer(KeyRing keys, ShreddedBy shreddedBy) {
        this.keys = keys;
        this.shreddedBy = shreddedBy;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES/GCM and SHA-256", e);
        }
    }

    /** Whether there are keys of this role. */
    boolean mayOpen(KeyRing.Role role) {
        return keys.has(role);
    }

    /** The record in the frame at {@code at}, or an exception that names its place. */
    TraceRecord open(SegmentScanner.Place place, byte[] frame, int at) throws JournalException {
        String traceId = TraceIds.text(place.most(), place.least());
        byte[] decision = section(Frame.Section.DECISION, place, frame, at);
        lastDecision = decision;
        if (decision == null) {
            Instant time = Instant.ofEpochMilli(ByteBuffer.wrap(frame).getLong(at + Frame.MILLIS_AT));
            return new ShreddedRecord(
                    traceId,
                    time,
                    Frame.word(place.kind()),
                    Shredding.of(Frame.Section.DECISION.keyId(frame, at), shreddedBy));
        }
        byte[] body = section(Frame.Section.BODY, place, frame, at);
        lastBody = body;
        try {
            BodyText text = body == null
                    ? new BodyText.Shredded(Shredding.of(Frame.Section.BODY.keyId(frame, at), shreddedBy))
                    : TraceJson.parseBody(body);
            WrittenRecord record = TraceJson.parse(decision, text);
            if (Frame.kind(record) != place.kind() || !record.traceId().equals(traceId)) {
                throw new IOException("another record");
            }
            return record;
        } catch (IOException e) {
            // Not named as a cause: the parser may quote content.
            throw new JournalException(
                    JournalException.Kind.CORRUPT, name(place) + ": authentic, but not a record this version reads");
        }
    }

    /** The record that was opened last, as it was written; null where it was shredded. */
    @Nullable
    WrittenJson written() {
        byte[] decision = lastDecision;
        return decision == null ? null : new WrittenJson(text(decision), lastBody == null ? "" : text(lastBody));
    }

    private static String text(byte[] section) {
        return section.length == 0
                ? ""
                : new String(section, Frame.SALT_BYTES, section.length - Frame.SALT_BYTES, StandardCharsets.UTF_8);
    }

    /**
     * Opens one part of the frame at {@code at}: salt and JSON, checked against the commitment; empty where there is none,
     * null where it was shredded.
     */
    byte @Nullable [] section(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at)
            throws JournalException {
        int length = section.length(frame, at);
        if (length == 0) {
            return new byte[0];
        }
        if (place.kind() == Frame.LINK) {
            int from = section.sealedAt(frame, at);
            return checked(section, place, frame, at, Arrays.copyOfRange(frame, from, from + length));
        }
        byte[] key = key(section, place, frame, at);
        if (key == null) {
            return null;
        }
        byte[] opened;
        try {
            Frame.aad(aad, startId(place), place.segment().number(), frame, at);
            Frame.nonce(nonce, section, place.sequence());
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce));
            cipher.updateAAD(aad, 0, Frame.AAD_BYTES);
            opened = cipher.doFinal(frame, section.sealedAt(frame, at), length + Frame.TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw unauthentic(place, e);
        }
        return checked(section, place, frame, at, opened);
    }

    private byte[] checked(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at, byte[] opened)
            throws JournalException {
        int commitmentAt = at + section.commitmentAt;
        if (!Arrays.equals(
                sha256.digest(opened),
                0,
                Frame.COMMITMENT_BYTES,
                frame,
                commitmentAt,
                commitmentAt + Frame.COMMITMENT_BYTES)) {
            throw new JournalException(JournalException.Kind.CORRUPT, name(place) + ": not what the record commits to");
        }
        return opened;
    }

    /**
     * The key of a part, or null where it was destroyed.
     *
     * <p>Another process may be wrapping or shredding it at this moment: a slot that does not open is read again before it is believed to be damaged.
     */
    private byte @Nullable [] key(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at)
            throws JournalException {
        for (int again = SLOT_READS; ; again--) {
            if (section.isShredded(frame, at)) {
                return null;
            }
            long keyId = section.keyId(frame, at);
            try {
                if (keys.has(keyId)) {
                    return wrap(Cipher.DECRYPT_MODE, section, place, frame, at, keyId, at + section.wrappedAt);
                }
            } catch (GeneralSecurityException e) {
                if (again == 0) {
                    throw unauthentic(place, e);
                }
            }
            if (again == 0) {
                String whose = section.role(place.kind()).word();
                throw new JournalException(
                        JournalException.Kind.KEY,
                        name(place) + ": sealed with the " + whose + " key " + KeyRing.hex(keyId)
                                + ", which is not in the key ring");
            }
            readSlot(section, place, frame, at);
        }
    }

    private void readSlot(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at)
            throws JournalException {
        ByteBuffer slot = ByteBuffer.wrap(frame, at + section.keyIdAt, Frame.SLOT_BYTES);
        try (FileChannel channel = FileChannel.open(place.segment().file(), StandardOpenOption.READ)) {
            long offset = place.offset() + section.keyIdAt;
            while (slot.hasRemaining() && channel.read(slot, offset + Frame.SLOT_BYTES - slot.remaining()) >= 0) {
                // until full
            }
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.FAILED, name(place) + ": " + e.getMessage(), e);
        }
    }

    /** The contents of a slot with the same key, wrapped under another one. */
    byte[] rewrap(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at, long newKeyId)
            throws JournalException, GeneralSecurityException {
        byte[] key = key(section, place, frame, at);
        if (key == null) {
            throw new IllegalArgumentException("section: shredded (expected: one with a key)");
        }
        byte[] copy = Arrays.copyOfRange(frame, at, at + Frame.HEADER_BYTES);
        System.arraycopy(key, 0, copy, section.wrappedAt, KeyRing.KEY_BYTES);
        byte[] wrapped = wrap(Cipher.ENCRYPT_MODE, section, place, copy, 0, newKeyId, section.wrappedAt);
        return ByteBuffer.allocate(Frame.SLOT_BYTES)
                .putLong(newKeyId)
                .put(wrapped)
                .array();
    }

    /** Wraps or unwraps the key that stands at {@code keyAt}. */
    private byte[] wrap(
            int mode, Frame.Section section, SegmentScanner.Place place, byte[] frame, int at, long keyId, int keyAt)
            throws GeneralSecurityException {
        LifetimeKey id = new LifetimeKey(keyId, place.startId());
        SecretKey lifetimeKey = lifetimeKeys.get(id);
        if (lifetimeKey == null) {
            lifetimeKey = keys.lifetimeKey(keyId, startId(place));
            lifetimeKeys.put(id, lifetimeKey);
        }
        Frame.aad(aad, startId(place), place.segment().number(), frame, at);
        Frame.wrapAad(aad, section, keyId);
        Frame.nonce(nonce, section, place.sequence());
        cipher.init(mode, lifetimeKey, new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(frame, keyAt, mode == Cipher.ENCRYPT_MODE ? KeyRing.KEY_BYTES : Frame.WRAPPED_BYTES);
    }

    private static byte[] startId(SegmentScanner.Place place) {
        return HexFormat.of().parseHex(place.startId());
    }

    private static JournalException unauthentic(SegmentScanner.Place place, GeneralSecurityException e) {
        return new JournalException(
                JournalException.Kind.CORRUPT, name(place) + ": authentication failed (" + e.getMessage() + ")");
    }

    static String name(SegmentScanner.Place place) {
        return place.segment().name() + ": sequence " + place.sequence();
    }
}
