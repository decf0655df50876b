package dev.anteroom.gateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider, its models and the contract under which it is called. Immutable.
 *
 * @param contract id of a {@link ContractConfig}
 * @param baseUrl present unless the kind is extractive; within the endpoints of the contract
 * @param models public model name to the provider's model or deployment, in the order of the file
 * @param ca certificate authority to trust instead of the system's
 */
public record TargetConfig(
        String id,
        TargetKind kind,
        Environment environment,
        String contract,
        @Nullable URI baseUrl,
        @Nullable SecretReference credential,
        @Nullable String apiVersion,
        SequencedMap<String, String> models,
        @Nullable FileReference ca,
        @Nullable URI proxy,
        Timeouts timeouts,
        Breaker breaker) {

    public TargetConfig {
        models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
    }

    /** How long an attempt may take in its phases. Immutable. */
    public record Timeouts(Duration connect, Duration firstToken, Duration stall, Duration total) {}

    /**
     * When a target is left alone. Immutable.
     *
     * @param windowCalls how many of the last calls count
     */
    public record Breaker(int failureRatePercent, int windowCalls, Duration openFor) {}
}
