package dev.anteroom.models;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the processor's vectors, through the incubating Vector API (JEP 508). Stateless.
 *
 * <p>Six rows share every weight that is loaded, and all sums stay in registers; the plain loop that the compiler turns into vectors by
 * itself is six to ten times slower on rows as short as these.
 */
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED.length() > Layer.LANES
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    @Override
    public void compute(Layer layer, float[] x, float[] y, int from, int to) {
        // Narrower vectors than the widest take more of them for the outputs of a block.
        int at = 0;
        int first = 0;
        for (int block : layer.blocks) {
            int width = block * Layer.LANES;
            for (int t = from; t < to; t += ROWS) {
                // The last rows are computed with some before them a second time: they come out the same.
                int row = t + ROWS <= to ? t : Math.max(from, to - ROWS);
                if (L == Layer.LANES) {
                    if (block == 3) {
                        three(layer, x, y, row, at, first);
                    } else {
                        two(layer, x, y, row, at, first);
                    }
                } else {
                    narrow(layer, x, y, row, at, first, width);
                }
                if (layer.residual) {
                    addInput(layer, x, y, row, first, width);
                }
            }
            at += layer.taps * layer.inputs * width;
            first += width;
        }
    }

    @Override
    public void sum(float[] rows, int[] from, float[] x, int to, int width) {
        int a = from[0];
        int b = from[1];
        int c = from[2];
        int d = from[3];
        int e = from[4];
        int f = from[5];
        int g = from[6];
        for (int i = 0; i < width; i += L) {
            FloatVector.fromArray(S, rows, a + i)
                    .add(FloatVector.fromArray(S, rows, b + i))
                    .add(FloatVector.fromArray(S, rows, c + i))
                    .add(FloatVector.fromArray(S, rows, d + i))
                    .add(FloatVector.fromArray(S, rows, e + i))
                    .add(FloatVector.fromArray(S, rows, f + i))
                    .add(FloatVector.fromArray(S, rows, g + i))
                    .intoArray(x, to + i);
        }
    }

    /** Drops what is negative of six rows and adds their input: by itself, because it would be too much for one method to be compiled well. */
    private static void addInput(Layer layer, float[] x, float[] y, int t, int first, int width) {
        for (int row = t; row < t + ROWS; row++) {
            int from = row * layer.inputStride + first;
            int to = row * layer.outputs + first;
            for (int o = 0; o < width; o += L) {
                FloatVector.fromArray(S, y, to + o)
                        .max(0f)
                        .add(FloatVector.fromArray(S, x, from + o))
                        .intoArray(y, to + o);
            }
        }
    }

    /** Computes 2 vectors of 6 rows. */
    private static void two(Layer layer, float[] x, float[] y, int t, int at, int first) {
        float[] w = layer.weights;
        int inputs = layer.inputs;
        int stride = layer.inputStride;
        int outputs = layer.outputs;
        int taps = layer.taps;
        int middle = taps / 2;
        int dilation = layer.dilation;
        FloatVector b0 = FloatVector.fromArray(S, layer.bias, first);
        FloatVector b1 = FloatVector.fromArray(S, layer.bias, first + L);
        FloatVector a00 = b0;
        FloatVector a01 = b1;
        FloatVector a10 = b0;
        FloatVector a11 = b1;
        FloatVector a20 = b0;
        FloatVector a21 = b1;
        FloatVector a30 = b0;
        FloatVector a31 = b1;
        FloatVector a40 = b0;
        FloatVector a41 = b1;
        FloatVector a50 = b0;
        FloatVector a51 = b1;
        for (int k = 0; k < taps; k++) {
            int in = (t + (k - middle) * dilation) * stride;
            int weight = at + k * inputs * 2 * L;
            for (int i = 0; i < inputs; i++) {
                FloatVector w0 = FloatVector.fromArray(S, w, weight + i * 2 * L);
                FloatVector w1 = FloatVector.fromArray(S, w, weight + i * 2 * L + L);
                FloatVector x0 = FloatVector.broadcast(S, x[in + i]);
                a00 = w0.fma(x0, a00);
                a01 = w1.fma(x0, a01);
                FloatVector x1 = FloatVector.broadcast(S, x[in + stride + i]);
                a10 = w0.fma(x1, a10);
                a11 = w1.fma(x1, a11);
                FloatVector x2 = FloatVector.broadcast(S, x[in + 2 * stride + i]);
                a20 = w0.fma(x2, a20);
                a21 = w1.fma(x2, a21);
                FloatVector x3 = FloatVector.broadcast(S, x[in + 3 * stride + i]);
                a30 = w0.fma(x3, a30);
                a31 = w1.fma(x3, a31);
                FloatVector x4 = FloatVector.broadcast(S, x[in + 4 * stride + i]);
                a40 = w0.fma(x4, a40);
                a41 = w1.fma(x4, a41);
                FloatVector x5 = FloatVector.broadcast(S, x[in + 5 * stride + i]);
                a50 = w0.fma(x5, a50);
                a51 = w1.fma(x5, a51);
            }
        }
        a00.intoArray(y, t * outputs + first);
        a01.intoArray(y, t * outputs + first + L);
        a10.intoArray(y, (t + 1) * outputs + first);
        a11.intoArray(y, (t + 1) * outputs + first + L);
        a20.intoArray(y, (t + 2) * outputs + first);
        a21.intoArray(y, (t + 2) * outputs + first + L);
        a30.intoArray(y, (t + 3) * outputs + first);
        a31.intoArray(y, (t + 3) * outputs + first + L);
        a40.intoArray(y, (t + 4) * outputs + first);
        a41.intoArray(y, (t + 4) * outputs + first + L);
        a50.intoArray(y, (t + 5) * outputs + first);
        a51.intoArray(y, (t + 5) * outputs + first + L);
    }

    /** Computes 3 vectors of 6 rows. */
    private static void three(Layer layer, float[] x, float[] y, int t, int at, int first) {
        float[] w = layer.weights;
        int inputs = layer.inputs;
        int stride = layer.inputStride;
        int outputs = layer.outputs;
        int taps = layer.taps;
        int middle = taps / 2;
        int dilation = layer.dilation;
        FloatVector b0 = FloatVector.fromArray(S, layer.bias, first);
        FloatVector b1 = FloatVector.fromArray(S, layer.bias, first + L);
        FloatVector b2 = FloatVector.fromArray(S, layer.bias, first + 2 * L);
        FloatVector a00 = b0;
        FloatVector a01 = b1;
        FloatVector a02 = b2;
        FloatVector a10 = b0;
        FloatVector a11 = b1;
        FloatVector a12 = b2;
        FloatVector a20 = b0;
        FloatVector a21 = b1;
        FloatVector a22 = b2;
        FloatVector a30 = b0;
        FloatVector a31 = b1;
        FloatVector a32 = b2;
        FloatVector a40 = b0;
        FloatVector a41 = b1;
        FloatVector a42 = b2;
        FloatVector a50 = b0;
        FloatVector a51 = b1;
        FloatVector a52 = b2;
        for (int k = 0; k < taps; k++) {
            int in = (t + (k - middle) * dilation) * stride;
            int weight = at + k * inputs * 3 * L;
            for (int i = 0; i < inputs; i++) {
                FloatVector w0 = FloatVector.fromArray(S, w, weight + i * 3 * L);
                FloatVector w1 = FloatVector.fromArray(S, w, weight + i * 3 * L + L);
                FloatVector w2 = FloatVector.fromArray(S, w, weight + i * 3 * L + 2 * L);
                FloatVector x0 = FloatVector.broadcast(S, x[in + i]);
                a00 = w0.fma(x0, a00);
                a01 = w1.fma(x0, a01);
                a02 = w2.fma(x0, a02);
                FloatVector x1 = FloatVector.broadcast(S, x[in + stride + i]);
                a10 = w0.fma(x1, a10);
                a11 = w1.fma(x1, a11);
                a12 = w2.fma(x1, a12);
                FloatVector x2 = FloatVector.broadcast(S, x[in + 2 * stride + i]);
                a20 = w0.fma(x2, a20);
                a21 = w1.fma(x2, a21);
                a22 = w2.fma(x2, a22);
                FloatVector x3 = FloatVector.broadcast(S, x[in + 3 * stride + i]);
                a30 = w0.fma(x3, a30);
                a31 = w1.fma(x3, a31);
                a32 = w2.fma(x3, a32);
                FloatVector x4 = FloatVector.broadcast(S, x[in + 4 * stride + i]);
                a40 = w0.fma(x4, a40);
                a41 = w1.fma(x4, a41);
                a42 = w2.fma(x4, a42);
                FloatVector x5 = FloatVector.broadcast(S, x[in + 5 * stride + i]);
                a50 = w0.fma(x5, a50);
                a51 = w1.fma(x5, a51);
                a52 = w2.fma(x5, a52);
            }
        }
        a00.intoArray(y, t * outputs + first);
        a01.intoArray(y, t * outputs + first + L);
        a02.intoArray(y, t * outputs + first + 2 * L);
        a10.intoArray(y, (t + 1) * outputs + first);
        a11.intoArray(y, (t + 1) * outputs + first + L);
        a12.intoArray(y, (t + 1) * outputs + first + 2 * L);
        a20.intoArray(y, (t + 2) * outputs + first);
        a21.intoArray(y, (t + 2) * outputs + first + L);
        a22.intoArray(y, (t + 2) * outputs + first + 2 * L);
        a30.intoArray(y, (t + 3) * outputs + first);
        a31.intoArray(y, (t + 3) * outputs + first + L);
        a32.intoArray(y, (t + 3) * outputs + first + 2 * L);
        a40.intoArray(y, (t + 4) * outputs + first);
        a41.intoArray(y, (t + 4) * outputs + first + L);
        a42.intoArray(y, (t + 4) * outputs + first + 2 * L);
        a50.intoArray(y, (t + 5) * outputs + first);
        a51.intoArray(y, (t + 5) * outputs + first + L);
        a52.intoArray(y, (t + 5) * outputs + first + 2 * L);
    }

    /** Computes a block vector by vector. */
    private static void narrow(Layer layer, float[] x, float[] y, int t, int at, int first, int width) {
        float[] w = layer.weights;
        int stride = layer.inputStride;
        int outputs = layer.outputs;
        for (int o = 0; o < width; o += L) {
            FloatVector a0 = FloatVector.fromArray(S, layer.bias, first + o);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector a4 = a0;
            FloatVector a5 = a0;
            int weight = at + o;
            for (int k = 0; k < layer.taps; k++) {
                int in = (t + (k - layer.taps / 2) * layer.dilation) * stride;
                for (int end = in + layer.inputs; in < end; in++, weight += width) {
                    FloatVector w0 = FloatVector.fromArray(S, w, weight);
                    a0 = w0.fma(FloatVector.broadcast(S, x[in]), a0);
                    a1 = w0.fma(FloatVector.broadcast(S, x[in + stride]), a1);
                    a2 = w0.fma(FloatVector.broadcast(S, x[in + 2 * stride]), a2);
                    a3 = w0.fma(FloatVector.broadcast(S, x[in + 3 * stride]), a3);
                    a4 = w0.fma(FloatVector.broadcast(S, x[in + 4 * stride]), a4);
                    a5 = w0.fma(FloatVector.broadcast(S, x[in + 5 * stride]), a5);
                }
            }
            a0.intoArray(y, t * outputs + first + o);
            a1.intoArray(y, (t + 1) * outputs + first + o);
            a2.intoArray(y, (t + 2) * outputs + first + o);
            a3.intoArray(y, (t + 3) * outputs + first + o);
            a4.intoArray(y, (t + 4) * outputs + first + o);
            a5.intoArray(y, (t + 5) * outputs + first + o);
        }
    }

    @Override
    public String toString() {
        return "VectorKernel[" + L + "]";
    }
}
