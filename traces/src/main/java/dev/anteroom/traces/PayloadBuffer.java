package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sealed of one record at a time, in an array that is used again: room for a salt, the JSON of the decision,
 * room for a salt, the JSON of the body. Confined to the writer thread.
 *
 * <p>One generator serves all records, so that a record allocates nothing but what the generator does for its strings.
 */
final class PayloadBuffer extends OutputStream {
    private static final int USUAL_BYTES = 64 << 10;
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int count;
    private int decisionBytes;
    private @Nullable JsonGenerator generator;

    byte[] bytes() {
        return bytes;
    }

    /** Length of the decision with its salt; it begins at 0. */
    int decisionBytes() {
        return decisionBytes;
    }

    /** Length of the body with its salt, behind the decision; 0 where the record has none. */
    int bodyBytes() {
        return count - decisionBytes;
    }

    /** Length of the frame that holds both; more than any segment where that is no int. */
    int frameBytes() {
        return (int) Math.min(Frame.bytes(decisionBytes, bodyBytes()), Integer.MAX_VALUE);
    }

    /** Encodes the record. Throws where a string of it is null, or its body is gone. */
    void encode(WrittenRecord record) throws IOException {
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
        count = Frame.SALT_BYTES;
        JsonGenerator out = generator;
        if (out == null) {
            out = TraceJson.FACTORY.createGenerator(this);
        }
        generator = null; // a generator that failed half-way is not used again
        TraceJson.writeDecision(record, out);
        out.flush();
        decisionBytes = count;
        if (TraceJson.hasBody(record)) {
            ensure(Frame.SALT_BYTES);
            count += Frame.SALT_BYTES;
            TraceJson.writeBody(record, out);
            out.flush();
        }
        generator = out;
    }

    /** Takes a text that is not to be sealed, without a salt. */
    void encodeLink(byte[] text) {
        Arrays.fill(bytes, 0, Frame.SALT_BYTES, (byte) 0);
        count = Frame.SALT_BYTES;
        write(text, 0, text.length);
        decisionBytes = count;
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
