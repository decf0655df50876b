package dev.anteroom.models;

/**
 * The arithmetic of a network over rows of values. Stateless, thread-safe; all kernels give the same bits, and a row's do not depend on which
 * other rows are computed with it.
 *
 * <p>Every length is a multiple of {@link Matrix#LANES}.
 */
interface Kernel {

    /** Rows that a multiplication computes at once: so many more than it is asked for may be read and written. */
    int ROWS = 4;

    /** Adds up {@code count} rows, in order. */
    void sum(float[] rows, int[] from, int count, float[] x, int to, int length);

    /**
     * Multiplies rows by a matrix: {@code y = bias + sum over inputs i of w[i] x[at + i]}.
     *
     * @param at where the first row begins; the next begins {@link Matrix#inputStride} later
     * @param to where the first result goes; the next goes {@link Matrix#outputs} later
     */
    void multiply(Matrix matrix, float[] bias, float[] x, int at, float[] y, int to, int rows);

    /**
     * Sums neighbouring rows value by value, each with its own weights: {@code y = sum over taps k of w[k] x[at + k tapStep]}.
     *
     * @param length values of a row, and from one row to the next
     */
    void depthwise(float[] weights, float[] x, int at, int tapStep, float[] y, int to, int rows, int length);

    /** Ends a layer: {@code y = before + max(0, y)}. */
    void finish(float[] before, int from, float[] y, int to, int length);

    /** Ends a layer that lacks its bias: {@code y = before + max(0, bias + y)}. A row is as long as the bias. */
    void finish(float[] bias, float[] before, int from, float[] y, int to, int rows);
}
