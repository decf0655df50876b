package dev.anteroom.models;

/**
 * One layer of a network over rows of values, laid out for a kernel.
 * Immutable.
 *
 * <p>Row {@code t} of the result is {@code b + sum over taps k and inputs i of w[k][i] x[t + (k - taps / 2) dilation][i]}; a residual layer then
 * drops what is negative and adds row {@code t} of its input. Sums run over taps, then inputs, with fused multiplication, so that every
 * kernel gives the same bits.
 *
 * <p>Outputs are padded to {@link #outputs}, which is a multiple of {@link #LANES} and at least twice that; padding computes zeros. Weights
 * stand in blocks of {@link #blocks} times {@link #LANES} outputs, each block by tap, input, output.
 */
final class Layer {

    /** The most values that a vector of any processor holds; the width of every row is a multiple of it. */
    static final int LANES = 16;

    final int taps;
    final int dilation;
    final boolean residual;
    final int inputs;

    /** Values from one row of the input to the next. */
    final int inputStride;

    /** Outputs with padding, which are also the values from one row of the result to the next. */
    final int outputs;

    final float[] weights;
    final float[] bias;

    /** Widths of the blocks of outputs, in units of {@link #LANES}: each 2 or 3. */
    final int[] blocks;

    /**
     * Lays a layer out.
     *
     * @param weights by tap, input, output
     * @param bias by output
     */
    Layer(int taps, int dilation, boolean residual, int inputs, float[] weights, float[] bias) {
        this.taps = taps;
        this.dilation = dilation;
        this.residual = residual;
        this.inputs = inputs;
        this.inputStride = padded(inputs);
        this.outputs = padded(bias.length);
        this.bias = java.util.Arrays.copyOf(bias, outputs);
        this.blocks = blocks(outputs / LANES);
        this.weights = new float[taps * inputs * outputs];
        int at = 0;
        int first = 0;
        for (int block : blocks) {
            int width = block * LANES;
            for (int row = 0; row < taps * inputs; row++) {
                for (int o = first; o < first + width; o++) {
                    this.weights[at++] = o < bias.length ? weights[row * bias.length + o] : 0;
                }
            }
            first += width;
        }
    }

    static int padded(int width) {
        return Math.max(2, (width + LANES - 1) / LANES) * LANES;
    }

    private static int[] blocks(int vectors) {
        int twos = vectors % 3 == 0 ? 0 : 3 - vectors % 3;
        int[] blocks = new int[twos + (vectors - 2 * twos) / 3];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = i < twos ? 2 : 3;
        }
        return blocks;
    }

    /** How many rows to either side a row of the result depends on. */
    int reach() {
        return taps / 2 * dilation;
    }

    @Override
    public String toString() {
        return "Layer[" + inputs + " to " + outputs + "]";
    }
}
