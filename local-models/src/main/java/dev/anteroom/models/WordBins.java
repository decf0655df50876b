package dev.anteroom.models;

/**
 * Eight two-bit bins of each known word, under the hash of the word. File format PHILEX1, see models/phi-tagger/features.py.
 * Immutable. Thread-safe.
 */
final class WordBins {

    private static final int MOST_WORDS = 1 << 24;
    private static final int PREFIX_BITS = 16;

    /** Where the hashes with each upper half begin: hashes are spread evenly, so that few share one. */
    private final int[] starts = new int[(1 << PREFIX_BITS) + 1];

    private final int[] hashes;
    private final char[] bins;

    private WordBins(int[] hashes, char[] bins) {
        this.hashes = hashes;
        this.bins = bins;
        int at = 0;
        for (int prefix = 0; prefix < 1 << PREFIX_BITS; prefix++) {
            starts[prefix] = at;
            while (at < hashes.length && hashes[at] >>> 32 - PREFIX_BITS == prefix) {
                at++;
            }
        }
        starts[1 << PREFIX_BITS] = at;
    }

    static WordBins read(ModelFile file) {
        FieldReader in = file.fields();
        in.magic("PHILEX1");
        int count = in.count("number of words", 0, MOST_WORDS);
        int[] hashes = in.ints("hashes of words", count);
        char[] bins = in.chars("bins of words", count);
        in.end();
        for (int i = 1; i < count; i++) {
            if (Integer.compareUnsigned(hashes[i - 1], hashes[i]) >= 0) {
                throw in.wrong("hashes of words are not in ascending order");
            }
        }
        return new WordBins(hashes, bins);
    }

    /** Returns the bins of a word, bin {@code i} in bits {@code 2 i}; 0 for one that is not known. */
    int of(int hash) {
        int prefix = hash >>> 32 - PREFIX_BITS;
        int end = starts[prefix + 1];
        for (int i = starts[prefix]; i < end; i++) {
            if (hashes[i] == hash) {
                return bins[i];
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return "WordBins[" + hashes.length + "]";
    }
}
