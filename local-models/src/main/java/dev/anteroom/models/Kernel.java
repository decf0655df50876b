package dev.anteroom.models;

/**
 * The arithmetic of a network over rows of values. Stateless, thread-safe; all kernels give the same bits.
 *
 * <p>Every length is a multiple of {@link Matrix#LANES}.
 */
interface Kernel {

    /** Rows that a multiplication computes at once: so many more than it is asked for may be read and written. */
    int ROWS = 4;

    /** Products that four results of a filter of three taps take, see {@link Filter}. */
    int PARTS = 6;

    /** Adds up {@code count} rows, in order. */
    void sum(float[] rows, int[] from, int count, float[] x, int to, int length);

    /** Adds to what stands there. */
    void add(float[] x, int from, float[] y, int to, int length);

    /** Drops what is negative and adds the input. */
    void finish(float[] x, int from, float[] y, int to, int length);

    /**
     * Multiplies rows by a matrix: {@code y = bias + sum over taps k and inputs i of w[k][i] x[at + k tapStep + i]}, taps first.
     *
     * @param at where the first row begins in its first tap; the next begins {@link Matrix#inputStride} later
     * @param to where the first result goes; the next goes {@link Matrix#outputs} later
     */
    void multiply(Matrix matrix, float[] bias, float[] x, int at, int tapStep, float[] y, int to, int rows);

    /**
     * Sums neighbouring rows value by value, each with its own weights: {@code y = sum over taps k of w[k] x[at + k tapStep]}.
     *
     * @param length values of a row, and from one row to the next
     */
    void depthwise(float[] weights, int taps, float[] x, int at, int tapStep, float[] y, int to, int rows, int length);

    /**
     * Makes the inputs of the {@value #PARTS} products of {@link Filter} from six rows.
     *
     * @param at where the first row begins; each further one begins {@code step} later
     * @param to where the first input goes; each further one goes {@code part} later
     */
    void spread(float[] x, int at, int step, float[] parts, int to, int part, int length);

    /**
     * Makes four rows of a layer from the {@value #PARTS} products: adds the bias, drops what is negative, adds the input.
     *
     * @param from where the first product begins; each further one begins {@code part} later
     * @param at where the first row begins, in input and result; each further one begins {@code step} later
     * @param length a multiple of that of the bias
     */
    void gather(float[] parts, int from, int part, float[] bias, float[] x, float[] y, int at, int step, int length);
}
