package dev.anteroom.models;

/**
 * Eight two-bit bins of each known word, under the hash of the word. File format PHILEX1, see models/phi-tagger/features.py.
 * Immutable. Thread-safe.
 */
final class WordBins {

    private static final int MOST_WORDS = 1 << 24;
    private static final int PREFIX_BITS = 16;

    /** Where the words with each upper half of a hash begin: hashes are spread evenly, so that few share one. */
    private final int[] starts;

    /** Of each word the lower half of its hash above its bins, so that what is read beside a hash is read with it. */
    private final int[] words;

    private WordBins(int[] starts, int[] words) {
        this.starts = starts;
        this.words = words;
    }

    static WordBins read(ModelFile file) {
        FieldReader in = file.fields();
        in.magic("PHILEX1");
        int count = in.count("number of words", 0, MOST_WORDS);
        int[] hashes = in.ints("hashes of words", count);
        char[] bins = in.chars("bins of words", count);
        in.end();
        int[] starts = new int[(1 << PREFIX_BITS) + 1];
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            if (i > 0 && Integer.compareUnsigned(hashes[i - 1], hashes[i]) >= 0) {
                throw in.wrong("hashes of words are not in ascending order");
            }
            starts[(hashes[i] >>> PREFIX_BITS) + 1] = i + 1;
            words[i] = hashes[i] << PREFIX_BITS | bins[i];
        }
        for (int prefix = 1; prefix < starts.length; prefix++) {
            starts[prefix] = Math.max(starts[prefix], starts[prefix - 1]);
        }
        return new WordBins(starts, words);
    }

    /** Returns the bins of a word, bin {@code i} in bits {@code 2 i}; 0 for one that is not known. */
    int of(int hash) {
        int prefix = hash >>> PREFIX_BITS;
        int end = starts[prefix + 1];
        for (int i = starts[prefix]; i < end; i++) {
            if (words[i] >>> PREFIX_BITS == (hash & (1 << PREFIX_BITS) - 1)) {
                return (char) words[i];
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return "WordBins[" + words.length + "]";
    }
}
