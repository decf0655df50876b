package dev.anteroom.models;

/**
 * A residual layer of a network: {@code y = x + max(0, bias + sum over taps of W[k] x[t + (k - taps / 2) dilation])}.
 * Immutable.
 */
final class Layer {

    final int taps;
    final int dilation;
    final float[] bias;

    /** Weights of a layer whose taps are first summed value by value, by tap; else empty. */
    final float[] depthwise;

    /** Over all taps at once, or behind {@link #depthwise}. */
    final Matrix matrix;

    /** For {@link Filter}; empty where the layer has other than three taps, or sums by value first. */
    final Matrix[] parts;

    private Layer(int taps, int dilation, float[] bias, float[] depthwise, Matrix matrix, Matrix[] parts) {
        this.taps = taps;
        this.dilation = dilation;
        this.bias = Matrix.padded(bias);
        this.depthwise = depthwise;
        this.matrix = matrix;
        this.parts = parts;
    }

    /** Makes one of weights by tap, input, output. */
    static Layer full(int taps, int dilation, float[] weights, float[] bias) {
        int width = bias.length;
        Matrix[] parts = new Matrix[taps == 3 ? Kernel.PARTS : 0];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Filter.part(i, width, width, weights);
        }
        return new Layer(taps, dilation, bias, new float[0], new Matrix(taps, width, width, weights), parts);
    }

    /** Makes one of weights by tap and value, and weights by input, output. */
    static Layer separable(int taps, int dilation, float[] depthwise, float[] weights, float[] bias) {
        int width = bias.length;
        int stride = Matrix.padded(width);
        float[] byTap = new float[taps * stride];
        for (int k = 0; k < taps; k++) {
            System.arraycopy(depthwise, k * width, byTap, k * stride, width);
        }
        return new Layer(taps, dilation, bias, byTap, new Matrix(1, width, width, weights), new Matrix[0]);
    }

    /** How many rows to either side a row of the result depends on. */
    int reach() {
        return taps / 2 * dilation;
    }

    /** Rows that are computed together: a text is divided so from its beginning, so that where a window ends decides nothing. */
    int group() {
        return parts.length == 0 ? 1 : 4 * dilation;
    }

    @Override
    public String toString() {
        return "Layer[" + taps + " / " + dilation + ", " + matrix + "]";
    }
}
