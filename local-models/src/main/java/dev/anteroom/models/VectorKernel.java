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
    public void add(float[] x, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i += L) {
            FloatVector.fromArray(S, y, to + i)
                    .add(FloatVector.fromArray(S, x, from + i))
                    .intoArray(y, to + i);
        }
    }

    @Override
    public void finish(float[] x, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i += L) {
            positive(FloatVector.fromArray(S, y, to + i))
                    .add(FloatVector.fromArray(S, x, from + i))
                    .intoArray(y, to + i);
        }
    }

    @Override
    public void multiply(Matrix matrix, float[] bias, float[] x, int at, int tapStep, float[] y, int to, int rows) {
        int block = matrix.taps * matrix.inputs * Matrix.LANES;
        int outputs = matrix.outputs;
        int step = ROWS * matrix.inputStride;
        int o = 0;
        for (; o + 2 * L <= outputs; o += 2 * L) {
            int first = o / Matrix.LANES * block + o % Matrix.LANES;
            int second = (o + L) / Matrix.LANES * block + (o + L) % Matrix.LANES;
            int in = at;
            for (int row = 0; row < rows; row += ROWS, in += step) {
                two(matrix, first, second, bias, x, in, tapStep, y, to + row * outputs + o, o);
            }
        }
        if (o < outputs) {
            int first = o / Matrix.LANES * block + o % Matrix.LANES;
            int in = at;
            for (int row = 0; row < rows; row += ROWS, in += step) {
                one(matrix, first, bias, x, in, tapStep, y, to + row * outputs + o, o);
            }
        }
    }

    /** Computes two vectors of four rows. */
    private static void two(
            Matrix matrix,
            int first,
            int second,
            float[] bias,
            float[] x,
            int at,
            int tapStep,
            float[] y,
            int to,
            int o) {
        float[] w = matrix.weights;
        int inputs = matrix.inputs;
        int stride = matrix.inputStride;
        FloatVector a0 = FloatVector.fromArray(S, bias, o);
        FloatVector b0 = FloatVector.fromArray(S, bias, o + L);
        FloatVector a1 = a0;
        FloatVector b1 = b0;
        FloatVector a2 = a0;
        FloatVector b2 = b0;
        FloatVector a3 = a0;
        FloatVector b3 = b0;
        for (int k = 0; k < matrix.taps; k++) {
            int in = at + k * tapStep;
            int wa = first + k * inputs * Matrix.LANES;
            int wb = second + k * inputs * Matrix.LANES;
            for (int i = 0; i < inputs; i++) {
                FloatVector w0 = FloatVector.fromArray(S, w, wa + i * Matrix.LANES);
                FloatVector w1 = FloatVector.fromArray(S, w, wb + i * Matrix.LANES);
                FloatVector x0 = FloatVector.broadcast(S, x[in + i]);
                a0 = w0.fma(x0, a0);
                b0 = w1.fma(x0, b0);
                FloatVector x1 = FloatVector.broadcast(S, x[in + stride + i]);
                a1 = w0.fma(x1, a1);
                b1 = w1.fma(x1, b1);
                FloatVector x2 = FloatVector.broadcast(S, x[in + 2 * stride + i]);
                a2 = w0.fma(x2, a2);
                b2 = w1.fma(x2, b2);
                FloatVector x3 = FloatVector.broadcast(S, x[in + 3 * stride + i]);
                a3 = w0.fma(x3, a3);
                b3 = w1.fma(x3, b3);
            }
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
    private static void one(
            Matrix matrix, int first, float[] bias, float[] x, int at, int tapStep, float[] y, int to, int o) {
        float[] w = matrix.weights;
        int inputs = matrix.inputs;
        int stride = matrix.inputStride;
        FloatVector a0 = FloatVector.fromArray(S, bias, o);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int k = 0; k < matrix.taps; k++) {
            int in = at + k * tapStep;
            int weight = first + k * inputs * Matrix.LANES;
            for (int i = 0; i < inputs; i++) {
                FloatVector w0 = FloatVector.fromArray(S, w, weight + i * Matrix.LANES);
                a0 = w0.fma(FloatVector.broadcast(S, x[in + i]), a0);
                a1 = w0.fma(FloatVector.broadcast(S, x[in + stride + i]), a1);
                a2 = w0.fma(FloatVector.broadcast(S, x[in + 2 * stride + i]), a2);
                a3 = w0.fma(FloatVector.broadcast(S, x[in + 3 * stride + i]), a3);
            }
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + matrix.outputs);
        a2.intoArray(y, to + 2 * matrix.outputs);
        a3.intoArray(y, to + 3 * matrix.outputs);
    }

    @Override
    public void depthwise(
            float[] weights, int taps, float[] x, int at, int tapStep, float[] y, int to, int rows, int length) {
        for (int i = 0; i < length; i += L) {
            switch (taps) {
                case 3 -> three(weights, length, x, at + i, tapStep, y, to + i, rows, i);
                case 5 -> five(weights, length, x, at + i, tapStep, y, to + i, rows, i);
                case 7 -> seven(weights, length, x, at + i, tapStep, y, to + i, rows, i);
                default -> any(weights, taps, length, x, at + i, tapStep, y, to + i, rows, i);
            }
        }
    }

    private static void three(
            float[] weights, int length, float[] x, int at, int tap, float[] y, int to, int rows, int first) {
        FloatVector w0 = FloatVector.fromArray(S, weights, first);
        FloatVector w1 = FloatVector.fromArray(S, weights, first + length);
        FloatVector w2 = FloatVector.fromArray(S, weights, first + 2 * length);
        for (int row = 0; row < rows * length; row += length) {
            FloatVector sum = w0.mul(FloatVector.fromArray(S, x, at + row));
            sum = w1.fma(FloatVector.fromArray(S, x, at + tap + row), sum);
            w2.fma(FloatVector.fromArray(S, x, at + 2 * tap + row), sum).intoArray(y, to + row);
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
            float[] weights, int taps, int length, float[] x, int at, int tap, float[] y, int to, int rows, int first) {
        for (int row = 0; row < rows * length; row += length) {
            FloatVector sum = FloatVector.fromArray(S, weights, first).mul(FloatVector.fromArray(S, x, at + row));
            for (int k = 1; k < taps; k++) {
                sum = FloatVector.fromArray(S, weights, first + k * length)
                        .fma(FloatVector.fromArray(S, x, at + k * tap + row), sum);
            }
            sum.intoArray(y, to + row);
        }
    }

    @Override
    public void spread(float[] x, int at, int step, float[] parts, int to, int part, int length) {
        FloatVector four = FloatVector.broadcast(S, 4f);
        FloatVector minusFour = FloatVector.broadcast(S, -4f);
        FloatVector minusFive = FloatVector.broadcast(S, -5f);
        FloatVector two = FloatVector.broadcast(S, 2f);
        FloatVector minusTwo = FloatVector.broadcast(S, -2f);
        for (int i = 0; i < length; i += L) {
            FloatVector d0 = FloatVector.fromArray(S, x, at + i);
            FloatVector d1 = FloatVector.fromArray(S, x, at + step + i);
            FloatVector d2 = FloatVector.fromArray(S, x, at + 2 * step + i);
            FloatVector d3 = FloatVector.fromArray(S, x, at + 3 * step + i);
            FloatVector d4 = FloatVector.fromArray(S, x, at + 4 * step + i);
            FloatVector d5 = FloatVector.fromArray(S, x, at + 5 * step + i);
            FloatVector even = d2.fma(minusFour, d4);
            FloatVector odd = d1.fma(minusFour, d3);
            FloatVector far = d4.sub(d2);
            FloatVector near = d3.sub(d1);
            d0.fma(four, d2.fma(minusFive, d4)).intoArray(parts, to + i);
            even.add(odd).intoArray(parts, to + part + i);
            even.sub(odd).intoArray(parts, to + 2 * part + i);
            near.fma(two, far).intoArray(parts, to + 3 * part + i);
            near.fma(minusTwo, far).intoArray(parts, to + 4 * part + i);
            d1.fma(four, d3.fma(minusFive, d5)).intoArray(parts, to + 5 * part + i);
        }
    }

    @Override
    public void gather(
            float[] parts, int from, int part, float[] bias, float[] x, float[] y, int at, int step, int length) {
        FloatVector two = FloatVector.broadcast(S, 2f);
        FloatVector four = FloatVector.broadcast(S, 4f);
        FloatVector eight = FloatVector.broadcast(S, 8f);
        for (int row = 0; row < length; row += bias.length) {
            for (int o = 0; o < bias.length; o += L) {
                int in = from + row + o;
                int out = at + row + o;
                FloatVector b = FloatVector.fromArray(S, bias, o);
                FloatVector m1 = FloatVector.fromArray(S, parts, in + part);
                FloatVector m2 = FloatVector.fromArray(S, parts, in + 2 * part);
                FloatVector m3 = FloatVector.fromArray(S, parts, in + 3 * part);
                FloatVector m4 = FloatVector.fromArray(S, parts, in + 4 * part);
                FloatVector p = m1.add(m2);
                FloatVector q = m1.sub(m2);
                FloatVector r = m3.add(m4);
                FloatVector s = m3.sub(m4);
                put(FloatVector.fromArray(S, parts, in).add(p).add(r).add(b), x, y, out);
                put(s.fma(two, q).add(b), x, y, out + step);
                put(r.fma(four, p).add(b), x, y, out + 2 * step);
                put(
                        s.fma(eight, q)
                                .add(FloatVector.fromArray(S, parts, in + 5 * part))
                                .add(b),
                        x,
                        y,
                        out + 3 * step);
            }
        }
    }

    /** The vectors' own maximum looks after numbers that are none, which takes three times as long; here they stay what they are. */
    private static FloatVector positive(FloatVector values) {
        return values.blend(0f, values.compare(VectorOperators.LT, 0f));
    }

    private static void put(FloatVector sum, float[] x, float[] y, int at) {
        positive(sum).add(FloatVector.fromArray(S, x, at)).intoArray(y, at);
    }

    @Override
    public String toString() {
        return "VectorKernel[" + L + "]";
    }
}
