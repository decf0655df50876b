package dev.anteroom.gateway.admin;

import dev.anteroom.gateway.http.DoorState;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.routing.Breakers;
import dev.anteroom.store.ShipperState;
import dev.anteroom.telemetry.Metrics;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.JournalState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: loopback, a token, and the Host and Origin headers checked against DNS rebinding. Confined to one event loop.
 *
 * <p>{@code GET /admin/state} says what is in force and how the parts are, {@code GET /metrics} is what Prometheus scrapes; neither holds a
 * text of any call.
 */
public final class AdminPlane extends VerticleBase {
    private static final Set<String> LOCAL_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String BEARER = "Bearer ";

    private final AdminToken token;
    private final String host;
    private final int port;
    private final Snapshot snapshot;
    private final Journal journal;
    private final DoorState door;
    private final Breakers breakers;
    private final Metrics metrics;
    private final Consumer<String> denied;
    private @Nullable HttpServer server;

    private AdminPlane(
            AdminToken token,
            String host,
            int port,
            Snapshot snapshot,
            Journal journal,
            DoorState door,
            Breakers breakers,
            Metrics metrics,
            Consumer<String> denied) {
        this.token = token;
        this.host = host;
        this.port = port;
        this.snapshot = snapshot;
        this.journal = journal;
        this.door = door;
        this.breakers = breakers;
        this.metrics = metrics;
        this.denied = denied;
    }

    /**
     * An admin plane whose token lies, hashed, in the data directory; it is made at the first start.
     *
     * @param denied hears, in a word, why a request was not let in; must not block
     */
    public static AdminPlane create(
            Path dataDirectory,
            int port,
            String host,
            RandomGenerator random,
            Snapshot snapshot,
            Journal journal,
            DoorState door,
            Breakers breakers,
            Metrics metrics,
            Consumer<String> denied)
            throws IOException {
        AdminToken token = AdminToken.openOrCreate(dataDirectory.resolve("keys"), random);
        return new AdminPlane(token, host, port, snapshot, journal, door, breakers, metrics, denied);
    }

    /** The token, only at the start that made it. */
    public Optional<String> newToken() {
        return token.newlyMade();
    }

    @Override
    public Future<?> start() {
        // Clients that ask for HTTP/2 are answered in HTTP/1.1, where the name they used stands in the Host header.
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        server = vertx.createHttpServer(options).requestHandler(this::handle);
        return server.listen(port, host);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void handle(HttpServerRequest request) {
        if (!isLocalName(request.getHeader("host")) || !isOwnOrigin(request.getHeader("origin"))) {
            denied.accept("foreign_host_or_origin");
            answer(request, 403, error("this port answers only to its own loopback name"));
            return;
        }
        String header = request.getHeader("authorization");
        if (header == null || !header.startsWith(BEARER) || !token.matches(header.substring(BEARER.length()))) {
            denied.accept("invalid_token");
            answer(request, 401, error("send the admin token as 'Authorization: Bearer ...'"));
            return;
        }
        switch (request.path()) {
            case "/admin/state" -> answer(request, 200, state());
            case "/metrics" -> scrape(request);
            case null, default ->
                answer(request, 404, error("there is no such admin endpoint; see /admin/state and /metrics"));
        }
    }

    private void scrape(HttpServerRequest request) {
        vertx.executeBlocking(metrics::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .putHeader("cache-control", "no-store")
                        .end(Buffer.buffer(text)))
                .onFailure(e -> answer(request, 500, error("the metrics cannot be read")));
    }

    private boolean isLocalName(@Nullable String hostHeader) {
        if (hostHeader == null) {
            return false;
        }
        int colon = hostHeader.lastIndexOf(':');
        boolean hasPort = colon > hostHeader.lastIndexOf(']');
        return LOCAL_NAMES.contains(hasPort ? hostHeader.substring(0, colon) : hostHeader);
    }

    private boolean isOwnOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        for (String name : LOCAL_NAMES) {
            if (origin.equals("http://" + name + ":" + port)) {
                return true;
            }
        }
        return false;
    }

    private byte[] state() {
        JournalState state = journal.state();
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("snapshot", snapshot.hash());
            out.writeStringField("build", snapshot.build());
            out.writeNumberField("active_calls", door.activeCalls());
            out.writeNumberField("failed_logins", door.failedLogins());
            out.writeObjectFieldStart("journal");
            out.writeStringField("status", state.status().name().toLowerCase(Locale.ROOT));
            out.writeNumberField("queued_records", state.queuedRecords());
            out.writeNumberField("usable_bytes", state.usableBytes());
            out.writeNumberField("intents", state.intents());
            out.writeNumberField("outcomes", state.outcomes());
            out.writeNumberField("refusals", state.refusals());
            out.writeEndObject();
            Optional<ShipperState> store = door.store();
            if (store.isPresent()) {
                out.writeObjectFieldStart("store");
                out.writeBooleanField("reachable", store.get().reachable());
                out.writeNumberField("backlog_records", store.get().backlogRecords());
                out.writeNumberField("shipped_records", store.get().shippedRecords());
                out.writeNumberField("failures", store.get().failures());
                out.writeStringField("problem", store.get().problem());
                out.writeEndObject();
            }
            out.writeObjectFieldStart("targets");
            for (var health : breakers.health().entrySet()) {
                out.writeStringField(health.getKey(), health.getValue().name().toLowerCase(Locale.ROOT));
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    private static byte[] error(String advice) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("error", advice);
            out.writeEndObject();
        });
    }

    private static void answer(HttpServerRequest request, int status, byte[] json) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(json));
    }
}
