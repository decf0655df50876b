package dev.anteroom.models;

/**
 * A tagger in plain Java: word list and network, computed here without another runtime.
 * Thread-safe. What it says of a text is the same to the bit alone, beside others, before and after {@link #warmUp}.
 */
public final class TokenTagger implements TokenScorer {

    private static final int WINS_IN_A_ROW = 20;

    /** So many times without a tenth less: what is compiled now will not become much faster. */
    private static final int SETTLED = 300;

    private final WordBins words;
    private final TokenNetwork network;
    private volatile Kernel kernel;
    private final String version;
    private final ThreadLocal<TokenNetwork.Scratch> scratch;

    private TokenTagger(WordBins words, TokenNetwork network, Kernel kernel, String version) {
        this.words = words;
        this.network = network;
        this.kernel = kernel;
        this.version = version;
        this.scratch = ThreadLocal.withInitial(() -> network.scratch(words));
    }

    /**
     * Reads a tagger.
     *
     * @param model a file of format PHITAG2
     * @param lexicon a file of format PHILEX1, the one that the model was trained with
     * @throws ModelException where a file is not what it should be
     */
    public static TokenTagger read(ModelFile model, ModelFile lexicon) {
        return read(model, lexicon, new PlainKernel());
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
    public int bins(char[] word, int length) {
        return words.of(Features.word(word, length));
    }

    @Override
    public void prepare(long mostNanos) {
        TokenNetwork.Scratch mine = network.scratch(words);
        Kernel now = kernel;
        long start = System.nanoTime();
        long bestNanos = Long.MAX_VALUE;
        long before = start;
        for (int since = 0; since < SETTLED && before - start < mostNanos; ) {
            network.probe(mine, now);
            long after = System.nanoTime();
            long nanos = after - before;
            since = nanos < bestNanos - bestNanos / 10 ? 0 : since + 1;
            bestNanos = Math.min(bestNanos, nanos);
            before = after;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The kernel with vectors is a hundred times slower than the plain one until it is compiled, and for good where the Java machine was
     * started without its module or its compiler. So it takes over when it has been the faster one some times in a row.
     */
    @Override
    public void warmUp(long mostNanos) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return;
        }
        Kernel plain = new PlainKernel();
        Kernel vector = new VectorKernel();
        TokenNetwork.Scratch mine = network.scratch(words);
        long start = System.nanoTime();
        long plainNanos = Long.MAX_VALUE;
        for (int wins = 0; wins < WINS_IN_A_ROW; ) {
            long before = System.nanoTime();
            network.probe(mine, plain);
            long between = System.nanoTime();
            network.probe(mine, vector);
            long after = System.nanoTime();
            plainNanos = Math.min(plainNanos, between - before);
            wins = after - between < plainNanos ? wins + 1 : 0;
            if (after - start > mostNanos || Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        kernel = vector;
    }

    @Override
    public void score(char[] text, int length, TokenScores scores, TimeLimit limit) {
        scores.clear(network.classes());
        Features.cut(text, length, scores);
        network.score(text, scores, scratch.get(), kernel, limit);
    }

    @Override
    public String toString() {
        return "TokenTagger[" + network + ", " + kernel + "]";
    }
}
