package dev.anteroom.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A network as models/phi-tagger/model.py defines it, computed as it stands there, slowly and in double precision. */
final class Definition {

    /** Rows of embeddings without trigrams, and with them. */
    static final int ROWS = 12_932;

    static final int ROWS_WITH_TRIGRAMS = ROWS + 4_096;

    /** A layer of a made-up network. */
    record Shape(int taps, int dilation, boolean separable) {}

    private record Weights(Shape shape, double[] depthwise, double[] weights, double[] bias) {}

    private final int width;
    private final int classes;
    private final double[] embeddings;
    private final Weights[] layers;
    private final double[] outputs;
    private final double[] bias;

    /** Reads a file of format PHITAG1 or PHITAG2. */
    Definition(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean second = in.get(6) == '2';
        int rows = in.getInt(8);
        width = in.getInt(12);
        layers = new Weights[in.getInt(16)];
        classes = in.getInt(20);
        in.position(24);
        Shape[] shapes = new Shape[layers.length];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] =
                    second ? new Shape(in.getInt(), in.getInt(), in.getInt() == 1) : new Shape(3, in.getInt(), false);
        }
        embeddings = halves(in, rows * width);
        for (int i = 0; i < layers.length; i++) {
            Shape shape = shapes[i];
            double[] depthwise = halves(in, shape.separable ? shape.taps * width : 0);
            double[] weights = halves(in, (shape.separable ? 1 : shape.taps) * width * width);
            layers[i] = new Weights(shape, depthwise, weights, halves(in, width));
        }
        outputs = halves(in, width * classes);
        bias = halves(in, classes);
    }

    private static double[] halves(ByteBuffer in, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(in.getShort());
        }
        return values;
    }

    /** Returns the scores of each token. */
    double[][] scores(TokenScores tokens) {
        int count = tokens.count();
        double[][] x = new double[count][width];
        for (int t = 0; t < count; t++) {
            for (int id : GoldenTest.embeddings(tokens, t, embeddings.length / width > ROWS)) {
                for (int i = 0; i < width; i++) {
                    x[t][i] += embeddings[id * width + i];
                }
            }
        }
        for (Weights layer : layers) {
            double[][] y = new double[count][];
            for (int t = 0; t < count; t++) {
                y[t] = row(layer, x, t);
            }
            x = y;
        }
        double[][] scores = new double[count][classes];
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < classes; c++) {
                scores[t][c] = bias[c];
                for (int i = 0; i < width; i++) {
                    scores[t][c] += outputs[i * classes + c] * x[t][i];
                }
            }
        }
        return scores;
    }

    private double[] row(Weights layer, double[][] x, int t) {
        Shape shape = layer.shape;
        double[] sums = layer.bias.clone();
        for (int k = 0; k < shape.taps; k++) {
            int from = t + (k - shape.taps / 2) * shape.dilation;
            if (from < 0 || from >= x.length) {
                continue;
            }
            for (int i = 0; i < width; i++) {
                double in = x[from][i] * (shape.separable ? layer.depthwise[k * width + i] : 1);
                int row = (shape.separable ? i : k * width + i) * width;
                for (int o = 0; o < width; o++) {
                    sums[o] += in * layer.weights[row + o];
                }
            }
        }
        for (int o = 0; o < width; o++) {
            sums[o] = x[t][o] + Math.max(0, sums[o]);
        }
        return sums;
    }

    /** Makes the file of a network of random weights, of format PHITAG2. */
    static byte[] random(Random random, int rows, int width, int classes, Shape... shapes) {
        int halves = rows * width + width * classes + classes;
        for (Shape shape : shapes) {
            halves += (shape.separable ? shape.taps + width : shape.taps * width) * width + width;
        }
        ByteBuffer out =
                ByteBuffer.allocate(24 + 12 * shapes.length + 2 * halves).order(ByteOrder.LITTLE_ENDIAN);
        out.put("PHITAG2\0".getBytes(StandardCharsets.US_ASCII));
        out.putInt(rows).putInt(width).putInt(shapes.length).putInt(classes);
        for (Shape shape : shapes) {
            out.putInt(shape.taps).putInt(shape.dilation).putInt(shape.separable ? 1 : 0);
        }
        for (int i = 0; i < halves; i++) {
            out.putShort(Float.floatToFloat16((float) random.nextGaussian() * 0.1f));
        }
        return out.array();
    }
}
