package dev.anteroom.egress;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider's server as the socket writer sees it. Immutable; the credential is read anew for every attempt.
 *
 * @param id the target's id, as intents name it
 * @param dialect how the request is addressed and authorised
 * @param baseUrl scheme, host, port and path prefix, without query
 * @param apiVersion the {@code api-version} of Azure OpenAI, empty for others
 * @param credential the secret, never written to any log
 * @param needsCredential whether an attempt without the secret is refused
 * @param modalities what the target's contract lets leave unread
 * @param contractEnds the instant from which nothing may be sent any more
 * @param trustStore a PEM file of private certificate authorities, or null for the platform's
 * @param proxy an HTTP CONNECT proxy, or null
 */
public record ProviderTarget(
        String id,
        Dialect dialect,
        URI baseUrl,
        String apiVersion,
        Supplier<Optional<String>> credential,
        boolean needsCredential,
        Set<Modality> modalities,
        Instant contractEnds,
        @Nullable Path trustStore,
        @Nullable URI proxy) {

    /** How chat completions are addressed and authorised. */
    public enum Dialect {
        /** {@code POST {base}/chat/completions} with a bearer token. */
        OPENAI,
        /** {@code POST {base}/openai/deployments/{model}/chat/completions?api-version=...} with an {@code api-key} header. */
        AZURE_OPENAI
    }

    public ProviderTarget {
        modalities = Set.copyOf(modalities);
    }
}
