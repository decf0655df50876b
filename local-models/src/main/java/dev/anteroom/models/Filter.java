package dev.anteroom.models;

/**
 * A filter of three taps over rows, four results of which take six multiplications instead of twelve (Winograd, Arithmetic Complexity of
 * Computations, 1980; for networks: Lavin and Gray, arXiv 1509.09308), with the points 0, 1, -1, 2, -2 and infinity.
 *
 * <p>What is multiplied are sums of rows ({@link Kernel#spread}), by sums of the taps' weights ({@link #part}); what comes out is summed again
 * ({@link Kernel#gather}). The scores differ from those of the direct sums in the last bits only. A layer with a dilation is as many
 * filters as the dilation says, one for every row that many apart.
 */
final class Filter {

    private static final double[][] WEIGHTS = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1},
    };

    private Filter() {}

    /** Returns the weights of a product, of those of three taps by tap, input, output. */
    static Matrix part(int part, int inputs, int outputs, float[] weights) {
        double[] of = WEIGHTS[part];
        int size = inputs * outputs;
        float[] made = new float[size];
        for (int i = 0; i < size; i++) {
            made[i] = (float) (of[0] * weights[i] + of[1] * weights[size + i] + of[2] * weights[2 * size + i]);
        }
        return new Matrix(1, inputs, outputs, made);
    }
}
