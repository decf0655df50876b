package dev.anteroom.gateway;

import dev.anteroom.gateway.config.Config;
import dev.anteroom.traces.KeyRing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a gateway is started with. Immutable.
 *
 * @param canonicalConfig the configuration's canonical text, for the snapshot's hash
 * @param build what this process was built from
 * @param notices hears the key ring and, at a first start, the new admin token, so that a person can be told once
 */
public record GatewayOptions(
        Config config,
        String canonicalConfig,
        Path dataDirectory,
        String host,
        int port,
        int adminPort,
        String build,
        BiConsumer<KeyRing, Optional<String>> notices) {}
