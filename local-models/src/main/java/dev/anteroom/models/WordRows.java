package dev.anteroom.models;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a network makes of a token before it looks at the neighbours, for tokens that were read lately: the sum of the token's rows behind the
 * layers that see it alone, then its product where a layer multiplies before it sums. All of it, and what the lexicon says, follows from the
 * token's units and the space before it, so it is computed once. Confined to one thread.
 *
 * <p>A token is known by a key that is its own: of digits, their {@linkplain Features#classOfDigits class}, else its units. Longer tokens are
 * computed every time. Room does not grow: what was not used for longer gives way. What it remembers is seen in the time alone.
 */
final class WordRows {

    /** Tokens whose rows can be asked for at once. */
    static final int GROUP = 64;

    /** As many words as a few hundred prompts have in common; 1.5 MiB, and most of those that are asked for stay near the processor. */
    private static final int SETS = 2048;

    private static final int WAYS = 2;
    private static final int KEPT = SETS * WAYS;

    /** Longs of a key: twenty bytes of units, then what says how to read them, which is never zero. */
    private static final int KEY = 3;

    private static final int MOST_BYTES = 20;

    /** Multiplied by an odd number keys stay different, are spread, and are not the text of the token; one that is not zero never becomes it. */
    private static final long SPREAD = ThreadLocalRandom.current().nextLong() | 1;

    private final TokenNetwork network;
    private final WordBins lexicon;
    private final int stride;
    private final List<Layer> mixed;
    private final float[] noBias;

    /** Values of a token. */
    private final int length;

    /** Rows that are kept, then those of one group that are not. */
    final float[] rows;

    /** What the lexicon says of the token of each row. */
    private final char[] bins = new char[KEPT + GROUP];

    /** Key of each row that is kept, zero where there is none. */
    private final long[] keys = new long[KEPT * KEY];

    private final int[] used = new int[KEPT];
    private int group;

    /** Where the row of each token of the group stands. */
    final int[] at = new int[GROUP];

    private final int[] missing = new int[GROUP];
    private final long[] key = new long[KEY];
    private final long[] missingKeys = new long[GROUP * KEY];
    private final int[] slots = new int[Features.SLOTS];
    private final char[] form = new char[Features.FORM];
    private final int[] ids = new int[TokenNetwork.IDS];

    /** What was made of the missing tokens, and what comes of it next. */
    private float[] sums;

    private float[] products;

    WordRows(TokenNetwork network, WordBins lexicon) {
        this.network = network;
        this.lexicon = lexicon;
        this.stride = network.stride();
        this.mixed = network.mixed();
        this.noBias = new float[stride];
        this.length = (1 + mixed.size()) * stride;
        this.rows = new float[(KEPT + GROUP) * length];
        this.sums = new float[(GROUP + Kernel.ROWS) * stride];
        this.products = new float[(GROUP + Kernel.ROWS) * stride];
    }

    /**
     * Puts the rows of the tokens {@code [from, to)}, {@value #GROUP} at most, where {@link #at} says, until the next call, and their bins
     * where they belong.
     */
    void find(char[] text, TokenScores tokens, int from, int to, Kernel kernel) {
        group++;
        int misses = 0;
        for (int token = from; token < to; token++) {
            boolean hasKey = readKey(text, tokens, token);
            int begin = hasKey ? set() * WAYS : KEPT;
            int row = hasKey ? row(begin) : -1;
            if (row >= 0) {
                tokens.bins[token] = bins[row];
            } else {
                row = hasKey ? victim(begin, misses) : KEPT + misses;
                System.arraycopy(key, 0, missingKeys, misses * KEY, KEY);
                missing[misses++] = token;
            }
            at[token - from] = row * length;
        }
        if (misses > 0) {
            compute(text, tokens, from, misses, kernel);
        }
    }

    /** Makes everything unknown. */
    void forget() {
        Arrays.fill(keys, 0);
    }

    /** Writes the key of a token; false where it is too long for one. */
    private boolean readKey(char[] text, TokenScores tokens, int token) {
        int start = tokens.starts[token];
        int end = tokens.ends[token];
        byte kind = tokens.kinds[token];
        long head = 1L << 63 | (long) kind << 60 | (long) tokens.spaces[token] << 57;
        long first = 0;
        long second = 0;
        if (kind == TokenScores.DIGITS) {
            first = Features.classOfDigits(text, start, end);
        } else {
            int n = end - start;
            if (n > MOST_BYTES) {
                return false;
            }
            int all = 0;
            for (int i = start; i < end; i++) {
                all |= text[i];
            }
            int bits = all < 1 << Byte.SIZE ? Byte.SIZE : Character.SIZE;
            if (n * bits > MOST_BYTES * Byte.SIZE) {
                return false;
            }
            head |= (long) n << 40 | (long) bits << 32;
            int perLong = Long.SIZE / bits;
            int at = start;
            for (int i = Math.min(n, perLong); i > 0; i--) {
                first = first << bits | text[at++];
            }
            for (int i = Math.min(end - at, perLong); i > 0; i--) {
                second = second << bits | text[at++];
            }
            long third = 0;
            while (at < end) {
                third = third << bits | text[at++];
            }
            head |= third;
        }
        key[0] = first * SPREAD;
        key[1] = second * SPREAD;
        key[2] = head * SPREAD;
        return true;
    }

    private int set() {
        long spread = (key[0] + Long.rotateLeft(key[1], 21) + Long.rotateLeft(key[2], 42)) * SPREAD;
        return (int) (spread >>> Long.SIZE - Integer.numberOfTrailingZeros(SETS));
    }

    private int row(int begin) {
        for (int row = begin; row < begin + WAYS; row++) {
            int at = row * KEY;
            if (keys[at] == key[0] && keys[at + 1] == key[1] && keys[at + 2] == key[2]) {
                used[row] = group;
                return row;
            }
        }
        return -1;
    }

    /** Returns the row that gives way: of those that are kept, or, where this group needs all that it could be, one behind them. */
    private int victim(int begin, int misses) {
        int oldest = -1;
        for (int row = begin; row < begin + WAYS; row++) {
            if (used[row] != group && (oldest < 0 || group - used[row] > group - used[oldest])) {
                oldest = row;
            }
        }
        if (oldest < 0) {
            return KEPT + misses;
        }
        used[oldest] = group;
        // It is known once it is computed, not before.
        keys[oldest * KEY + 2] = 0;
        return oldest;
    }

    private void compute(char[] text, TokenScores tokens, int from, int misses, Kernel kernel) {
        for (int i = 0; i < misses; i++) {
            int token = missing[i];
            int said = Features.of(
                    text,
                    tokens.starts[token],
                    tokens.ends[token],
                    tokens.kinds[token],
                    lexicon,
                    network.trigrams(),
                    slots,
                    form);
            tokens.bins[token] = (char) said;
            int count = network.ids(slots, said, tokens.spaces[token], ids);
            kernel.sum(network.embeddings(), ids, count, sums, i * stride, stride);
        }
        for (Layer layer : network.byWord()) {
            kernel.multiply(layer.matrix, layer.bias, sums, 0, products, 0, misses);
            kernel.finish(sums, 0, products, 0, misses * stride);
            float[] swap = sums;
            sums = products;
            products = swap;
        }
        for (Layer layer : mixed) {
            kernel.multiply(layer.matrix, noBias, sums, 0, products, 0, misses);
        }
        for (int i = 0; i < misses; i++) {
            int token = missing[i];
            int to = at[token - from];
            System.arraycopy(sums, i * stride, rows, to, stride);
            if (!mixed.isEmpty()) {
                System.arraycopy(products, i * stride, rows, to + stride, stride);
            }
            int row = to / length;
            bins[row] = tokens.bins[token];
            if (row < KEPT) {
                System.arraycopy(missingKeys, i * KEY, keys, row * KEY, KEY);
            }
        }
    }

    @Override
    public String toString() {
        return "WordRows[" + KEPT + " x " + length + "]";
    }
}
