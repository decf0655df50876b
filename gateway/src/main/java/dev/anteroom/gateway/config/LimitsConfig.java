package dev.anteroom.gateway.config;

import java.time.Duration;

/**
 * What the process admits at most. Immutable.
 *
 * @param drain how long a stopping process waits for its calls
 * @param headersAfter response headers leave at the latest after this time, even without a first event
 * @param keepAlive the pause after which a silent stream gets a comment line
 */
public record LimitsConfig(
        long maxBodyBytes,
        int maxDepth,
        int maxHeaderBytes,
        int maxConcurrentCalls,
        long maxBytesInFlight,
        Duration drain,
        Duration headersAfter,
        Duration keepAlive) {}
