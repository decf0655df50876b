package dev.anteroom.traces;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/** What the writer thread does with a record before it is forced: encode, seal, place in the buffer. Confined to one thread. */
public final class StagedRecords {
    private static final int BUFFER_BYTES = 1 << 20;

    private final PayloadBuffer payload = new PayloadBuffer();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Sealer sealer;
    private long sequence;

    /** With these keys. */
    public StagedRecords(KeyRing keys, SecureRandom random) throws GeneralSecurityException {
        byte[] startId = new byte[16];
        random.nextBytes(startId);
        this.sealer = new Sealer(keys, random, startId);
    }

    /** Stages the records of a call one behind the other and returns how many bytes they take. */
    public int stage(Original original, Intent intent, Outcome outcome) throws IOException, GeneralSecurityException {
        int at = 0;
        for (WrittenRecord record : List.<WrittenRecord>of(original, intent, outcome)) {
            payload.encode(record);
            sealer.seal(
                    Frame.kind(record),
                    record.traceId(),
                    ++sequence,
                    sequence - 1,
                    record.time().toEpochMilli(),
                    1,
                    payload,
                    buffer,
                    at);
            at += payload.frameBytes();
        }
        return at;
    }

    @Override
    public String toString() {
        return "StagedRecords[" + sequence + "]";
    }
}
