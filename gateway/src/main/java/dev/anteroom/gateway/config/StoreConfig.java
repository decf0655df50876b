package dev.anteroom.gateway.config;

import dev.anteroom.store.StoreOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database that records are copied to for searching. Immutable.
 *
 * @param url {@code postgresql://HOST:PORT/DATABASE}
 * @param ca the authority of the server's certificate; null only where the host is this machine
 */
public record StoreConfig(
        String url,
        String user,
        SecretReference credential,
        @Nullable FileReference ca) {
    /** The same for whoever connects; the password is what the secret was when last read. */
    public StoreOptions options(Secret password) {
        return new StoreOptions(
                url,
                user,
                password::current,
                Optional.ofNullable(ca).map(FileReference::path),
                StoreOptions.DEFAULT_PATIENCE);
    }
}
