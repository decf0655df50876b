package dev.anteroom.models;

import java.util.List;

/**
 * What a network makes of a token before it looks at the neighbours, for tokens that were read lately: the sum of the token's rows behind the
 * layers that see it alone, then its product where a layer multiplies before it sums. It is the same for the same features wherever they
 * stand, so it is computed once. Confined to one thread.
 *
 * <p>A token is known by all its features, so another one is never taken for it; no text is kept. Room does not grow: what was not used for
 * longer gives way. What it remembers is seen in the time alone.
 */
final class WordRows {

    /** Tokens whose rows can be asked for at once. */
    static final int GROUP = 64;

    private static final int SETS = 512;
    private static final int WAYS = 2;
    private static final int KEPT = SETS * WAYS;
    private static final int KEY = 3;
    private static final long SPREAD_1 = 0x9E3779B97F4A7C15L;
    private static final long SPREAD_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long SPREAD_3 = 0x165667B19E3779F9L;

    private final TokenNetwork network;
    private final int stride;
    private final List<Layer> mixed;
    private final float[] noBias;

    /** Values of a token. */
    private final int length;

    /** Rows that are kept, then those of one group that are not. */
    final float[] rows;

    /** Features of each row that is kept, zero where there are none. */
    private final long[] keys = new long[KEPT * KEY];

    private final int[] used = new int[KEPT];
    private int group;

    /** Where the row of each token of the group stands. */
    final int[] at = new int[GROUP];

    private final int[] missing = new int[GROUP];
    private final int[] ids = new int[TokenNetwork.IDS];

    /** What was made of the missing tokens, and what comes of it next. */
    private float[] sums;

    private float[] products;

    WordRows(TokenNetwork network) {
        this.network = network;
        this.stride = network.stride();
        this.mixed = network.mixed();
        this.noBias = new float[stride];
        this.length = (1 + mixed.size()) * stride;
        this.rows = new float[(KEPT + GROUP) * length];
        this.sums = new float[(GROUP + Kernel.ROWS) * stride];
        this.products = new float[(GROUP + Kernel.ROWS) * stride];
    }

    /** Puts the rows of the tokens {@code [from, to)}, {@value #GROUP} at most, where {@link #at} says, until the next call. */
    void find(TokenScores tokens, int from, int to, Kernel kernel) {
        group++;
        int misses = 0;
        for (int token = from; token < to; token++) {
            long low = low(tokens, token);
            long middle = trigrams(tokens, token, 0) << 16 | tokens.bins[token];
            long high = trigrams(tokens, token, 4);
            int begin = set(low, middle, high) * WAYS;
            int row = row(begin, low, middle, high);
            if (row < 0) {
                row = victim(begin, misses);
                missing[misses++] = token;
            }
            at[token - from] = row * length;
        }
        if (misses > 0) {
            compute(tokens, from, misses, kernel);
        }
    }

    /** Makes everything unknown. */
    void forget() {
        java.util.Arrays.fill(keys, 0);
    }

    /** All of 53 bits, and one that says that there is a key. */
    private static long low(TokenScores tokens, int token) {
        int slot = token * Features.SLOTS;
        int[] slots = tokens.slots;
        return slots[slot + Features.WORD]
                | (long) slots[slot + Features.PREFIX] << 13
                | (long) slots[slot + Features.SUFFIX_3] << 24
                | (long) slots[slot + Features.SUFFIX_2] << 35
                | (long) slots[slot + Features.SHAPE] << 44
                | (long) tokens.spaces[token] << 51
                | 1L << 53;
    }

    /** Four trigrams of twelve bits. */
    private static long trigrams(TokenScores tokens, int token, int first) {
        int[] slots = tokens.slots;
        int slot = token * Features.SLOTS + Features.TRIGRAM + first;
        return slots[slot] | (long) slots[slot + 1] << 12 | (long) slots[slot + 2] << 24 | (long) slots[slot + 3] << 36;
    }

    private static int set(long low, long middle, long high) {
        long spread = low * SPREAD_1 + middle * SPREAD_2 + high * SPREAD_3;
        return (int) (spread >>> 64 - Integer.numberOfTrailingZeros(SETS));
    }

    private int row(int begin, long low, long middle, long high) {
        for (int row = begin; row < begin + WAYS; row++) {
            if (keys[row * KEY] == low && keys[row * KEY + 1] == middle && keys[row * KEY + 2] == high) {
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
        keys[oldest * KEY] = 0;
        return oldest;
    }

    private void compute(TokenScores tokens, int from, int misses, Kernel kernel) {
        for (int i = 0; i < misses; i++) {
            int count = network.ids(tokens, missing[i], ids);
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
            if (row < KEPT) {
                keys[row * KEY] = low(tokens, token);
                keys[row * KEY + 1] = trigrams(tokens, token, 0) << 16 | tokens.bins[token];
                keys[row * KEY + 2] = trigrams(tokens, token, 4);
            }
        }
    }

    @Override
    public String toString() {
        return "WordRows[" + KEPT + " x " + length + "]";
    }
}
