package dev.anteroom.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to reach the database. Immutable.
 *
 * @param url {@code postgresql://HOST:PORT/DATABASE}, without user and password
 * @param password asked at every connection, so that it may change; empty where it cannot be had now
 * @param ca PEM file of the authority that the server's certificate must come from; without one the connection is in
 *     clear, which the configuration admits on loopback only
 * @param patience after this time a connection that does not answer is given up
 */
public record StoreOptions(
        String url, String user, Supplier<Optional<String>> password, Optional<Path> ca, Duration patience) {
    /** How long an answer may take where nothing else is said. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    @Override
    public String toString() {
        return "StoreOptions[" + url + "]";
    }
}
