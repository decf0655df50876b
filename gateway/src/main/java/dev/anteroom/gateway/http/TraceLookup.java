package dev.anteroom.gateway.http;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the record of a call for the key that made it. Implementations answer on any thread and never block the caller. */
@FunctionalInterface
public interface TraceLookup {
    /**
     * Hands the trace as JSON to {@code then}, or null where this key has no such trace.
     *
     * @return false where the lookup is too busy to try; {@code then} hears nothing
     */
    boolean find(String traceId, String tenant, String keyId, Consumer<byte @Nullable []> then);
}
