package dev.anteroom.models;

/** Cuts a text into tokens and scores every class for each. Thread-safe. What it says of a text depends on that text alone. */
public interface TokenScorer {

    /** Returns what decides the scores: the digests of all files. */
    String version();

    /** Returns how many classes it knows. */
    int classes();

    /**
     * Returns what its word list says of a word that is no token of a text, such as one with a letter mended, as {@link TokenScores#bins}.
     *
     * @param word the letters, in {@code [0, length)}, in either case
     */
    default int bins(char[] word, int length) {
        return 0;
    }

    /**
     * Computes on made-up tokens until this Java machine has compiled what computes now, for at most so many nanoseconds: soon done, and enough to
     * read texts in time.
     */
    default void prepare(long mostNanos) {}

    /** Computes on made-up tokens until this Java machine has compiled the fastest way, for at most so many nanoseconds. */
    void warmUp(long mostNanos);

    /**
     * Reads a text.
     *
     * @param text the text, in {@code [0, length)}; it is not kept
     * @param scores gets the tokens and their scores
     * @param limit asked at intervals that are short beside it
     * @throws ModelException where the time is over
     */
    void score(char[] text, int length, TokenScores scores, TimeLimit limit);
}
