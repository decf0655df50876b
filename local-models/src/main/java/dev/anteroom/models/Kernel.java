package dev.anteroom.models;

/** Computes layers. Stateless, thread-safe; all kernels give the same bits. */
interface Kernel {

    /**
     * Computes rows of a layer.
     *
     * @param x the input, by row; the layer's reach and {@value #ROWS} rows more around {@code [from, to)} can be read
     * @param y gets the result, by row; rows up to {@code from + ROWS} may be written beyond {@code to}
     */
    void compute(Layer layer, float[] x, float[] y, int from, int to);

    /** Rows that are computed at once. */
    int ROWS = 6;
}
