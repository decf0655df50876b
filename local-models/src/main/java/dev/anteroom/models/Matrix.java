package dev.anteroom.models;

import java.util.Arrays;

/**
 * Weights from rows of inputs to rows of outputs, laid out for a kernel: in blocks of {@link #LANES} outputs, each by input, output.
 * Immutable.
 *
 * <p>Outputs are padded to {@link #outputs}, a multiple of {@link #LANES}; what is computed there, if anything, reaches no other value.
 */
final class Matrix {

    /** The most values that a vector of any processor holds; the width of every row is a multiple of it. */
    static final int LANES = 16;

    final int inputs;

    /** Values from one row of the input to the next. */
    final int inputStride;

    /** Outputs with padding, which are also the values from one row of the result to the next. */
    final int outputs;

    /** Outputs without padding. */
    final int used;

    final float[] weights;

    /** Lays weights out that stand by input, output. */
    Matrix(int inputs, int outputs, float[] weights) {
        this.inputs = inputs;
        this.inputStride = padded(inputs);
        this.outputs = padded(outputs);
        this.used = outputs;
        this.weights = new float[inputs * this.outputs];
        int at = 0;
        for (int block = 0; block < this.outputs; block += LANES) {
            for (int row = 0; row < inputs; row++) {
                for (int o = block; o < block + LANES; o++) {
                    this.weights[at++] = o < outputs ? weights[row * outputs + o] : 0;
                }
            }
        }
    }

    /** Where the weights of an output begin; those of the next input stand {@link #LANES} later. */
    int first(int output) {
        return output / LANES * LANES * inputs + output % LANES;
    }

    static int padded(int width) {
        return (width + LANES - 1) / LANES * LANES;
    }

    static float[] padded(float[] values) {
        return Arrays.copyOf(values, padded(values.length));
    }

    @Override
    public String toString() {
        return "Matrix[" + inputs + " to " + outputs + "]";
    }
}
