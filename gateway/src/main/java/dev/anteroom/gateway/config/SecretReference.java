package dev.anteroom.gateway.config;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a secret is kept, never the secret itself: {@code env:NAME} or {@code file:PATH}. Immutable. */
public sealed interface SecretReference {

    /**
     * A reader of the secret.
     *
     * @param environment looks up an environment variable; null where it is not set
     */
    default Secret open(Function<String, @Nullable String> environment, Clock clock) {
        return new Secret(this, environment, clock);
    }

    /** A secret in an environment variable. Immutable. */
    record Env(String name) implements SecretReference {
        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** A secret in a file, which may be replaced while the gateway runs. Immutable. */
    record File(FileReference file) implements SecretReference {
        @Override
        public String toString() {
            return file.toString();
        }
    }
}
