package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TextClassifier;
import dev.anteroom.models.TokenClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A larger classifier that a site brings along, which reads texts beside the rules and the tagger.
 * Immutable. Thread-safe.
 */
public final class PhiClassifier implements AutoCloseable {

    private final TextClassifier classifier;
    private final Settings settings;
    private final LongSupplier nanoClock;

    /** By label of the classifier; null for what identifies nobody. */
    private final List<@Nullable PhiCategory> categories;

    /**
     * How its labels are read.
     *
     * @param labels by label, or by label without {@code B-} and the like, what it means; empty for what identifies nobody
     * @param threshold the least likelihood of all that identifies at which a token is hidden, above 0 and below 1
     * @param leastMillis the least time for the texts of a call, to which some is added for each character
     */
    public record Settings(Map<String, Optional<PhiCategory>> labels, float threshold, long leastMillis) {
        public Settings {
            labels = Map.copyOf(labels);
        }
    }

    private PhiClassifier(TextClassifier classifier, Settings settings, LongSupplier nanoClock) {
        this.classifier = classifier;
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.categories = categories(classifier.labels(), settings.labels);
    }

    /**
     * Opens the classifier of a folder and computes with it on each of its threads.
     *
     * @param folder holds {@code model.onnx}, {@code tokenizer.json} and {@code config.json}
     * @param threads how many calls it reads at once
     * @throws ModelException where a file is missing or wrong, or a label is not told of, or told of and not there
     */
    public static PhiClassifier open(Path folder, int threads, Settings settings) {
        TextClassifier classifier = TokenClassifier.open(folder, threads);
        try {
            return of(classifier, settings, System::nanoTime);
        } catch (ModelException e) {
            classifier.close();
            throw e;
        }
    }

    /** Returns one with another model, such as one that fails on purpose, and another clock. */
    public static PhiClassifier of(TextClassifier classifier, Settings settings, LongSupplier nanoClock) {
        return new PhiClassifier(classifier, settings, nanoClock);
    }

    private static List<@Nullable PhiCategory> categories(
            List<String> labels, Map<String, Optional<PhiCategory>> told) {
        List<@Nullable PhiCategory> categories = new ArrayList<>();
        TreeSet<String> unused = new TreeSet<>(told.keySet());
        TreeSet<String> untold = new TreeSet<>();
        for (String label : labels) {
            String kind = label.length() > 2 && label.charAt(1) == '-' ? label.substring(2) : label;
            String key = told.containsKey(label) ? label : kind;
            unused.remove(key);
            if (!told.containsKey(key) && !label.equals("O")) {
                untold.add(kind);
            }
            categories.add(told.getOrDefault(key, Optional.empty()).orElse(null));
        }
        if (!untold.isEmpty()) {
            throw new ModelException("the classifier has labels that the configuration says nothing of: "
                    + String.join(", ", untold) + " (expected: a category for each, or none)");
        }
        if (!unused.isEmpty()) {
            throw new ModelException("the classifier has no labels " + String.join(", ", unused) + " (it has: "
                    + String.join(", ", labels) + ")");
        }
        return categories;
    }

    /** Returns the layer of detection, for {@link Redactor#create(Profile, SiteKnowledge, List)}. */
    public Detector layer() {
        String version = classifier.version() + " " + settings.threshold + " " + new TreeMap<>(settings.labels);
        return new ClassifierLayer(classifier, version, categories, settings, nanoClock);
    }

    @Override
    public void close() {
        classifier.close();
    }

    @Override
    public String toString() {
        return "PhiClassifier[" + classifier + "]";
    }
}
