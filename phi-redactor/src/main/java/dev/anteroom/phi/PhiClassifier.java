package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TextClassifier;
import dev.anteroom.models.TokenClassifier;
import java.nio.file.Files;
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
    private final List<ModelSource> files;

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

    private PhiClassifier(
            TextClassifier classifier, Settings settings, LongSupplier nanoClock, List<ModelSource> files) {
        this.classifier = classifier;
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.files = files;
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
        return open(name -> Files.newInputStream(folder.resolve(name)), folder + "/", threads, settings);
    }

    /**
     * Opens a classifier from {@link #files} of another.
     *
     * @param files opens one of them by its name
     * @param place what to put before their names in messages
     * @throws ModelException as the other
     */
    public static PhiClassifier open(TokenClassifier.Source files, String place, int threads, Settings settings) {
        TokenClassifier classifier = TokenClassifier.open(files, place, threads);
        try {
            List<ModelSource> sources = new ArrayList<>();
            new TreeMap<>(classifier.digests())
                    .forEach((name, sha256) -> sources.add(new ModelSource(name, sha256, () -> files.open(name))));
            return new PhiClassifier(classifier, settings, System::nanoTime, List.copyOf(sources));
        } catch (ModelException e) {
            classifier.close();
            throw e;
        }
    }

    /** Returns one with another model, such as one that fails on purpose, and another clock. */
    public static PhiClassifier of(TextClassifier classifier, Settings settings, LongSupplier nanoClock) {
        return new PhiClassifier(classifier, settings, nanoClock, List.of());
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

    /** The files that it was read from; none where it was made of a model alone. */
    public List<ModelSource> files() {
        return files;
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
