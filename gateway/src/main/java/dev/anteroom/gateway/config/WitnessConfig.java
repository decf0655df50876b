package dev.anteroom.gateway.config;

import java.nio.file.Path;

/**
 * Who signs the log's checkpoints beside the gateway. Immutable.
 *
 * @param directory where checkpoints are handed over, both ways
 * @param key the witness's verifier key, {@code NAME+ID+BASE64}
 */
public record WitnessConfig(Path directory, String key) {}
