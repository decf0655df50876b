package dev.anteroom.models;

/** Without vectors: for Java machines that were started without the module, and until the other one is compiled. Stateless. */
final class PlainKernel implements Kernel {

    @Override
    public void sum(float[] rows, int[] from, float[] x, int to, int width) {
        int a = from[0];
        int b = from[1];
        int c = from[2];
        int d = from[3];
        int e = from[4];
        int f = from[5];
        int g = from[6];
        for (int i = 0; i < width; i++) {
            x[to + i] = rows[a + i] + rows[b + i] + rows[c + i] + rows[d + i] + rows[e + i] + rows[f + i] + rows[g + i];
        }
    }

    /** Two rows share every weight that is loaded; eight sums stay in registers. */
    @Override
    public void compute(Layer layer, float[] x, float[] y, int from, int to) {
        int at = 0;
        int first = 0;
        for (int block : layer.blocks) {
            int width = block * Layer.LANES;
            for (int t = from; t < to; t += 2) {
                int other = Math.min(t + 1, to - 1);
                for (int o = 0; o < width; o += 4) {
                    four(layer, x, y, t, other, at + o, width, first + o);
                }
            }
            at += layer.taps * layer.inputs * width;
            first += width;
        }
    }

    private static void four(Layer layer, float[] x, float[] y, int t, int u, int at, int width, int first) {
        float[] w = layer.weights;
        int stride = layer.inputStride;
        float a0 = layer.bias[first];
        float a1 = layer.bias[first + 1];
        float a2 = layer.bias[first + 2];
        float a3 = layer.bias[first + 3];
        float b0 = a0;
        float b1 = a1;
        float b2 = a2;
        float b3 = a3;
        int weight = at;
        for (int k = 0; k < layer.taps; k++) {
            int shift = (k - layer.taps / 2) * layer.dilation;
            int ta = (t + shift) * stride;
            int ua = (u + shift) * stride;
            for (int i = 0; i < layer.inputs; i++, weight += width) {
                float xa = x[ta + i];
                float xb = x[ua + i];
                float w0 = w[weight];
                float w1 = w[weight + 1];
                float w2 = w[weight + 2];
                float w3 = w[weight + 3];
                a0 = Math.fma(w0, xa, a0);
                a1 = Math.fma(w1, xa, a1);
                a2 = Math.fma(w2, xa, a2);
                a3 = Math.fma(w3, xa, a3);
                b0 = Math.fma(w0, xb, b0);
                b1 = Math.fma(w1, xb, b1);
                b2 = Math.fma(w2, xb, b2);
                b3 = Math.fma(w3, xb, b3);
            }
        }
        put(layer, a0, x, y, t, first);
        put(layer, a1, x, y, t, first + 1);
        put(layer, a2, x, y, t, first + 2);
        put(layer, a3, x, y, t, first + 3);
        put(layer, b0, x, y, u, first);
        put(layer, b1, x, y, u, first + 1);
        put(layer, b2, x, y, u, first + 2);
        put(layer, b3, x, y, u, first + 3);
    }

    private static void put(Layer layer, float sum, float[] x, float[] y, int row, int output) {
        y[row * layer.outputs + output] =
                layer.residual ? Math.max(sum, 0f) + x[row * layer.inputStride + output] : sum;
    }

    @Override
    public String toString() {
        return "PlainKernel";
    }
}
