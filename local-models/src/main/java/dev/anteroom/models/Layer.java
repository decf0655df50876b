package dev.anteroom.models;

/**
 * A residual layer of a network: {@code y = x + max(0, bias + f(x))}, where f multiplies by a matrix, sums neighbouring rows value by value,
 * or both. Immutable.
 */
final class Layer {

    /** What it does first. */
    enum Kind {
        /** Multiplies, and sees no neighbours. */
        POINTWISE,

        /** Sums, then multiplies. */
        SEPARABLE,

        /** Multiplies, then sums. */
        MIXED
    }

    final Kind kind;
    final int taps;
    final int dilation;
    final float[] bias;

    /** Weights of the sums, by tap and value; empty where there are none. */
    final float[] depthwise;

    final Matrix matrix;

    /** Makes one of weights by tap and value, and weights by input, output. */
    Layer(Kind kind, int taps, int dilation, float[] depthwise, float[] weights, float[] bias) {
        int width = bias.length;
        int stride = Matrix.padded(width);
        this.kind = kind;
        this.taps = taps;
        this.dilation = dilation;
        this.bias = Matrix.padded(bias);
        this.depthwise = new float[depthwise.length / width * stride];
        for (int k = 0; k * width < depthwise.length; k++) {
            System.arraycopy(depthwise, k * width, this.depthwise, k * stride, width);
        }
        this.matrix = new Matrix(width, width, weights);
    }

    /** How many rows to either side a row of the result depends on. */
    int reach() {
        return taps / 2 * dilation;
    }

    @Override
    public String toString() {
        return kind + "[" + taps + " / " + dilation + ", " + matrix + "]";
    }
}
