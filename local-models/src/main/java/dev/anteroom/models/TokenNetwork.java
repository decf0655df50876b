package dev.anteroom.models;

import java.util.Arrays;
import java.util.List;

/**
 * The network of a tagger: sums of embeddings, residual layers over neighbouring tokens, one score a class. File format PHITAG2, see
 * models/phi-tagger/model.py: width, layers, their taps and dilations, and classes are the file's. Immutable. Thread-safe.
 *
 * <p>What comes before the first look at a neighbour is kept for words that came lately ({@link WordRows}): the sum of the embeddings, the
 * layers that see one token alone, and the product of a layer that multiplies before it sums.
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

    /** Rows that a layer computes at once; few enough to stay in the processor's cache. */
    private static final int TILES = 32;

    /** As many tokens as it takes for a layer to take every way that it has. */
    private static final char[] PROBE = "Pt is a 74 y.o. seen 03/14/2024 with a CT of the abdomen.".toCharArray();

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

    /** Layers that see one token alone. */
    private final Layer[] byWord;

    /** The others; all but the first sum before they multiply. */
    private final Layer[] layers;

    private final Matrix outputs;
    private final float[] lastBias;

    private final float[] embeddings;

    private TokenNetwork(int width, float[] embeddings, Layer[] byWord, Layer[] layers, float[] weights, float[] bias) {
        this.stride = Matrix.padded(width);
        this.byWord = byWord;
        this.layers = layers;
        this.classes = bias.length;
        this.outputs = new Matrix(width, classes, weights);
        this.lastBias = Matrix.padded(bias);
        int rows = embeddings.length / width;
        this.trigrams = rows == ROWS;
        this.embeddings = new float[rows * stride];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(embeddings, row * width, this.embeddings, row * stride, width);
        }
        int widest = 0;
        for (Layer layer : layers) {
            widest = Math.max(widest, layer.reach());
        }
        this.border = widest + Kernel.ROWS;
    }

    static TokenNetwork read(ModelFile file) {
        FieldReader in = file.fields();
        in.magic("PHITAG2");
        int rows = in.count("number of embeddings", 1, MOST_ROWS);
        int width = in.count("width", 1, MOST_WIDTH);
        int depth = in.count("number of layers", 0, MOST_LAYERS);
        int classes = in.count("number of classes", 2, MOST_CLASSES);
        if (rows != TRIGRAM_ROWS && rows != ROWS) {
            throw in.wrong("it has " + rows + " embeddings (expected: " + TRIGRAM_ROWS + ", or " + ROWS
                    + " with trigrams, the features of this version)");
        }
        Head[] heads = new Head[depth];
        int single = 0;
        for (int i = 0; i < depth; i++) {
            Head head = new Head(
                    in.count("taps of layer " + i, 1, MOST_TAPS),
                    in.count("dilation of layer " + i, 1, MOST_DILATION),
                    kind(in.count("kind of layer " + i, 0, 2)));
            heads[i] = head;
            boolean pointwise = head.kind == Layer.Kind.POINTWISE;
            if (head.taps % 2 == 0 || pointwise && head.taps > 1) {
                throw in.wrong(
                        "taps of layer " + i + " are " + head.taps + " (expected: an odd number, one if pointwise)");
            }
            if (head.kind != Layer.Kind.SEPARABLE && i > single) {
                throw in.wrong("layer " + i + " is " + head.kind
                        + " (expected: pointwise layers, one mixed one at most, then separable ones)");
            }
            single += pointwise ? 1 : 0;
        }
        float[] embeddings = in.halves("embeddings", rows * width);
        Layer[] layers = new Layer[depth];
        for (int i = 0; i < depth; i++) {
            Head head = heads[i];
            int sums = head.kind == Layer.Kind.POINTWISE ? 0 : head.taps * width;
            layers[i] = new Layer(
                    head.kind,
                    head.taps,
                    head.dilation,
                    in.halves("weights by value of layer " + i, sums),
                    in.halves("weights of layer " + i, width * width),
                    in.halves("bias of layer " + i, width));
        }
        float[] weights = in.halves("weights of classes", width * classes);
        float[] bias = in.halves("bias of classes", classes);
        in.end();
        Layer[] byWord = Arrays.copyOf(layers, single);
        return new TokenNetwork(width, embeddings, byWord, Arrays.copyOfRange(layers, single, depth), weights, bias);
    }

    private static Layer.Kind kind(int number) {
        return switch (number) {
            case 0 -> Layer.Kind.POINTWISE;
            case 1 -> Layer.Kind.SEPARABLE;
            default -> Layer.Kind.MIXED;
        };
    }

    private record Head(int taps, int dilation, Layer.Kind kind) {}

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

    /** Layers that see one token alone. */
    Layer[] byWord() {
        return byWord;
    }

    /** Returns the layer that multiplies before it sums, as a list of one or none. */
    List<Layer> mixed() {
        return layers.length > 0 && layers[0].kind == Layer.Kind.MIXED ? List.of(layers[0]) : List.of();
    }

    int stride() {
        return stride;
    }

    /** Returns room for reading texts with the lexicon that the network was trained with. */
    Scratch scratch(WordBins lexicon) {
        return new Scratch(this, lexicon);
    }

    /** Room for the rows of one window, and what is known of words. Confined to one thread. */
    static final class Scratch {
        private final WordRows words;
        private final float[] x;
        private final float[] y;
        private final float[] products;
        private final float[] sums;

        /** The first token of each layer's result, and the one behind the last; then those of the scores. */
        private final int[] first;

        private final int[] last;

        Scratch(TokenNetwork network, WordBins lexicon) {
            int around = 0;
            for (Layer layer : network.layers) {
                around += layer.reach();
            }
            int room = WINDOW + 2 * around + 2 * network.border;
            words = new WordRows(network, lexicon);
            int widest = Math.max(network.stride, network.outputs.outputs);
            x = new float[room * widest];
            y = new float[room * widest];
            products = new float[room * network.stride];
            sums = new float[(TILES + Kernel.ROWS) * network.stride];
            first = new int[network.layers.length + 1];
            last = new int[network.layers.length + 1];
        }

        @Override
        public String toString() {
            return "Scratch[" + words + "]";
        }
    }

    /** Computes the scores of all tokens of a text, and says what the lexicon knows of them. */
    void score(char[] text, TokenScores tokens, Scratch scratch, Kernel kernel, TimeLimit limit) {
        tokens.makeRoomForScores();
        int count = tokens.count();
        for (int from = 0; from < count; from += WINDOW) {
            limit.check();
            window(text, tokens, from, Math.min(count, from + WINDOW), scratch, kernel);
        }
    }

    /** Computes little in every way that there is, to no purpose. */
    void probe(Scratch scratch, Kernel kernel) {
        TokenScores tokens = new TokenScores();
        tokens.clear(classes);
        Features.cut(PROBE, PROBE.length, tokens);
        tokens.makeRoomForScores();
        scratch.words.forget();
        window(PROBE, tokens, 0, tokens.count(), scratch, kernel);
    }

    private void window(char[] text, TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel) {
        int count = tokens.count();
        int[] first = scratch.first;
        int[] last = scratch.last;
        first[layers.length] = from;
        last[layers.length] = to;
        for (int i = layers.length - 1; i >= 0; i--) {
            int around = i + 1 < layers.length ? layers[i + 1].reach() : 0;
            first[i] = Math.max(0, first[i + 1] - around);
            last[i] = Math.min(count, last[i + 1] + around);
        }
        int around = layers.length > 0 ? layers[0].reach() : 0;
        int read = Math.max(0, first[0] - around);
        int end = Math.min(count, last[0] + around);
        int base = read - border;
        float[] x = scratch.x;
        float[] y = scratch.y;
        embed(text, tokens, read, end, scratch, kernel, base);
        for (int i = 0; i < layers.length; i++) {
            // Rows before and after the text are zeros in what every layer sums.
            Layer layer = layers[i];
            float[] summed = layer.kind == Layer.Kind.MIXED ? scratch.products : x;
            clear(summed, read - base - border, read - base);
            clear(summed, end - base, end - base + border);
            compute(layer, summed, x, y, first[i] - base, last[i] - base, scratch, kernel);
            read = first[i];
            end = last[i];
            float[] swap = x;
            x = y;
            y = swap;
        }
        kernel.multiply(outputs, lastBias, x, (from - base) * stride, y, 0, to - from);
        for (int token = from; token < to; token++) {
            System.arraycopy(y, (token - from) * outputs.outputs, tokens.scores, token * classes, classes);
        }
    }

    private void clear(float[] rows, int from, int to) {
        Arrays.fill(rows, from * stride, to * stride, 0f);
    }

    /** Writes what is known of the tokens alone: the rows of {@code x}, and the products. */
    private void embed(char[] text, TokenScores tokens, int from, int to, Scratch scratch, Kernel kernel, int base) {
        WordRows words = scratch.words;
        boolean products = !mixed().isEmpty();
        for (int group = from; group < to; group += WordRows.GROUP) {
            int next = Math.min(to, group + WordRows.GROUP);
            words.find(text, tokens, group, next, kernel);
            for (int token = group; token < next; token++) {
                int at = words.at[token - group];
                int row = (token - base) * stride;
                System.arraycopy(words.rows, at, scratch.x, row, stride);
                if (products) {
                    System.arraycopy(words.rows, at + stride, scratch.products, row, stride);
                }
            }
        }
    }

    /** Computes the rows {@code [from, to)} of a layer, some at a time, which then are still in the processor's cache. */
    private void compute(
            Layer layer, float[] summed, float[] x, float[] y, int from, int to, Scratch scratch, Kernel kernel) {
        int step = layer.dilation * stride;
        int before = layer.reach() * stride;
        for (int row = from; row < to; row += TILES) {
            int rows = Math.min(TILES, to - row);
            int at = row * stride;
            if (layer.kind == Layer.Kind.MIXED) {
                kernel.depthwise(layer.depthwise, summed, at - before, step, y, at, rows, stride);
                kernel.finish(layer.bias, x, at, y, at, rows);
            } else {
                kernel.depthwise(layer.depthwise, summed, at - before, step, scratch.sums, 0, rows, stride);
                kernel.multiply(layer.matrix, layer.bias, scratch.sums, 0, y, at, rows);
                kernel.finish(x, at, y, at, rows * stride);
            }
        }
    }

    /** Writes where the embeddings of a token with such features begin, and returns how many there are. */
    int ids(int[] slots, int bins, byte space, int[] ids) {
        int count = 0;
        ids[count++] = slots[Features.WORD] * stride;
        ids[count++] = (PREFIX_ROWS + slots[Features.PREFIX]) * stride;
        ids[count++] = (SUFFIX_3_ROWS + slots[Features.SUFFIX_3]) * stride;
        ids[count++] = (SUFFIX_2_ROWS + slots[Features.SUFFIX_2]) * stride;
        ids[count++] = (SHAPE_ROWS + slots[Features.SHAPE]) * stride;
        for (int table = 0; table < BIN_TABLES; table++) {
            ids[count++] = (BIN_ROWS + table * BINS + (bins >> 2 * table & 3)) * stride;
        }
        ids[count++] = (SPACE_ROWS + space) * stride;
        for (int i = 0; trigrams && i < Features.MOST_TRIGRAMS; i++) {
            ids[count++] = (TRIGRAM_ROWS + slots[Features.TRIGRAM + i]) * stride;
        }
        return count;
    }

    @Override
    public String toString() {
        return "TokenNetwork[" + stride + " x " + byWord.length + " + " + layers.length + "]";
    }
}
