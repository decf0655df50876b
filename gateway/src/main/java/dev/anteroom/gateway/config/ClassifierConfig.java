package dev.anteroom.gateway.config;

import dev.anteroom.phi.PhiCategory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A larger classifier that reads the texts of the strict profile too. Immutable.
 *
 * @param folder holds model.onnx, tokenizer.json and config.json
 * @param labels by label of the model, the category, or empty for what identifies nobody
 * @param thresholdPercent the least likelihood at which a token is hidden
 * @param threads calls that are read at once
 * @param deadline the least time for a call; each character adds a millisecond
 */
public record ClassifierConfig(
        FileReference folder,
        Map<String, Optional<PhiCategory>> labels,
        int thresholdPercent,
        int threads,
        Duration deadline) {
    public ClassifierConfig {
        labels = Map.copyOf(labels);
    }
}
