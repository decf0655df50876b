package dev.anteroom.gateway.config;

import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.KeySource;
import dev.anteroom.traces.RetentionPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * With which keys records are sealed, and how long they are kept. Immutable.
 *
 * @param operatorKey null for the file in the data directory; {@code originalsKey} likewise
 */
public record KeepingConfig(
        @Nullable KeyReference operatorKey, @Nullable KeyReference originalsKey, RetentionPolicy retention) {

    /** Where the keys of a role are, given the data directory. */
    public KeySource source(KeyRing.Role role, Path data) {
        KeyReference reference = switch (role) {
            case OPERATOR -> operatorKey;
            case ORIGINALS -> originalsKey;
        };
        return reference == null ? KeySource.in(data.resolve("keys"), role) : reference.source();
    }
}
