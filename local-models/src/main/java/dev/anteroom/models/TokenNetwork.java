package dev.anteroom.models;

/**
 * The network of a tagger: sums of embeddings, residual convolutions over neighbouring tokens, one score a class. File format PHITAG1, see
 * models/phi-tagger/model.py: width, layers, dilations and classes are the file's.
 * Immutable. Thread-safe.
 *
 * <p>Long texts are computed in windows with as many tokens around them as can matter, so a token's scores never depend on where a window
 * ends, and the memory that is needed does not grow with the text.
 */
final class TokenNetwork {

    private static final int MOST_ROWS = 1 << 20;
    private static final int MOST_WIDTH = 512;
    private static final int MOST_LAYERS = 16;
    private static final int MOST_CLASSES = 64;
    private static final int MOST_DILATION = 64;
    private static final int WINDOW = 320;

    private static final int BIN_TABLES = 8;
    private static final int BINS = 4;
    private static final int SPACES = 4;
    private static final int ROWS = Features.WORDS
            + Features.PREFIXES
            + Features.SUFFIXES_3
            + Features.SUFFIXES_2
            + Features.SHAPES
            + BIN_TABLES * BINS
            + SPACES;

    private final int stride;
    private final int classes;
    private final int reach;
    private final int border;
    private final Layer[] layers;

    /** Rows of embeddings by slot of word, prefix and both suffixes, then sums: by shape and space, by the first four bins, by the last four. */
    private final float[] rows;

    private static final int PREFIX_ROWS = Features.WORDS;
    private static final int SUFFIX_3_ROWS = PREFIX_ROWS + Features.PREFIXES;
    private static final int SUFFIX_2_ROWS = SUFFIX_3_ROWS + Features.SUFFIXES_3;
    private static final int SHAPE_ROWS = SUFFIX_2_ROWS + Features.SUFFIXES_2;
    private static final int LOW_BIN_ROWS = SHAPE_ROWS + Features.SHAPES * SPACES;
    private static final int HIGH_BIN_ROWS = LOW_BIN_ROWS + 256;
    private static final int SUMMED_ROWS = HIGH_BIN_ROWS + 256;

    private TokenNetwork(int width, float[] embeddings, Layer[] layers, int classes) {
        this.stride = Layer.padded(width);
        this.layers = layers;
        this.classes = classes;
        int all = 0;
        int widest = 0;
        for (Layer layer : layers) {
            all += layer.reach();
            widest = Math.max(widest, layer.reach());
        }
        this.reach = all;
        this.border = widest + Kernel.ROWS;
        this.rows = summed(embeddings, width, stride);
    }

    static TokenNetwork read(ModelFile file) {
        FieldReader in = file.fields();
        in.magic("PHITAG1");
        int rows = in.count("number of embeddings", 1, MOST_ROWS);
        int width = in.count("width", 1, MOST_WIDTH);
        int depth = in.count("number of layers", 0, MOST_LAYERS);
        int classes = in.count("number of classes", 2, MOST_CLASSES);
        if (rows != ROWS) {
            throw in.wrong("it has " + rows + " embeddings (expected: " + ROWS + ", the features of this version)");
        }
        int[] dilations = new int[depth];
        for (int i = 0; i < depth; i++) {
            dilations[i] = in.count("dilation of layer " + i, 1, MOST_DILATION);
        }
        float[] embeddings = in.halves("embeddings", rows * width);
        Layer[] layers = new Layer[depth + 1];
        for (int i = 0; i < depth; i++) {
            float[] weights = in.halves("weights of layer " + i, 3 * width * width);
            layers[i] = new Layer(3, dilations[i], true, width, weights, in.halves("bias of layer " + i, width));
        }
        float[] weights = in.halves("weights of classes", width * classes);
        layers[depth] = new Layer(1, 0, false, width, weights, in.halves("bias of classes", classes));
        in.end();
        return new TokenNetwork(width, embeddings, layers, classes);
    }

    private static float[] summed(float[] e, int width, int stride) {
        float[] rows = new float[SUMMED_ROWS * stride];
        for (int row = 0; row < SHAPE_ROWS; row++) {
            System.arraycopy(e, row * width, rows, row * stride, width);
        }
        int bins = SHAPE_ROWS + Features.SHAPES;
        int spaces = bins + BIN_TABLES * BINS;
        for (int shape = 0; shape < Features.SHAPES; shape++) {
            for (int space = 0; space < SPACES; space++) {
                int row = SHAPE_ROWS + shape * SPACES + space;
                add(e, SHAPE_ROWS + shape, rows, row, width, stride);
                add(e, spaces + space, rows, row, width, stride);
            }
        }
        for (int value = 0; value < 256; value++) {
            for (int table = 0; table < BIN_TABLES; table++) {
                int row = (table < 4 ? LOW_BIN_ROWS : HIGH_BIN_ROWS) + value;
                add(e, bins + table * BINS + (value >> 2 * (table & 3) & 3), rows, row, width, stride);
            }
        }
        return rows;
    }

    private static void add(float[] e, int from, float[] rows, int to, int width, int stride) {
        for (int i = 0; i < width; i++) {
            rows[to * stride + i] += e[from * width + i];
        }
    }

    int classes() {
        return classes;
    }

    Scratch scratch() {
        return new Scratch(this);
    }

    /** Room for the rows of one window. Confined to one thread. */
    static final class Scratch {
        private final int[] at = new int[Kernel.SUMMED];
        private final float[] x;
        private final float[] y;

        Scratch(TokenNetwork network) {
            int widest = network.stride;
            for (Layer layer : network.layers) {
                widest = Math.max(widest, layer.outputs);
            }
            int room = (WINDOW + 2 * network.reach + 2 * network.border) * widest;
            x = new float[room];
            y = new float[room];
        }

        @Override
        public String toString() {
            return "Scratch";
        }
    }

    /** Computes the scores of all tokens. */
    void score(TokenScores tokens, Scratch scratch, Kernel kernel, TimeLimit limit) {
        tokens.makeRoomForScores();
        int count = tokens.count();
        for (int from = 0; from < count; from += WINDOW) {
            limit.check();
            window(tokens, from, Math.min(count, from + WINDOW), scratch, kernel);
        }
    }

    /** Computes the least that a kernel computes at once, of every layer, to no purpose. */
    void probe(Scratch scratch, Kernel kernel) {
        kernel.sum(rows, scratch.at, scratch.x, border * stride, stride);
        for (Layer layer : layers) {
            kernel.compute(layer, scratch.x, scratch.y, border, border + Kernel.ROWS);
        }
    }

    private void window(TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel) {
        int base = from - reach - border;
        int count = tokens.count();
        float[] x = scratch.x;
        float[] y = scratch.y;
        int left = reach;
        int first = Math.max(0, from - left);
        int last = Math.min(count, to + left);
        // Rows before and after the text are zeros in the input of every layer.
        clear(x, 0, first - base);
        clear(y, 0, first - base);
        embed(tokens, first, last, scratch, kernel, base);
        for (Layer layer : layers) {
            clear(x, last - base, last - base + border);
            left -= layer.reach();
            first = Math.max(0, from - left);
            last = Math.min(count, to + left);
            kernel.compute(layer, x, y, first - base, last - base);
            float[] swap = x;
            x = y;
            y = swap;
        }
        int outputs = layers[layers.length - 1].outputs;
        for (int token = from; token < to; token++) {
            System.arraycopy(x, (token - base) * outputs, tokens.scores, token * classes, classes);
        }
    }

    private void clear(float[] rowsOfStride, int from, int to) {
        java.util.Arrays.fill(rowsOfStride, from * stride, to * stride, 0f);
    }

    private void embed(TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel, int base) {
        int[] at = scratch.at;
        int width = stride;
        for (int token = from; token < to; token++) {
            int slot = token * Features.SLOTS;
            int[] slots = tokens.slots;
            int bins = tokens.bins[token];
            at[0] = slots[slot + Features.WORD] * width;
            at[1] = (PREFIX_ROWS + slots[slot + Features.PREFIX]) * width;
            at[2] = (SUFFIX_3_ROWS + slots[slot + Features.SUFFIX_3]) * width;
            at[3] = (SUFFIX_2_ROWS + slots[slot + Features.SUFFIX_2]) * width;
            at[4] = (SHAPE_ROWS + slots[slot + Features.SHAPE] * SPACES + tokens.spaces[token]) * width;
            at[5] = (LOW_BIN_ROWS + (bins & 255)) * width;
            at[6] = (HIGH_BIN_ROWS + (bins >> 8)) * width;
            kernel.sum(rows, at, scratch.x, (token - base) * width, width);
        }
    }

    @Override
    public String toString() {
        return "TokenNetwork[" + stride + " x " + (layers.length - 1) + "]";
    }
}
