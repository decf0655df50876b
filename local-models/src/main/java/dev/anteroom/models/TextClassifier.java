package dev.anteroom.models;

import java.util.List;

/** Marks parts of texts with labels. Thread-safe. What it says of a text depends on that text alone. */
public interface TextClassifier extends AutoCloseable {

    /**
     * A token of a text and how likely each label is.
     *
     * @param start its first UTF-16 unit
     * @param end the unit behind its last
     * @param likelihoods by label, in the order of {@link #labels}; they add up to one
     */
    record Token(int start, int end, float[] likelihoods) {}

    /** Returns what decides: the digests of all files. */
    String version();

    /** Returns the names of the labels. */
    List<String> labels();

    /**
     * Reads a text.
     *
     * @return its tokens, in order
     * @throws ModelException where it cannot, or not before the time is over, or where too many wait already
     */
    List<Token> classify(String text, TimeLimit limit);

    @Override
    void close();
}
