package dev.anteroom.models;

/** Computes layers. Stateless, thread-safe; all kernels give the same bits. */
interface Kernel {

    /** Rows that are summed for a token. */
    int SUMMED = 7;

    /** Rows that are computed at once. */
    int ROWS = 6;

    /**
     * Adds up rows, in order.
     *
     * @param from where each of {@value #SUMMED} rows begins
     * @param x gets the sum, from {@code to} on
     */
    void sum(float[] rows, int[] from, float[] x, int to, int width);

    /**
     * Computes rows of a layer.
     *
     * @param x the input, by row; the layer's reach and {@value #ROWS} rows more around {@code [from, to)} can be read
     * @param y gets the result, by row; rows up to {@code from + ROWS} may be written beyond {@code to}
     */
    void compute(Layer layer, float[] x, float[] y, int from, int to);
}
