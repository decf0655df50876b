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
    public void add(float[] x, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i++) {
            y[to + i] += x[from + i];
        }
    }

    @Override
    public void finish(float[] x, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i++) {
            y[to + i] = positive(y[to + i]) + x[from + i];
        }
    }

    /** Two rows share every weight that is loaded; eight sums stay in registers. */
    @Override
    public void multiply(Matrix matrix, float[] bias, float[] x, int at, int tapStep, float[] y, int to, int rows) {
        int block = matrix.taps * matrix.inputs * Matrix.LANES;
        for (int row = 0; row < rows; row += 2) {
            int other = Math.min(row + 1, rows - 1);
            for (int o = 0; o < matrix.outputs; o += 4) {
                int weight = o / Matrix.LANES * block + o % Matrix.LANES;
                int in = at + row * matrix.inputStride;
                int otherIn = at + other * matrix.inputStride;
                four(
                        matrix,
                        weight,
                        bias,
                        x,
                        in,
                        otherIn,
                        tapStep,
                        y,
                        to + row * matrix.outputs,
                        to + other * matrix.outputs,
                        o);
            }
        }
    }

    private static void four(
            Matrix matrix,
            int from,
            float[] bias,
            float[] x,
            int t,
            int u,
            int tapStep,
            float[] y,
            int toT,
            int toU,
            int o) {
        float[] w = matrix.weights;
        float a0 = bias[o];
        float a1 = bias[o + 1];
        float a2 = bias[o + 2];
        float a3 = bias[o + 3];
        float b0 = a0;
        float b1 = a1;
        float b2 = a2;
        float b3 = a3;
        int weight = from;
        for (int k = 0; k < matrix.taps; k++) {
            int ta = t + k * tapStep;
            int ua = u + k * tapStep;
            for (int i = 0; i < matrix.inputs; i++, weight += Matrix.LANES) {
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
    public void depthwise(
            float[] weights, int taps, float[] x, int at, int tapStep, float[] y, int to, int rows, int length) {
        for (int row = 0; row < rows * length; row += length) {
            for (int i = 0; i < length; i++) {
                float sum = weights[i] * x[at + row + i];
                for (int k = 1; k < taps; k++) {
                    sum = Math.fma(weights[k * length + i], x[at + row + k * tapStep + i], sum);
                }
                y[to + row + i] = sum;
            }
        }
    }

    private static float positive(float value) {
        return value < 0f ? 0f : value;
    }

    @Override
    public void spread(float[] x, int at, int step, float[] parts, int to, int part, int length) {
        for (int i = 0; i < length; i++) {
            float d0 = x[at + i];
            float d1 = x[at + step + i];
            float d2 = x[at + 2 * step + i];
            float d3 = x[at + 3 * step + i];
            float d4 = x[at + 4 * step + i];
            float d5 = x[at + 5 * step + i];
            float even = Math.fma(d2, -4f, d4);
            float odd = Math.fma(d1, -4f, d3);
            float far = d4 - d2;
            float near = d3 - d1;
            parts[to + i] = Math.fma(d0, 4f, Math.fma(d2, -5f, d4));
            parts[to + part + i] = even + odd;
            parts[to + 2 * part + i] = even - odd;
            parts[to + 3 * part + i] = Math.fma(near, 2f, far);
            parts[to + 4 * part + i] = Math.fma(near, -2f, far);
            parts[to + 5 * part + i] = Math.fma(d1, 4f, Math.fma(d3, -5f, d5));
        }
    }

    @Override
    public void gather(
            float[] parts, int from, int part, float[] bias, float[] x, float[] y, int at, int step, int length) {
        for (int row = 0; row < length; row += bias.length) {
            for (int o = 0; o < bias.length; o++) {
                int in = from + row + o;
                float m1 = parts[in + part];
                float m2 = parts[in + 2 * part];
                float m3 = parts[in + 3 * part];
                float m4 = parts[in + 4 * part];
                float p = m1 + m2;
                float q = m1 - m2;
                float r = m3 + m4;
                float s = m3 - m4;
                float b = bias[o];
                int out = at + row + o;
                y[out] = positive(parts[in] + p + r + b) + x[out];
                y[out + step] = positive(Math.fma(s, 2f, q) + b) + x[out + step];
                y[out + 2 * step] = positive(Math.fma(r, 4f, p) + b) + x[out + 2 * step];
                y[out + 3 * step] = positive(Math.fma(s, 8f, q) + parts[in + 5 * part] + b) + x[out + 3 * step];
            }
        }
    }

    @Override
    public String toString() {
        return "PlainKernel";
    }
}
