package dev.anteroom.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the little-endian fields of a model's file one after the other, and says where it ends too early. Confined to one thread. */
final class FieldReader {

    private final String name;
    private final ByteBuffer in;

    FieldReader(String name, byte[] bytes) {
        this.name = name;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the eight bytes that say what kind of file it is, and returns which of these. */
    int magic(String... kinds) {
        byte[] found = new byte[8];
        need(found.length, "its kind");
        in.get(found);
        for (int i = 0; i < kinds.length; i++) {
            if (Arrays.equals(found, Arrays.copyOf(kinds[i].getBytes(StandardCharsets.US_ASCII), found.length))) {
                return i;
            }
        }
        throw new ModelException(
                "model file " + name + " is not of its kind (expected: " + String.join(" or ", kinds) + ")");
    }

    /** Reads a count that must lie within bounds, both included. */
    int count(String what, int least, int most) {
        need(4, what);
        int value = in.getInt();
        if (value < least || value > most) {
            throw new ModelException("model file " + name + ": " + what + " is " + Integer.toUnsignedString(value)
                    + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    int[] ints(String what, int count) {
        need(4L * count, what);
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    char[] chars(String what, int count) {
        need(2L * count, what);
        char[] values = new char[count];
        in.asCharBuffer().get(values);
        in.position(in.position() + 2 * count);
        return values;
    }

    /** Reads float16 values, each of which must be a number. */
    float[] halves(String what, int count) {
        need(2L * count, what);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float value = Float.float16ToFloat(in.getShort());
            if (!Float.isFinite(value)) {
                throw new ModelException("model file " + name + ": " + what + " holds what is no number");
            }
            values[i] = value;
        }
        return values;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new ModelException(
                    "model file " + name + " goes on for " + in.remaining() + " bytes after its end (expected: 0)");
        }
    }

    ModelException wrong(String what) {
        return new ModelException("model file " + name + ": " + what);
    }

    private void need(long bytes, String what) {
        if (in.remaining() < bytes) {
            throw new ModelException("model file " + name + " ends within " + what + " (expected: " + bytes
                    + " bytes more at " + in.position() + ", found: " + in.remaining() + ")");
        }
    }

    @Override
    public String toString() {
        return "FieldReader[" + name + " at " + in.position() + "]";
    }
}
