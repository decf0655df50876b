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
    record Shape(int taps, int dilation, int kind) {
        private static Shape read(ByteBuffer in) {
            return new Shape(in.getInt(), in.getInt(), in.getInt());
        }

        private int sums() {
            return kind == POINTWISE ? 0 : taps;
        }
    }

    static final int POINTWISE = 0;
    static final int SEPARABLE = 1;
    static final int MIXED = 2;

    private record Weights(Shape shape, double[] depthwise, double[] weights, double[] bias) {}

    private final int width;
    private final int classes;
    private final double[] embeddings;
    private final Weights[] layers;
    private final double[] outputs;
    private final double[] bias;

    /** Reads a file of format PHITAG2. */
    Definition(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int rows = in.getInt(8);
        width = in.getInt(12);
        layers = new Weights[in.getInt(16)];
        classes = in.getInt(20);
        in.position(24);
        Shape[] shapes = new Shape[layers.length];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = Shape.read(in);
        }
        embeddings = halves(in, rows * width);
        for (int i = 0; i < layers.length; i++) {
            Shape shape = shapes[i];
            double[] depthwise = halves(in, shape.sums() * width);
            double[] weights = halves(in, width * width);
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

    /** Returns the scores of each token of a text. */
    double[][] scores(String text, TokenScores tokens) {
        int count = tokens.count();
        double[][] x = new double[count][width];
        for (int t = 0; t < count; t++) {
            for (int id : GoldenTest.embeddings(text, tokens, t, embeddings.length / width > ROWS)) {
                for (int i = 0; i < width; i++) {
                    x[t][i] += embeddings[id * width + i];
                }
            }
        }
        for (Weights layer : layers) {
            double[][] y = x;
            if (layer.shape.kind == MIXED) {
                y = sums(layer, product(layer.weights, width, y));
            } else if (layer.shape.kind == SEPARABLE) {
                y = product(layer.weights, width, sums(layer, y));
            } else {
                y = product(layer.weights, width, y);
            }
            for (int t = 0; t < count; t++) {
                for (int i = 0; i < width; i++) {
                    y[t][i] = x[t][i] + Math.max(0, y[t][i] + layer.bias[i]);
                }
            }
            x = y;
        }
        double[][] scores = product(outputs, classes, x);
        for (double[] row : scores) {
            for (int c = 0; c < classes; c++) {
                row[c] += bias[c];
            }
        }
        return scores;
    }

    private double[][] product(double[] weights, int outputs, double[][] x) {
        double[][] y = new double[x.length][outputs];
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < width; i++) {
                for (int o = 0; o < outputs; o++) {
                    y[t][o] += x[t][i] * weights[i * outputs + o];
                }
            }
        }
        return y;
    }

    private double[][] sums(Weights layer, double[][] x) {
        Shape shape = layer.shape;
        double[][] y = new double[x.length][width];
        for (int t = 0; t < x.length; t++) {
            for (int k = 0; k < shape.taps; k++) {
                int from = t + (k - shape.taps / 2) * shape.dilation;
                for (int i = 0; i < width && from >= 0 && from < x.length; i++) {
                    y[t][i] += x[from][i] * layer.depthwise[k * width + i];
                }
            }
        }
        return y;
    }

    /** Makes the file of a network of random weights, of format PHITAG2. */
    static byte[] random(Random random, int rows, int width, int classes, Shape... shapes) {
        int halves = rows * width + width * classes + classes;
        for (Shape shape : shapes) {
            halves += (shape.sums() + width + 1) * width;
        }
        ByteBuffer out =
                ByteBuffer.allocate(24 + 12 * shapes.length + 2 * halves).order(ByteOrder.LITTLE_ENDIAN);
        out.put("PHITAG2\0".getBytes(StandardCharsets.US_ASCII));
        out.putInt(rows).putInt(width).putInt(shapes.length).putInt(classes);
        for (Shape shape : shapes) {
            out.putInt(shape.taps).putInt(shape.dilation).putInt(shape.kind);
        }
        for (int i = 0; i < halves; i++) {
            out.putShort(Float.floatToFloat16((float) random.nextGaussian() * 0.1f));
        }
        return out.array();
    }
}
