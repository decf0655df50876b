package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one record at a time, in an array that is used again. Confined to the writer thread.
 *
 * <p>One generator serves all records, so that a record allocates nothing but what the generator does for its strings.
 */
final class PayloadBuffer extends OutputStream {
    private static final int USUAL_BYTES = 64 << 10;
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int count;
    private @Nullable JsonGenerator generator;

    byte[] bytes() {
        return bytes;
    }

    /** Encodes the record; returns the length. Throws where a string of it is null. */
    int encode(TraceRecord record) throws IOException {
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
        count = 0;
        JsonGenerator out = generator;
        if (out == null) {
            out = TraceJson.FACTORY.createGenerator(this);
        }
        generator = null; // a generator that failed half-way is not used again
        TraceJson.write(record, out);
        out.flush();
        generator = out;
        return count;
    }

    @Override
    public void write(int b) {
        ensure(1);
        bytes[count++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, count, length);
        count += length;
    }

    private void ensure(int more) {
        if (bytes.length - count < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(count, more), (int) Math.min(2L * count, 1L << 30)));
        }
    }
}
