package dev.anteroom.models;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the processor's vectors, through the incubating Vector API (JEP 508). Stateless.
 *
 * <p>Four rows share two vectors of weights, and their eight sums stay in registers: more of them do not fit where there are sixteen
 * registers (AVX2), and fewer wait for each other. The plain loop that the compiler turns into vectors by itself is six to ten times slower
 * on rows as short as these.
 */
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED.length() > Matrix.LANES
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    @Override
    public void sum(float[] rows, int[] from, int count, float[] x, int to, int length) {
        for (int i = 0; i < length; i += L) {
            FloatVector sum = FloatVector.fromArray(S, rows, from[0] + i);
            for (int k = 1; k < count; k++) {
                sum = sum.add(FloatVector.fromArray(S, rows, from[k] + i));
            }
            sum.intoArray(x, to + i);
        }
    }

    @Override
    public void multiply(Matrix matrix, float[] bias, float[] x, int at, float[] y, int to, int rows) {
        int in = matrix.inputStride;
        int out = matrix.outputs;
        int o = 0;
        for (; o + L < matrix.used; o += 2 * L) {
            for (int row = 0; row < rows; row += ROWS) {
                two(matrix, bias, x, at + row * in, y, to + row * out + o, o);
            }
        }
        if (o < matrix.used) {
            for (int row = 0; row < rows; row += ROWS) {
                one(matrix, bias, x, at + row * in, y, to + row * out + o, o);
            }
        }
    }

    /** Computes two vectors of four rows. */
    private static void two(Matrix matrix, float[] bias, float[] x, int at, float[] y, int to, int o) {
        float[] w = matrix.weights;
        int inputs = matrix.inputs;
        int stride = matrix.inputStride;
        int first = matrix.first(o);
        int second = matrix.first(o + L);
        FloatVector a0 = FloatVector.fromArray(S, bias, o);
        FloatVector b0 = FloatVector.fromArray(S, bias, o + L);
        FloatVector a1 = a0;
        FloatVector b1 = b0;
        FloatVector a2 = a0;
        FloatVector b2 = b0;
        FloatVector a3 = a0;
        FloatVector b3 = b0;
        for (int i = 0; i < inputs; i++) {
            FloatVector w0 = FloatVector.fromArray(S, w, first + i * Matrix.LANES);
            FloatVector w1 = FloatVector.fromArray(S, w, second + i * Matrix.LANES);
            FloatVector x0 = FloatVector.broadcast(S, x[at + i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(S, x[at + stride + i]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(S, x[at + 2 * stride + i]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(S, x[at + 3 * stride + i]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
        }
        int outputs = matrix.outputs;
        a0.intoArray(y, to);
        b0.intoArray(y, to + L);
        a1.intoArray(y, to + outputs);
        b1.intoArray(y, to + outputs + L);
        a2.intoArray(y, to + 2 * outputs);
        b2.intoArray(y, to + 2 * outputs + L);
        a3.intoArray(y, to + 3 * outputs);
        b3.intoArray(y, to + 3 * outputs + L);
    }

    /** Computes one vector of four rows. */
    private static void one(Matrix matrix, float[] bias, float[] x, int at, float[] y, int to, int o) {
        float[] w = matrix.weights;
        int inputs = matrix.inputs;
        int stride = matrix.inputStride;
        int first = matrix.first(o);
        FloatVector a0 = FloatVector.fromArray(S, bias, o);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < inputs; i++) {
            FloatVector w0 = FloatVector.fromArray(S, w, first + i * Matrix.LANES);
            a0 = w0.fma(FloatVector.broadcast(S, x[at + i]), a0);
            a1 = w0.fma(FloatVector.broadcast(S, x[at + stride + i]), a1);
            a2 = w0.fma(FloatVector.broadcast(S, x[at + 2 * stride + i]), a2);
            a3 = w0.fma(FloatVector.broadcast(S, x[at + 3 * stride + i]), a3);
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + matrix.outputs);
        a2.intoArray(y, to + 2 * matrix.outputs);
        a3.intoArray(y, to + 3 * matrix.outputs);
    }

    @Override
    public void depthwise(float[] weights, float[] x, int at, int tapStep, float[] y, int to, int rows, int length) {
        for (int i = 0; i < length; i += L) {
            switch (weights.length / length) {
                case 5 -> five(weights, length, x, at + i, tapStep, y, to + i, rows, i);
                case 7 -> seven(weights, length, x, at + i, tapStep, y, to + i, rows, i);
                default -> any(weights, length, x, at + i, tapStep, y, to + i, rows, i);
            }
        }
    }

    private static void five(
            float[] weights, int length, float[] x, int at, int tap, float[] y, int to, int rows, int first) {
        FloatVector w0 = FloatVector.fromArray(S, weights, first);
        FloatVector w1 = FloatVector.fromArray(S, weights, first + length);
        FloatVector w2 = FloatVector.fromArray(S, weights, first + 2 * length);
        FloatVector w3 = FloatVector.fromArray(S, weights, first + 3 * length);
        FloatVector w4 = FloatVector.fromArray(S, weights, first + 4 * length);
        for (int row = 0; row < rows * length; row += length) {
            FloatVector sum = w0.mul(FloatVector.fromArray(S, x, at + row));
            sum = w1.fma(FloatVector.fromArray(S, x, at + tap + row), sum);
            sum = w2.fma(FloatVector.fromArray(S, x, at + 2 * tap + row), sum);
            sum = w3.fma(FloatVector.fromArray(S, x, at + 3 * tap + row), sum);
            w4.fma(FloatVector.fromArray(S, x, at + 4 * tap + row), sum).intoArray(y, to + row);
        }
    }

    private static void seven(
            float[] weights, int length, float[] x, int at, int tap, float[] y, int to, int rows, int first) {
        FloatVector w0 = FloatVector.fromArray(S, weights, first);
        FloatVector w1 = FloatVector.fromArray(S, weights, first + length);
        FloatVector w2 = FloatVector.fromArray(S, weights, first + 2 * length);
        FloatVector w3 = FloatVector.fromArray(S, weights, first + 3 * length);
        FloatVector w4 = FloatVector.fromArray(S, weights, first + 4 * length);
        FloatVector w5 = FloatVector.fromArray(S, weights, first + 5 * length);
        FloatVector w6 = FloatVector.fromArray(S, weights, first + 6 * length);
        for (int row = 0; row < rows * length; row += length) {
            FloatVector sum = w0.mul(FloatVector.fromArray(S, x, at + row));
            sum = w1.fma(FloatVector.fromArray(S, x, at + tap + row), sum);
            sum = w2.fma(FloatVector.fromArray(S, x, at + 2 * tap + row), sum);
            sum = w3.fma(FloatVector.fromArray(S, x, at + 3 * tap + row), sum);
            sum = w4.fma(FloatVector.fromArray(S, x, at + 4 * tap + row), sum);
            sum = w5.fma(FloatVector.fromArray(S, x, at + 5 * tap + row), sum);
            w6.fma(FloatVector.fromArray(S, x, at + 6 * tap + row), sum).intoArray(y, to + row);
        }
    }

    private static void any(
            float[] weights, int length, float[] x, int at, int tap, float[] y, int to, int rows, int first) {
        for (int row = 0; row < rows * length; row += length) {
            int in = at + row;
            FloatVector sum = FloatVector.fromArray(S, weights, first).mul(FloatVector.fromArray(S, x, in));
            for (int k = first + length; k < weights.length; k += length) {
                in += tap;
                sum = FloatVector.fromArray(S, weights, k).fma(FloatVector.fromArray(S, x, in), sum);
            }
            sum.intoArray(y, to + row);
        }
    }

    @Override
    public void finish(float[] bias, float[] before, int from, float[] y, int to, int rows) {
        int length = bias.length;
        for (int i = 0; i < length; i += L) {
            FloatVector b = FloatVector.fromArray(S, bias, i);
            for (int row = i; row < rows * length; row += length) {
                positive(FloatVector.fromArray(S, y, to + row).add(b))
                        .add(FloatVector.fromArray(S, before, from + row))
                        .intoArray(y, to + row);
            }
        }
    }

    @Override
    public void finish(float[] before, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i += L) {
            positive(FloatVector.fromArray(S, y, to + i))
                    .add(FloatVector.fromArray(S, before, from + i))
                    .intoArray(y, to + i);
        }
    }

    /** The vectors' own maximum looks after numbers that are none, which takes three times as long; here they stay what they are. */
    private static FloatVector positive(FloatVector values) {
        return values.blend(0f, values.compare(VectorOperators.LT, 0f));
    }

    @Override
    public String toString() {
        return "VectorKernel[" + L + "]";
    }
}
