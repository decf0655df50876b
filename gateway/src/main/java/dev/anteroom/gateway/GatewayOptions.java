package dev.anteroom.gateway;

import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.traces.KeyRing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a gateway is started with. Immutable.
 *
 * @param build what this process was built from; kept with the configuration, so that its decisions can be made again
 * @param notices hears the key ring and, at a first start, the new admin token, so that a person can be told once
 */
public record GatewayOptions(
        ConfigResult.Loaded loaded,
        Path dataDirectory,
        String host,
        int port,
        int adminPort,
        Build build,
        BiConsumer<KeyRing, Optional<String>> notices) {}
