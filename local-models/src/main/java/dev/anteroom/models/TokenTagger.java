package dev.anteroom.models;

/**
 * A tagger in plain Java: word list and network, computed here without another runtime.
 * Immutable but for a scratch buffer a thread. Thread-safe. What it says of a text is the same to the bit alone, beside others, and with
 * either kernel.
 */
public final class TokenTagger implements TokenScorer {

    private final WordBins words;
    private final TokenNetwork network;
    private final Kernel kernel;
    private final String version;
    private final ThreadLocal<TokenNetwork.Scratch> scratch;

    private TokenTagger(WordBins words, TokenNetwork network, Kernel kernel, String version) {
        this.words = words;
        this.network = network;
        this.kernel = kernel;
        this.version = version;
        this.scratch = ThreadLocal.withInitial(network::scratch);
    }

    /**
     * Reads a tagger.
     *
     * @param model a file of format PHITAG1
     * @param lexicon a file of format PHILEX1, the one that the model was trained with
     * @throws ModelException where a file is not what it should be
     */
    public static TokenTagger read(ModelFile model, ModelFile lexicon) {
        return read(model, lexicon, Kernel.best());
    }

    static TokenTagger read(ModelFile model, ModelFile lexicon, Kernel kernel) {
        return new TokenTagger(
                WordBins.read(lexicon),
                TokenNetwork.read(model),
                kernel,
                "model " + model.sha256() + " lexicon " + lexicon.sha256());
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public void score(char[] text, int length, TokenScores scores, TimeLimit limit) {
        scores.clear(network.classes());
        Features.read(text, length, words, scores);
        network.score(scores, scratch.get(), kernel, limit);
    }

    @Override
    public String toString() {
        return "TokenTagger[" + network + ", " + kernel + "]";
    }
}
