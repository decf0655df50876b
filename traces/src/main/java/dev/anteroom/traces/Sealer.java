package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes frames: decision and body each with AES-256-GCM under a fresh key of its own, that key wrapped with AES-256-GCM
 * under a key of the lifetime. Confined to the writer thread.
 *
 * <p>A nonce is the sequence number and the number of the part. Sequences are given out once in a lifetime, also where a
 * write failed, so no nonce meets the same lifetime key twice, and the key of a part is used once anyway. The additional
 * data is the clear header with start id and segment number: no frame, no part and no wrapped key can be moved.
 */
final class Sealer {
    private static final int RANDOM_BYTES = 4096;

    /** An operator key and what it gives for this lifetime. */
    private record WrapKey(long id, SecretKey key) {
        static WrapKey of(KeyRing ring, KeyRing.Role role, byte[] startId) throws GeneralSecurityException {
            long id = ring.activeId(role);
            return new WrapKey(id, ring.lifetimeKey(id, startId));
        }
    }

    private final SecureRandom random;
    private final byte[] startId;
    private final Map<KeyRing.Role, WrapKey> wrapKeys = new EnumMap<>(KeyRing.Role.class);
    private final Cipher wrap;
    private final Cipher seal;
    private final MessageDigest sha256;
    private final CRC32C crc = new CRC32C();
    private final byte[] aad = new byte[Frame.WRAP_AAD_BYTES];
    private final byte[] nonce = new byte[12];
    private final byte[] randomBytes = new byte[RANDOM_BYTES];
    private int randomAt = randomBytes.length;

    Sealer(KeyRing keys, SecureRandom random, byte[] startId) throws GeneralSecurityException {
        this.random = random;
        this.startId = startId.clone();
        for (KeyRing.Role role : KeyRing.Role.values()) {
            if (keys.has(role)) {
                wrapKeys.put(role, WrapKey.of(keys, role, startId));
            }
        }
        this.wrap = Cipher.getInstance("AES/GCM/NoPadding");
        this.seal = Cipher.getInstance("AES/GCM/NoPadding");
        this.sha256 = MessageDigest.getInstance("SHA-256");
    }

    /** Writes one whole frame into {@code out} at {@code at}; puts fresh salts into the payload. */
    void seal(
            byte kind,
            String traceId,
            long sequence,
            long committed,
            long millis,
            int segment,
            PayloadBuffer payload,
            byte[] out,
            int at)
            throws GeneralSecurityException {
        int length = payload.frameBytes();
        ByteBuffer header = ByteBuffer.wrap(out, at, Frame.HEADER_BYTES);
        header.putInt(Frame.MAGIC).put(Frame.VERSION).put(kind).putShort((short) 0);
        header.putInt(length).putInt(0).putLong(sequence).putLong(committed).putLong(millis);
        header.putLong(TraceIds.most(traceId)).putLong(TraceIds.least(traceId));
        header.putInt(payload.decisionBytes()).putInt(payload.bodyBytes());
        boolean hasBody = payload.bodyBytes() > 0;
        if (kind == Frame.LINK) {
            clear(out, at + Frame.SLOTS_AT, length - Frame.SLOTS_AT);
            System.arraycopy(payload.bytes(), 0, out, at + Frame.HEADER_BYTES, payload.decisionBytes());
        } else {
            salt(payload.bytes(), 0);
        }
        commit(Frame.Section.DECISION, payload.bytes(), 0, payload.decisionBytes(), out, at);
        if (hasBody) {
            salt(payload.bytes(), payload.decisionBytes());
            commit(Frame.Section.BODY, payload.bytes(), payload.decisionBytes(), payload.bodyBytes(), out, at);
        } else {
            clear(out, at + Frame.Section.BODY.commitmentAt, Frame.COMMITMENT_BYTES);
            clear(out, at + Frame.Section.BODY.keyIdAt, Frame.HEADER_BYTES - Frame.Section.BODY.keyIdAt);
        }
        Frame.aad(aad, startId, segment, out, at);
        if (kind != Frame.LINK) {
            seal(
                    Frame.Section.DECISION,
                    wrapKey(Frame.Section.DECISION, kind),
                    sequence,
                    payload.bytes(),
                    0,
                    payload.decisionBytes(),
                    out,
                    at);
        }
        if (hasBody) {
            seal(
                    Frame.Section.BODY,
                    wrapKey(Frame.Section.BODY, kind),
                    sequence,
                    payload.bytes(),
                    payload.decisionBytes(),
                    payload.bodyBytes(),
                    out,
                    at);
        }
        header.putInt(at + Frame.CRC_AT, Frame.crc(crc, out, at, length));
    }

    private WrapKey wrapKey(Frame.Section section, byte kind) throws GeneralSecurityException {
        WrapKey key = wrapKeys.get(section.role(kind));
        if (key == null) {
            throw new GeneralSecurityException("no key for " + section.role(kind));
        }
        return key;
    }

    private void salt(byte[] plain, int at) {
        int saltAt = nextRandom();
        System.arraycopy(randomBytes, saltAt, plain, at, Frame.SALT_BYTES);
        clear(randomBytes, saltAt, Frame.SALT_BYTES);
    }

    /** Puts the hash of the salted part into the header. */
    private void commit(Frame.Section section, byte[] plain, int from, int length, byte[] out, int at)
            throws GeneralSecurityException {
        sha256.update(plain, from, length);
        sha256.digest(out, at + section.commitmentAt, Frame.COMMITMENT_BYTES);
    }

    private void seal(
            Frame.Section section,
            WrapKey wrapKey,
            long sequence,
            byte[] plain,
            int from,
            int length,
            byte[] out,
            int at)
            throws GeneralSecurityException {
        ByteBuffer.wrap(out).putLong(at + section.keyIdAt, wrapKey.id);
        Frame.wrapAad(aad, section, wrapKey.id);
        Frame.nonce(nonce, section, sequence);
        GCMParameterSpec parameters = new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce);
        int keyAt = nextRandom();
        SecretKeySpec key = new SecretKeySpec(randomBytes, keyAt, KeyRing.KEY_BYTES, "AES");
        wrap.init(Cipher.ENCRYPT_MODE, wrapKey.key, parameters);
        wrap.updateAAD(aad);
        wrap.doFinal(randomBytes, keyAt, KeyRing.KEY_BYTES, out, at + section.wrappedAt);
        clear(randomBytes, keyAt, KeyRing.KEY_BYTES);
        seal.init(Cipher.ENCRYPT_MODE, key, parameters);
        seal.updateAAD(aad, 0, Frame.AAD_BYTES);
        seal.doFinal(plain, from, length, out, section.sealedAt(out, at));
    }

    /** Where 32 random bytes stand that were not used before. */
    private int nextRandom() {
        if (randomAt == randomBytes.length) {
            random.nextBytes(randomBytes);
            randomAt = 0;
        }
        int at = randomAt;
        randomAt += KeyRing.KEY_BYTES;
        return at;
    }

    private static void clear(byte[] bytes, int at, int length) {
        Arrays.fill(bytes, at, at + length, (byte) 0);
    }
}
