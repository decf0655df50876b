package dev.anteroom.gateway.config;

import java.nio.file.Path;

/**
 * A file that the configuration names with {@code file:PATH}. Immutable.
 *
 * @param written the path as it stands in the configuration
 * @param path the same, resolved against the folder of the file that names it
 */
public record FileReference(String written, Path path) {
    @Override
    public String toString() {
        return "file:" + written;
    }
}
