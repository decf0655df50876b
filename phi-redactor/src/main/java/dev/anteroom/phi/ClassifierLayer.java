package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TextClassifier;
import dev.anteroom.models.TimeLimit;
import java.util.EnumMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a site's own classifier finds: it reads the folded text that the rules read too, position by position, on its own threads, while this
 * one waits. A find counts for its own place alone.
 * Thread-safe. What it cannot read to the end in its time it refuses: a fault of the model, a score that is no number, or too many that wait
 * are exceptions.
 */
final class ClassifierLayer implements Detector {

    /** A find of the classifier. */
    static final String LAYER = "classifier.here";

    /** Changed with every change of how likelihoods become spans. */
    private static final String VERSION = "classifier-layer-1 ";

    private static final long NANOS_A_CHARACTER = 1_000_000;
    private static final long NANOS_A_MILLI = 1_000_000;

    /** Characters that are read at once, and how many of those before and after them are read too. */
    private static final int PIECE = 1 << 15;

    private static final int OVERLAP = 512;

    private final TextClassifier classifier;
    private final String version;
    private final List<@Nullable PhiCategory> categories;
    private final PhiClassifier.Settings settings;
    private final LongSupplier nanoClock;

    ClassifierLayer(
            TextClassifier classifier,
            String version,
            List<@Nullable PhiCategory> categories,
            PhiClassifier.Settings settings,
            LongSupplier nanoClock) {
        this.classifier = classifier;
        this.version = VERSION + version;
        this.categories = categories;
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void detect(Document document, Candidates candidates) {
        long characters = 0;
        for (int i = 0; i < document.size(); i++) {
            characters += isRead(document, i) ? document.text(i).length() : 0;
        }
        if (characters == 0) {
            return;
        }
        TimeLimit limit =
                TimeLimit.start(nanoClock, settings.leastMillis() * NANOS_A_MILLI + characters * NANOS_A_CHARACTER);
        for (int i = 0; i < document.size(); i++) {
            if (isRead(document, i)) {
                read(i, document.text(i), limit, candidates);
            }
        }
    }

    private static boolean isRead(Document document, int position) {
        return document.isAsked(position) && document.position(position).form() == Position.Form.TEXT;
    }

    private void read(int position, FoldedText text, TimeLimit limit, Candidates out) {
        int length = text.length();
        char[] chars = text.array();
        for (int from = 0; from < length; from += PIECE) {
            int to = Math.min(length, from + PIECE);
            int first = Math.max(0, from - OVERLAP);
            int last = Math.min(length, to + OVERLAP);
            List<TextClassifier.Token> tokens = classify(new String(chars, first, last - first), limit);
            spans(position, text, tokens, first, from, to, out);
        }
    }

    private List<TextClassifier.Token> classify(String text, TimeLimit limit) {
        try {
            List<TextClassifier.Token> tokens = classifier.classify(text, limit);
            limit.check();
            return tokens;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw e instanceof ModelException known ? known : new ModelException("the classifier failed", e);
        }
    }

    /** Proposes neighbouring tokens of one category that are hidden, grown to whole words, which begin in {@code [from, to)}. */
    private void spans(
            int position,
            FoldedText text,
            List<TextClassifier.Token> tokens,
            int offset,
            int from,
            int to,
            Candidates out) {
        for (int i = 0; i < tokens.size(); ) {
            PhiCategory category = category(tokens.get(i));
            int first = i++;
            if (category == null) {
                continue;
            }
            while (i < tokens.size() && category == category(tokens.get(i))) {
                i++;
            }
            int start = offset + tokens.get(first).start();
            int end = offset + tokens.get(i - 1).end();
            while (start > 0 && isWord(text, start - 1)) {
                start--;
            }
            while (end < text.length() && isWord(text, end)) {
                end++;
            }
            if (start >= from && start < to) {
                out.add(position, start, end, category, LAYER, hidden(tokens.get(first)));
            }
        }
    }

    private static boolean isWord(FoldedText text, int at) {
        return Character.isLetterOrDigit(text.array()[at]);
    }

    /** Returns how likely a token identifies somebody. */
    private float hidden(TextClassifier.Token token) {
        float sum = 0;
        float all = 0;
        for (int i = 0; i < token.likelihoods().length; i++) {
            all += token.likelihoods()[i];
            sum += categories.get(i) == null ? 0 : token.likelihoods()[i];
        }
        if (!(all > 0.5f && all < 2f)) {
            throw new ModelException("the classifier gave a likelihood that is no number");
        }
        return sum;
    }

    /** Returns the likeliest category of a token that is hidden, else null. */
    private @Nullable PhiCategory category(TextClassifier.Token token) {
        if (hidden(token) < settings.threshold()) {
            return null;
        }
        EnumMap<PhiCategory, Float> sums = new EnumMap<>(PhiCategory.class);
        PhiCategory best = null;
        float most = 0;
        for (int i = 0; i < token.likelihoods().length; i++) {
            PhiCategory category = categories.get(i);
            if (category != null) {
                float sum = sums.merge(category, token.likelihoods()[i], Float::sum);
                if (sum > most) {
                    best = category;
                    most = sum;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return "ClassifierLayer[" + classifier + "]";
    }
}
