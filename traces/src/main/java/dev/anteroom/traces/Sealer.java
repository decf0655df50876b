package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes frames: AES-256-GCM under a fresh key a record, that key wrapped with AES-256-GCM under the lifetime's key.
 * Confined to the writer thread.
 *
 * <p>Both nonces are the sequence number. It is given out once in a lifetime, also where a write failed, so no nonce
 * meets the same lifetime key twice, and the record key is used once anyway. The additional data of both is the clear
 * header with start id and segment number: no frame and no wrapped key can be moved.
 */
final class Sealer {
    private static final int KEYS_AHEAD = 64;

    private final SecureRandom random;
    private final byte[] startId;
    private final long keyId;
    private final SecretKey lifetimeKey;
    private final Cipher wrap;
    private final Cipher seal;
    private final CRC32C crc = new CRC32C();
    private final byte[] aad = new byte[Frame.AAD_BYTES];
    private final byte[] nonce = new byte[12];
    private final byte[] randomBytes = new byte[KEYS_AHEAD * KeyRing.KEY_BYTES];
    private int randomAt = randomBytes.length;

    Sealer(KeyRing keys, SecureRandom random, byte[] startId) throws GeneralSecurityException {
        this.random = random;
        this.startId = startId.clone();
        this.keyId = keys.activeId(KeyRing.Role.OPERATOR);
        this.lifetimeKey = keys.lifetimeKey(keyId, startId);
        this.wrap = Cipher.getInstance("AES/GCM/NoPadding");
        this.seal = Cipher.getInstance("AES/GCM/NoPadding");
    }

    static int frameBytes(int payloadBytes) {
        return payloadBytes + Frame.OVERHEAD_BYTES;
    }

    /** Writes one whole frame into {@code out} at {@code at}; returns its length. */
    int seal(
            byte kind,
            String traceId,
            long sequence,
            long committed,
            long millis,
            int segment,
            byte[] payload,
            int payloadBytes,
            byte[] out,
            int at)
            throws GeneralSecurityException {
        int length = frameBytes(payloadBytes);
        ByteBuffer header = ByteBuffer.wrap(out, at, Frame.HEADER_BYTES);
        header.putInt(Frame.MAGIC).put(Frame.VERSION).put(kind).putShort((short) 0);
        header.putInt(length).putInt(0).putLong(sequence).putLong(committed).putLong(millis);
        header.putLong(TraceIds.most(traceId)).putLong(TraceIds.least(traceId)).putLong(keyId);
        Frame.aad(aad, startId, segment, out, at);
        Frame.nonce(nonce, sequence);
        GCMParameterSpec parameters = new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce);
        int keyAt = nextKey();
        SecretKeySpec recordKey = new SecretKeySpec(randomBytes, keyAt, KeyRing.KEY_BYTES, "AES");
        wrap.init(Cipher.ENCRYPT_MODE, lifetimeKey, parameters);
        wrap.updateAAD(aad);
        wrap.doFinal(randomBytes, keyAt, KeyRing.KEY_BYTES, out, at + Frame.WRAPPED_AT);
        Arrays.fill(randomBytes, keyAt, keyAt + KeyRing.KEY_BYTES, (byte) 0);
        seal.init(Cipher.ENCRYPT_MODE, recordKey, parameters);
        seal.updateAAD(aad);
        seal.doFinal(payload, 0, payloadBytes, out, at + Frame.HEADER_BYTES);
        header.putInt(at + Frame.CRC_AT, Frame.crc(crc, out, at, length));
        return length;
    }

    private int nextKey() {
        if (randomAt == randomBytes.length) {
            random.nextBytes(randomBytes);
            randomAt = 0;
        }
        int at = randomAt;
        randomAt += KeyRing.KEY_BYTES;
        return at;
    }
}
