package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
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
    private record LifetimeKey(long keyId, String startId) {}

    private final KeyRing keys;
    private final Cipher cipher;
    private final MessageDigest sha256;
    private final Map<LifetimeKey, SecretKey> lifetimeKeys = new HashMap<>();
    private final byte[] aad = new byte[Frame.WRAP_AAD_BYTES];
    private final byte[] nonce = new byte[12];

    Unsealer(KeyRing keys) {
        this.keys = keys;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES/GCM and SHA-256", e);
        }
    }

    /** The record in the frame at {@code at}, or an exception that names its place. */
    TraceRecord open(SegmentScanner.Place place, byte[] frame, int at) throws JournalException {
        String traceId = TraceIds.text(place.most(), place.least());
        byte[] decision = section(Frame.Section.DECISION, place, frame, at);
        if (decision == null) {
            Instant time = Instant.ofEpochMilli(ByteBuffer.wrap(frame).getLong(at + Frame.MILLIS_AT));
            return new ShreddedRecord(traceId, time, Frame.word(place.kind()));
        }
        byte[] body = section(Frame.Section.BODY, place, frame, at);
        try {
            BodyText text = body == null ? new BodyText.Shredded() : TraceJson.parseBody(body);
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
        if (section.isShredded(frame, at)) {
            return null;
        }
        long keyId = section.keyId(frame, at);
        if (!keys.has(keyId)) {
            throw new JournalException(
                    JournalException.Kind.KEY,
                    name(place) + ": sealed with the key " + KeyRing.hex(keyId) + ", which is not in the key ring");
        }
        byte[] opened;
        try {
            byte[] startId = HexFormat.of().parseHex(place.startId());
            LifetimeKey id = new LifetimeKey(keyId, place.startId());
            SecretKey lifetimeKey = lifetimeKeys.get(id);
            if (lifetimeKey == null) {
                lifetimeKey = keys.lifetimeKey(keyId, startId);
                lifetimeKeys.put(id, lifetimeKey);
            }
            Frame.aad(aad, startId, place.segment().number(), frame, at);
            Frame.wrapAad(aad, section, keyId);
            Frame.nonce(nonce, section, place.sequence());
            GCMParameterSpec parameters = new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce);
            cipher.init(Cipher.DECRYPT_MODE, lifetimeKey, parameters);
            cipher.updateAAD(aad);
            byte[] key = cipher.doFinal(frame, at + section.wrappedAt, Frame.WRAPPED_BYTES);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
            cipher.updateAAD(aad, 0, Frame.AAD_BYTES);
            opened = cipher.doFinal(frame, section.sealedAt(frame, at), length + Frame.TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, name(place) + ": authentication failed (" + e.getMessage() + ")");
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

    static String name(SegmentScanner.Place place) {
        return place.segment().name() + ": sequence " + place.sequence();
    }
}
