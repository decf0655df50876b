package dev.anteroom.models;

import java.util.Arrays;

/**
 * The network of a tagger: sums of embeddings, residual convolutions over neighbouring tokens, one score a class. File formats PHITAG1 and
 * PHITAG2, see models/phi-tagger/model.py: width, layers, their taps and dilations, and classes are the file's.
 * Immutable. Thread-safe.
 *
 * <p>The sums of embeddings are kept for words that came lately ({@link WordRows}), and, where the first layer mixes values over all its
 * taps, what they add to it, since up to there all is linear. Such layers of three taps take half the multiplications ({@link Filter}).
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
    private static final int MOST_TAPS = 15;
    private static final int WINDOW = 512;

    /** Products of a filter that are kept at once; small enough to stay in the processor's cache. */
    private static final int TILES = 32;

    /** Made-up tokens of which a layer takes every way that it has. */
    private static final int PROBED = 20;

    private static final int BIN_TABLES = 8;
    private static final int BINS = 4;
    private static final int SPACES = 4;

    private static final int PREFIX_ROWS = Features.WORDS;
    private static final int SUFFIX_3_ROWS = PREFIX_ROWS + Features.PREFIXES;
    private static final int SUFFIX_2_ROWS = SUFFIX_3_ROWS + Features.SUFFIXES_3;
    private static final int SHAPE_ROWS = SUFFIX_2_ROWS + Features.SUFFIXES_2;
    private static final int BIN_ROWS = SHAPE_ROWS + Features.SHAPES;
    private static final int SPACE_ROWS = BIN_ROWS + BIN_TABLES * BINS;
    private static final int TRIGRAM_ROWS = SPACE_ROWS + SPACES;
    private static final int ROWS = TRIGRAM_ROWS + Features.TRIGRAMS;

    /** Embeddings of a token at most; those of trigrams are the last. */
    static final int IDS = 6 + BIN_TABLES + Features.MOST_TRIGRAMS;

    private final int stride;
    private final int classes;
    private final boolean trigrams;

    /** Rows around a text that count as zeros. */
    private final int border;

    private final Layer[] layers;
    private final Matrix outputs;
    private final float[] lastBias;
    private final float[] noBias;

    private final float[] embeddings;

    /** The first layer's weights for {@link WordRows}; of no outputs where nothing of it is looked up. */
    private final Matrix lookedUp;

    private TokenNetwork(
            int width, float[] embeddings, Layer[] layers, Matrix lookedUp, float[] weights, float[] bias) {
        this.stride = Matrix.padded(width);
        this.layers = layers;
        this.classes = bias.length;
        this.outputs = new Matrix(1, width, classes, weights);
        this.lastBias = Matrix.padded(bias);
        this.noBias = new float[stride];
        this.lookedUp = lookedUp;
        int rows = embeddings.length / width;
        this.trigrams = rows == ROWS;
        this.embeddings = new float[rows * stride];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(embeddings, row * width, this.embeddings, row * stride, width);
        }
        int widest = 0;
        for (Layer layer : layers) {
            widest = Math.max(widest, Math.max(2 * layer.reach(), layer.group() + layer.dilation));
        }
        this.border = widest + Kernel.ROWS;
    }

    static TokenNetwork read(ModelFile file) {
        FieldReader in = file.fields();
        boolean taps = in.magic("PHITAG1", "PHITAG2") > 0;
        int rows = in.count("number of embeddings", 1, MOST_ROWS);
        int width = in.count("width", 1, MOST_WIDTH);
        int depth = in.count("number of layers", 0, MOST_LAYERS);
        int classes = in.count("number of classes", 2, MOST_CLASSES);
        if (rows != TRIGRAM_ROWS && rows != ROWS) {
            throw in.wrong("it has " + rows + " embeddings (expected: " + TRIGRAM_ROWS + ", or " + ROWS
                    + " with trigrams, the features of this version)");
        }
        Head[] heads = new Head[depth];
        for (int i = 0; i < depth; i++) {
            heads[i] = taps
                    ? new Head(
                            in.count("taps of layer " + i, 1, MOST_TAPS),
                            in.count("dilation of layer " + i, 1, MOST_DILATION),
                            in.count("kind of layer " + i, 0, 1) > 0)
                    : new Head(3, in.count("dilation of layer " + i, 1, MOST_DILATION), false);
            if (heads[i].taps % 2 == 0) {
                throw in.wrong("taps of layer " + i + " are " + heads[i].taps + " (expected: an odd number)");
            }
        }
        float[] embeddings = in.halves("embeddings", rows * width);
        Layer[] layers = new Layer[depth];
        Matrix lookedUp = new Matrix(1, width, 0, new float[0]);
        for (int i = 0; i < depth; i++) {
            Head head = heads[i];
            float[] depthwise =
                    head.separable ? in.halves("weights by value of layer " + i, head.taps * width) : new float[0];
            float[] weights = in.halves("weights of layer " + i, (head.separable ? 1 : head.taps) * width * width);
            float[] bias = in.halves("bias of layer " + i, width);
            layers[i] = head.separable
                    ? Layer.separable(head.taps, head.dilation, depthwise, weights, bias)
                    : Layer.full(head.taps, head.dilation, weights, bias);
            if (i == 0 && !head.separable) {
                lookedUp = lookedUp(head.taps, width, weights);
            }
        }
        float[] weights = in.halves("weights of classes", width * classes);
        float[] bias = in.halves("bias of classes", classes);
        in.end();
        return new TokenNetwork(width, embeddings, layers, lookedUp, weights, bias);
    }

    private record Head(int taps, int dilation, boolean separable) {}

    /** Returns the weights of a layer with the outputs of its taps one behind the other, the last tap's first. */
    private static Matrix lookedUp(int taps, int width, float[] weights) {
        int stride = Matrix.padded(width);
        int outputs = taps * stride;
        float[] made = new float[width * outputs];
        for (int k = 0; k < taps; k++) {
            for (int i = 0; i < width; i++) {
                int to = i * outputs + (taps - 1 - k) * stride;
                System.arraycopy(weights, (k * width + i) * width, made, to, width);
            }
        }
        return new Matrix(1, width, outputs, made);
    }

    int classes() {
        return classes;
    }

    /** Returns whether it has embeddings of trigrams. */
    boolean trigrams() {
        return trigrams;
    }

    float[] embeddings() {
        return embeddings;
    }

    Matrix lookedUp() {
        return lookedUp;
    }

    int stride() {
        return stride;
    }

    Scratch scratch() {
        return new Scratch(this);
    }

    /** Room for the rows of one window, and what is known of words. Confined to one thread. */
    static final class Scratch {
        private final WordRows words;
        private final float[] x;
        private final float[] y;
        private final float[] spread;
        private final float[] products;

        /** Values from one input or product of a filter to the next. */
        private final int part;

        /** The first token of each layer's result, and the one behind the last; then those of the scores. */
        private final int[] first;

        private final int[] last;

        Scratch(TokenNetwork network) {
            int tiles = TILES;
            int around = 0;
            for (Layer layer : network.layers) {
                tiles = Math.max(tiles, layer.dilation);
                around += layer.reach() + layer.group();
            }
            int room = WINDOW + 2 * around + 2 * network.border;
            words = new WordRows(network);
            int widest = Math.max(network.stride, network.outputs.outputs);
            x = new float[room * widest];
            y = new float[room * widest];
            part = (tiles + Kernel.ROWS) * network.stride;
            spread = new float[Kernel.PARTS * part];
            products = new float[Kernel.PARTS * part];
            first = new int[network.layers.length + 1];
            last = new int[network.layers.length + 1];
        }

        @Override
        public String toString() {
            return "Scratch[" + words + "]";
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

    /** Computes little in every way that there is, to no purpose. */
    void probe(Scratch scratch, Kernel kernel) {
        TokenScores tokens = new TokenScores();
        tokens.clear(classes);
        for (int i = 0; i < PROBED; i++) {
            tokens.add(i, i + 1, TokenScores.SIGN, TokenScores.NO_SPACE);
        }
        tokens.makeRoomForScores();
        scratch.words.forget();
        window(tokens, 0, PROBED, scratch, kernel);
    }

    private void window(TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel) {
        int count = tokens.count();
        int[] first = scratch.first;
        int[] last = scratch.last;
        first[layers.length] = from;
        last[layers.length] = to;
        for (int i = layers.length - 1; i >= 0; i--) {
            // A layer computes whole groups, of what the next one reads.
            Layer layer = layers[i];
            int around = i + 1 < layers.length ? layers[i + 1].reach() : 0;
            int group = layer.group();
            first[i] = Math.max(0, first[i + 1] - around) / group * group;
            last[i] = Math.min(count, (last[i + 1] + around + group - 1) / group * group);
        }
        int around = layers.length > 0 ? layers[0].reach() : 0;
        int read = Math.max(0, first[0] - around);
        int end = Math.min(count, last[0] + around);
        int base = read - border;
        float[] x = scratch.x;
        float[] y = scratch.y;
        int begin = lookedUp.outputs > 0 ? 1 : 0;
        if (begin > 0) {
            embedFirst(tokens, first[0], last[0], scratch, kernel, base);
            x = scratch.y;
            y = scratch.x;
            read = first[0];
            end = last[0];
        } else {
            embed(tokens, read, end, scratch, kernel, base);
        }
        for (int i = begin; i < layers.length; i++) {
            // Rows before and after the text are zeros in the input of every layer.
            clear(x, read - base - border, read - base);
            clear(x, end - base, end - base + border);
            compute(layers[i], x, y, first[i] - base, last[i] - base, scratch, kernel);
            read = first[i];
            end = last[i];
            float[] swap = x;
            x = y;
            y = swap;
        }
        kernel.multiply(outputs, lastBias, x, (from - base) * stride, 0, y, 0, to - from);
        for (int token = from; token < to; token++) {
            System.arraycopy(y, (token - from) * outputs.outputs, tokens.scores, token * classes, classes);
        }
    }

    private void clear(float[] rows, int from, int to) {
        Arrays.fill(rows, from * stride, to * stride, 0f);
    }

    /** Computes the embeddings into {@code x}. */
    private void embed(TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel, int base) {
        WordRows words = scratch.words;
        for (int group = from; group < to; group += WordRows.GROUP) {
            int next = Math.min(to, group + WordRows.GROUP);
            words.find(tokens, group, next, kernel);
            for (int token = group; token < next; token++) {
                System.arraycopy(words.rows, words.at[token - group], scratch.x, (token - base) * stride, stride);
            }
        }
    }

    /** Computes the first layer into {@code y}, by what each token adds to its neighbours. */
    private void embedFirst(TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel, int base) {
        float[] x = scratch.x;
        float[] y = scratch.y;
        WordRows words = scratch.words;
        Layer layer = layers[0];
        int reach = layer.reach();
        for (int row = from - base; row < to - base; row++) {
            System.arraycopy(layer.bias, 0, y, row * stride, stride);
        }
        int end = Math.min(tokens.count(), to + reach);
        for (int group = Math.max(0, from - reach); group < end; group += WordRows.GROUP) {
            int next = Math.min(end, group + WordRows.GROUP);
            words.find(tokens, group, next, kernel);
            for (int token = group; token < next; token++) {
                int at = words.at[token - group];
                int row = token - base;
                System.arraycopy(words.rows, at, x, row * stride, stride);
                if (layer.dilation == 1) {
                    kernel.add(words.rows, at + stride, y, (row - reach) * stride, layer.taps * stride);
                } else {
                    for (int k = 0; k < layer.taps; k++) {
                        int neighbour = (row - reach + k * layer.dilation) * stride;
                        kernel.add(words.rows, at + (1 + k) * stride, y, neighbour, stride);
                    }
                }
            }
        }
        kernel.finish(x, (from - base) * stride, y, (from - base) * stride, (to - from) * stride);
    }

    /** Computes the rows {@code [from, to)} of a layer; {@code from} begins a group. */
    private void compute(Layer layer, float[] x, float[] y, int from, int to, Scratch scratch, Kernel kernel) {
        int row = from;
        if (layer.parts.length > 0) {
            int group = layer.group();
            int groups = (to - from) / group;
            // A filter takes as much for a row of a group as for all four, so few rows that are left are computed one
            // by one.
            groups += (to - from) % group >= 2 * layer.dilation ? 1 : 0;
            filter(layer, x, y, from, groups, scratch, kernel);
            row = from + groups * group;
        }
        // Some rows at a time, which then are still in the processor's cache.
        int step = layer.dilation * stride;
        for (; row < to; row += TILES) {
            int rows = Math.min(TILES, to - row);
            int begin = row * stride;
            int first = begin - layer.taps / 2 * step;
            if (layer.depthwise.length > 0) {
                kernel.depthwise(layer.depthwise, layer.taps, x, first, step, scratch.spread, 0, rows, stride);
                kernel.multiply(layer.matrix, layer.bias, scratch.spread, 0, 0, y, begin, rows);
            } else {
                kernel.multiply(layer.matrix, layer.bias, x, first, step, y, begin, rows);
            }
            kernel.finish(x, begin, y, begin, rows * stride);
        }
    }

    private void filter(Layer layer, float[] x, float[] y, int from, int groups, Scratch scratch, Kernel kernel) {
        int dilation = layer.dilation;
        int length = dilation * stride;
        int part = scratch.part;
        int atOnce = Math.max(1, TILES / dilation);
        for (int begun = 0; begun < groups; begun += atOnce) {
            int some = Math.min(atOnce, groups - begun);
            for (int i = 0; i < some; i++) {
                int at = (from + (begun + i) * 4 * dilation) * stride;
                kernel.spread(x, at - length, length, scratch.spread, i * length, part, length);
            }
            for (int k = 0; k < Kernel.PARTS; k++) {
                kernel.multiply(
                        layer.parts[k],
                        noBias,
                        scratch.spread,
                        k * part,
                        0,
                        scratch.products,
                        k * part,
                        some * dilation);
            }
            for (int i = 0; i < some; i++) {
                int at = (from + (begun + i) * 4 * dilation) * stride;
                kernel.gather(scratch.products, i * length, part, layer.bias, x, y, at, length, length);
            }
        }
    }

    /** Writes where the embeddings of a token begin, and returns how many there are. */
    int ids(TokenScores tokens, int token, int[] ids) {
        int slot = token * Features.SLOTS;
        int[] slots = tokens.slots;
        int bins = tokens.bins[token];
        int count = 0;
        ids[count++] = slots[slot + Features.WORD] * stride;
        ids[count++] = (PREFIX_ROWS + slots[slot + Features.PREFIX]) * stride;
        ids[count++] = (SUFFIX_3_ROWS + slots[slot + Features.SUFFIX_3]) * stride;
        ids[count++] = (SUFFIX_2_ROWS + slots[slot + Features.SUFFIX_2]) * stride;
        ids[count++] = (SHAPE_ROWS + slots[slot + Features.SHAPE]) * stride;
        for (int table = 0; table < BIN_TABLES; table++) {
            ids[count++] = (BIN_ROWS + table * BINS + (bins >> 2 * table & 3)) * stride;
        }
        ids[count++] = (SPACE_ROWS + tokens.spaces[token]) * stride;
        for (int i = 0; trigrams && i < Features.MOST_TRIGRAMS; i++) {
            ids[count++] = (TRIGRAM_ROWS + slots[slot + Features.TRIGRAM + i]) * stride;
        }
        return count;
    }

    @Override
    public String toString() {
        return "TokenNetwork[" + stride + " x " + layers.length + "]";
    }
}
