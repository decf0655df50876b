package dev.anteroom.models;

/** Without vectors: for Java machines that were started without the module. Stateless. */
final class PlainKernel implements Kernel {

    @Override
    public void compute(Layer layer, float[] x, float[] y, int from, int to) {
        float[] w = layer.weights;
        int inputs = layer.inputs;
        int at = 0;
        int first = 0;
        for (int block : layer.blocks) {
            int width = block * Layer.LANES;
            for (int t = from; t < to; t++) {
                int out = t * layer.outputs + first;
                System.arraycopy(layer.bias, first, y, out, width);
                int weight = at;
                for (int k = 0; k < layer.taps; k++) {
                    int in = (t + (k - layer.taps / 2) * layer.dilation) * layer.inputStride;
                    for (int i = 0; i < inputs; i++) {
                        float value = x[in + i];
                        for (int o = 0; o < width; o++) {
                            y[out + o] = Math.fma(w[weight + o], value, y[out + o]);
                        }
                        weight += width;
                    }
                }
                if (layer.residual) {
                    int in = t * layer.inputStride + first;
                    for (int o = 0; o < width; o++) {
                        y[out + o] = Math.max(y[out + o], 0f) + x[in + o];
                    }
                }
            }
            at += layer.taps * inputs * width;
            first += width;
        }
    }

    @Override
    public String toString() {
        return "PlainKernel";
    }
}
