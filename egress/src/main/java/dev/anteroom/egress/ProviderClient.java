package dev.anteroom.egress;

import dev.anteroom.traces.DurableIntent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The only client of model providers. Confined to the event loop that made it.
 *
 * <p>What it takes is a {@link DeidentifiedRequest} and the {@link DurableIntent} that was recorded for that very request; before a byte
 * is written it compares the intent, the residue and the outbound bytes with what the target may receive.
 */
public final class ProviderClient {
    /** How often deadlines are looked at; they are exact to this. */
    private static final long TICK_MILLIS = 25;

    /** Larger requests are scanned elsewhere: about the work of 50 µs. */
    private static final int MAX_BYTES_SCANNED_ON_LOOP = 8 << 10;

    private static final int HTTP_DEFAULT_PORT = 80;
    private static final int HTTPS_DEFAULT_PORT = 443;

    private final Vertx vertx;
    private final Context context;
    private final WireVocabulary vocabulary;
    private final ClientLimits limits;
    private final InstantSource clock;
    private final Executor scanners;
    private final Map<String, HttpClient> clients = new HashMap<>();
    private final Set<HttpExchange> active = new LinkedHashSet<>();
    private final long timer;

    private ProviderClient(
            Vertx vertx, WireVocabulary vocabulary, ClientLimits limits, InstantSource clock, Executor scanners) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.vocabulary = vocabulary;
        this.limits = limits;
        this.clock = clock;
        this.scanners = scanners;
        this.timer = vertx.setPeriodic(TICK_MILLIS, id -> checkDeadlines());
    }

    /**
     * A client for these targets on the current event loop; {@code scanners} run the second scan of requests too large for the loop, and may
     * reject it.
     */
    public static ProviderClient create(
            Vertx vertx,
            WireVocabulary vocabulary,
            Collection<ProviderTarget> targets,
            ClientLimits limits,
            InstantSource clock,
            Executor scanners) {
        ProviderClient client = new ProviderClient(vertx, vocabulary, limits, clock, scanners);
        for (ProviderTarget target : targets) {
            client.clients.put(target.id(), client.httpClient(target));
        }
        return client;
    }

    /**
     * Sends a request to a target. The handler hears everything on this event loop, never within this call.
     *
     * @param model what the target calls the model
     */
    public Exchange send(
            DeidentifiedRequest request,
            DurableIntent intent,
            ProviderTarget target,
            WireConstant model,
            AttemptDeadlines deadlines,
            AnswerHandler handler) {
        HttpExchange exchange = new HttpExchange(handler, deadlines, limits, active::remove, System::nanoTime);
        if (!intent.permits(target.id()) || !intent.requestDigest().equals(request.digest())) {
            refuse(exchange, AttemptFailure.NOT_INTENDED);
            return exchange;
        }
        if (!clock.instant().isBefore(target.contractEnds())) {
            refuse(exchange, AttemptFailure.CONTRACT_ENDED);
            return exchange;
        }
        if (!target.modalities().containsAll(request.residue())) {
            refuse(exchange, AttemptFailure.RESIDUE_NOT_COVERED);
            return exchange;
        }
        Optional<String> credential = target.credential().get();
        if (target.needsCredential() && credential.isEmpty()) {
            refuse(exchange, AttemptFailure.NO_CREDENTIAL);
            return exchange;
        }
        HttpClient client = clients.get(target.id());
        if (client == null) {
            refuse(exchange, AttemptFailure.NOT_INTENDED);
            return exchange;
        }
        active.add(exchange);
        RequestOptions options = options(target, model, credential, deadlines);
        if (request.sizeBytes() <= MAX_BYTES_SCANNED_ON_LOOP) {
            scanned(exchange, scan(request, model), client, options);
            return exchange;
        }
        try {
            scanners.execute(() -> {
                try {
                    byte[] clean = scan(request, model);
                    context.runOnContext(v -> scanned(exchange, clean, client, options));
                } catch (RuntimeException failed) {
                    // Its message could quote text, so it goes no further.
                    refuse(exchange, AttemptFailure.SCAN_UNAVAILABLE);
                }
            });
        } catch (RejectedExecutionException full) {
            refuse(exchange, AttemptFailure.SCAN_UNAVAILABLE);
        }
        return exchange;
    }

    /** The bytes to be sent, or null where they must not be: the second scan looks at these very bytes. */
    private byte @Nullable [] scan(DeidentifiedRequest request, WireConstant model) {
        byte[] bytes = request.rendered().withModel(model);
        return request.isClean(bytes, vocabulary) ? bytes : null;
    }

    private void scanned(HttpExchange exchange, byte @Nullable [] clean, HttpClient client, RequestOptions options) {
        if (clean == null) {
            refuse(exchange, AttemptFailure.SECOND_SCAN);
        } else if (exchange.isUnderWay()) {
            exchange.start(client.request(options), Buffer.buffer(clean));
        }
    }

    /** Ends all attempts and closes the connections. */
    public void close() {
        vertx.cancelTimer(timer);
        for (HttpExchange exchange : Set.copyOf(active)) {
            exchange.cancel();
        }
        for (HttpClient client : clients.values()) {
            client.close();
        }
    }

    private void refuse(HttpExchange exchange, AttemptFailure failure) {
        context.runOnContext(v -> exchange.fail(failure));
    }

    private void checkDeadlines() {
        if (active.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        // Expiring removes from the set, so expire after the walk.
        Set<HttpExchange> expired = new LinkedHashSet<>();
        for (Iterator<HttpExchange> it = active.iterator(); it.hasNext(); ) {
            HttpExchange exchange = it.next();
            if (exchange.isExpired(now)) {
                expired.add(exchange);
            }
        }
        for (HttpExchange exchange : expired) {
            exchange.expire(now);
        }
    }

    private HttpClient httpClient(ProviderTarget target) {
        boolean tls = "https".equals(target.baseUrl().getScheme());
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(tls)
                .setVerifyHost(tls)
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(limits.maxHeaderBytes());
        if (target.trustStore() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(target.trustStore().toString()));
        }
        if (target.proxy() != null) {
            options.setProxyOptions(new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost(target.proxy().getHost())
                    .setPort(target.proxy().getPort()));
        }
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(limits.maxConnectionsPerTarget())
                .setMaxWaitQueueSize(limits.maxWaitingPerTarget());
        return vertx.createHttpClient(options, pool);
    }

    private static RequestOptions options(
            ProviderTarget target, WireConstant model, Optional<String> credential, AttemptDeadlines deadlines) {
        URI base = target.baseUrl();
        boolean tls = "https".equals(base.getScheme());
        int defaultPort = tls ? HTTPS_DEFAULT_PORT : HTTP_DEFAULT_PORT;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(base.getHost())
                .setPort(base.getPort() < 0 ? defaultPort : base.getPort())
                .setSsl(tls)
                .setURI(path(target, model))
                .setConnectTimeout(Math.max(1, deadlines.connectNanos() / 1_000_000))
                .putHeader("content-type", "application/json")
                .putHeader("accept-encoding", "identity")
                .putHeader("user-agent", "anteroom");
        credential.ifPresent(secret -> {
            switch (target.dialect()) {
                case OPENAI -> options.putHeader("authorization", "Bearer " + secret);
                case AZURE_OPENAI -> options.putHeader("api-key", secret);
            }
        });
        return options;
    }

    private static String path(ProviderTarget target, WireConstant model) {
        String prefix =
                target.baseUrl().getRawPath() == null ? "" : target.baseUrl().getRawPath();
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return switch (target.dialect()) {
            case OPENAI -> trimmed + "/chat/completions";
            case AZURE_OPENAI ->
                trimmed + "/openai/deployments/" + model.text() + "/chat/completions?api-version="
                        + target.apiVersion();
        };
    }
}
