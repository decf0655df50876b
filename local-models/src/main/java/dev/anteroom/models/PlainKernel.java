package dev.anteroom.models;

/** Without vectors: for Java machines that were started without the module, and until the other one is compiled. Stateless. */
final class PlainKernel implements Kernel {

    @Override
    public void sum(float[] rows, int[] from, int count, float[] x, int to, int length) {
        for (int i = 0; i < length; i++) {
            float sum = rows[from[0] + i];
            for (int k = 1; k < count; k++) {
                sum += rows[from[k] + i];
            }
            x[to + i] = sum;
        }
    }

    @Override
    public void multiply(Matrix matrix, float[] bias, float[] x, int at, float[] y, int to, int rows) {
        for (int row = 0; row < rows; row += 2) {
            int other = Math.min(row + 1, rows - 1);
            for (int o = 0; o < matrix.outputs; o += 4) {
                four(
                        matrix,
                        bias,
                        x,
                        at + row * matrix.inputStride,
                        at + other * matrix.inputStride,
                        y,
                        to + row * matrix.outputs,
                        to + other * matrix.outputs,
                        o);
            }
        }
    }

    /** Two rows share every weight that is loaded; eight sums stay in registers. */
    private static void four(Matrix matrix, float[] bias, float[] x, int t, int u, float[] y, int toT, int toU, int o) {
        float[] w = matrix.weights;
        float a0 = bias[o];
        float a1 = bias[o + 1];
        float a2 = bias[o + 2];
        float a3 = bias[o + 3];
        float b0 = a0;
        float b1 = a1;
        float b2 = a2;
        float b3 = a3;
        int weight = matrix.first(o);
        for (int i = 0; i < matrix.inputs; i++, weight += Matrix.LANES) {
            float xa = x[t + i];
            float xb = x[u + i];
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
        y[toT + o] = a0;
        y[toT + o + 1] = a1;
        y[toT + o + 2] = a2;
        y[toT + o + 3] = a3;
        y[toU + o] = b0;
        y[toU + o + 1] = b1;
        y[toU + o + 2] = b2;
        y[toU + o + 3] = b3;
    }

    @Override
    public void depthwise(float[] weights, float[] x, int at, int tapStep, float[] y, int to, int rows, int length) {
        for (int row = 0; row < rows * length; row += length) {
            for (int i = 0; i < length; i++) {
                int in = at + row + i;
                float sum = weights[i] * x[in];
                for (int k = length + i; k < weights.length; k += length) {
                    in += tapStep;
                    sum = Math.fma(weights[k], x[in], sum);
                }
                y[to + row + i] = sum;
            }
        }
    }

    @Override
    public void finish(float[] bias, float[] before, int from, float[] y, int to, int rows) {
        for (int row = 0; row < rows * bias.length; row += bias.length) {
            for (int i = 0; i < bias.length; i++) {
                y[to + row + i] = positive(y[to + row + i] + bias[i]) + before[from + row + i];
            }
        }
    }

    @Override
    public void finish(float[] before, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i++) {
            y[to + i] = positive(y[to + i]) + before[from + i];
        }
    }

    private static float positive(float value) {
        return value < 0f ? 0f : value;
    }

    @Override
    public String toString() {
        return "PlainKernel";
    }
}
