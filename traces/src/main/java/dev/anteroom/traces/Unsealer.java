package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens frames that {@link Sealer} made. Confined to one thread. */
final class Unsealer {
    private record LifetimeKey(long keyId, String startId) {}

    private final KeyRing keys;
    private final Cipher cipher;
    private final Map<LifetimeKey, SecretKey> lifetimeKeys = new HashMap<>();
    private final byte[] aad = new byte[Frame.AAD_BYTES];
    private final byte[] nonce = new byte[12];

    Unsealer(KeyRing keys) {
        this.keys = keys;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES/GCM", e);
        }
    }

    /** The record in the frame at {@code at}, or an exception that names its place. */
    TraceRecord open(SegmentScanner.Place place, byte[] frame, int at) throws JournalException {
        long keyId = ByteBuffer.wrap(frame).getLong(at + Frame.KEY_ID_AT);
        if (!keys.has(keyId)) {
            throw new JournalException(
                    JournalException.Kind.KEY,
                    name(place) + ": sealed with the key " + KeyRing.hex(keyId) + ", which is not in the key ring");
        }
        try {
            byte[] startId = HexFormat.of().parseHex(place.startId());
            LifetimeKey id = new LifetimeKey(keyId, place.startId());
            SecretKey lifetimeKey = lifetimeKeys.get(id);
            if (lifetimeKey == null) {
                lifetimeKey = keys.lifetimeKey(keyId, startId);
                lifetimeKeys.put(id, lifetimeKey);
            }
            Frame.aad(aad, startId, place.segment().number(), frame, at);
            Frame.nonce(nonce, place.sequence());
            GCMParameterSpec parameters = new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce);
            cipher.init(Cipher.DECRYPT_MODE, lifetimeKey, parameters);
            cipher.updateAAD(aad);
            byte[] key = cipher.doFinal(frame, at + Frame.WRAPPED_AT, KeyRing.KEY_BYTES + Frame.TAG_BYTES);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
            cipher.updateAAD(aad);
            byte[] json = cipher.doFinal(frame, at + Frame.HEADER_BYTES, place.length() - Frame.HEADER_BYTES);
            TraceRecord record = TraceJson.parse(json);
            if (Frame.kind(record) != place.kind()
                    || !record.traceId().equals(TraceIds.text(place.most(), place.least()))) {
                throw new IOException("another record");
            }
            return record;
        } catch (GeneralSecurityException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, name(place) + ": authentication failed (" + e.getMessage() + ")");
        } catch (IOException e) {
            // Not named as a cause: the parser may quote content.
            throw new JournalException(
                    JournalException.Kind.CORRUPT, name(place) + ": authentic, but not a record this version reads");
        }
    }

    static String name(SegmentScanner.Place place) {
        return place.segment().name() + ": sequence " + place.sequence();
    }
}
