package dev.anteroom.gateway.config;

import dev.anteroom.phi.PhiCategory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code classifier}. Stateless. */
final class ClassifierReader {
    private static final String NOBODY = "none";
    private static final String FOLDER = "file:PATH of a folder with model.onnx, tokenizer.json and config.json";
    private static final String LABELS =
            "a mapping from each label of the model, such as PATIENT, to a category, such as name, or none";

    private ClassifierReader() {}

    static @Nullable ClassifierConfig read(Section root, Path folder) {
        if (!root.has("classifier")) {
            return null;
        }
        Section section = root.section("classifier", "folder", "labels", "threshold", "threads", "deadline");
        if (section.isReadable() && !section.has("folder")) {
            section.missing("folder", FOLDER);
        }
        FileReference where = References.file(section, "folder", folder);
        Map<String, Optional<PhiCategory>> labels = labels(section);
        int threshold = section.number("threshold", 1, 99, 50);
        int threads = section.number("threads", 1, 64, 2);
        Duration deadline =
                section.duration("deadline", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(5));
        return where == null ? null : new ClassifierConfig(where, labels, threshold, threads, deadline);
    }

    private static Map<String, Optional<PhiCategory>> labels(Section section) {
        Map<String, Optional<PhiCategory>> labels = new LinkedHashMap<>();
        if (!section.has("labels")) {
            if (section.isReadable()) {
                section.missing("labels", LABELS);
            }
            return labels;
        }
        Map<String, String> written = section.entriesOrNull("labels", LABELS);
        if (written == null) {
            section.wrong("labels", "this is not a mapping", LABELS);
            return labels;
        }
        Map<String, Optional<PhiCategory>> categories = new LinkedHashMap<>();
        categories.put(NOBODY, Optional.empty());
        for (PhiCategory category : PhiCategory.values()) {
            categories.put(Section.nameOf(category), Optional.of(category));
        }
        written.forEach((label, name) -> {
            Optional<PhiCategory> category = categories.get(name);
            if (category != null) {
                labels.put(label, category);
            } else if (!name.isEmpty()) {
                String problem = "unknown value " + Problems.shown(name);
                section.wrongEntry("labels", label, problem, DidYouMean.oneOf(name, List.copyOf(categories.keySet())));
            }
        });
        if (written.isEmpty()) {
            section.wrong("labels", "the mapping is empty", LABELS);
        }
        return labels;
    }
}
