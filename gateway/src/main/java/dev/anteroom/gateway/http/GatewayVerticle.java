package dev.anteroom.gateway.http;

import dev.anteroom.egress.ClientLimits;
import dev.anteroom.egress.ProviderClient;
import dev.anteroom.gateway.call.CallReports;
import dev.anteroom.gateway.call.CallServices;
import dev.anteroom.gateway.call.RecordWaits;
import dev.anteroom.gateway.config.ListenerConfig;
import dev.anteroom.gateway.config.TlsConfig;
import dev.anteroom.gateway.extractive.ExtractiveProvider;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.routing.Breakers;
import dev.anteroom.telemetry.Metrics;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway: its server, its provider client, its calls. */
public final class GatewayVerticle extends VerticleBase {
    /** What all verticles of a process share. */
    public record Shared(
            Snapshot snapshot,
            RedactionCache history,
            Journal journal,
            ContentDigest digest,
            CallReports reports,
            Metrics metrics,
            Breakers breakers,
            Executor detectors,
            Clock clock,
            RandomGenerator random,
            DoorState door,
            TraceLookup traces,
            String host,
            int port) {}

    private static final int HTTP2_CONNECTION_WINDOW_BYTES = 16 << 20;
    private static final int HTTP2_STREAM_WINDOW_BYTES = 1 << 20;
    private static final long LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WAITS_MILLIS = 1_000;
    private static final int MAX_REQUEST_LINE_BYTES = 8 << 10;

    private final Shared shared;
    private @Nullable HttpServer server;
    private @Nullable ProviderClient providers;

    /** A share that serves with the process's own parts. */
    public GatewayVerticle(Shared shared) {
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        Snapshot snapshot = shared.snapshot();
        Context loop = context;
        Executor onLoop = task -> loop.runOnContext(v -> task.run());
        providers = ProviderClient.create(
                vertx,
                snapshot.vocabulary(),
                snapshot.providerTargets().values(),
                ClientLimits.defaults(),
                shared.clock(),
                shared.detectors());
        RecordWaits waits = new RecordWaits(onLoop, System::nanoTime);
        vertx.setPeriodic(WAITS_MILLIS, id -> waits.expire());
        CallServices services = new CallServices(
                snapshot,
                shared.history(),
                shared.journal(),
                shared.digest(),
                shared.reports(),
                providers,
                new ExtractiveProvider(onLoop, shared.detectors()),
                shared.breakers(),
                onLoop,
                waits,
                shared.detectors(),
                shared.clock(),
                System::nanoTime,
                shared.random());
        DataPlane plane = new DataPlane(vertx, shared.door(), services, shared.traces());
        vertx.setPeriodic(snapshot.config().limits().keepAlive().toMillis(), id -> plane.tick());
        watchLag();
        shared.door().onBreakOff(() -> onLoop.execute(plane::breakOff));
        server = vertx.createHttpServer(options(snapshot))
                .requestHandler(plane::handle)
                .invalidRequestHandler(plane::malformed);
        return server.listen(shared.port(), shared.host());
    }

    /** Measures how late this loop runs what is due, which is how long a call may have to wait for it. */
    private void watchLag() {
        long[] due = {System.nanoTime() + LAG_NANOS};
        vertx.setPeriodic(TimeUnit.NANOSECONDS.toMillis(LAG_NANOS), id -> {
            long now = System.nanoTime();
            shared.metrics().loopLag(Math.max(0, now - due[0]));
            due[0] = now + LAG_NANOS;
        });
    }

    @Override
    public Future<?> stop() {
        if (providers != null) {
            providers.close();
        }
        return server == null ? Future.succeededFuture() : server.shutdown(1, TimeUnit.SECONDS);
    }

    private static HttpServerOptions options(Snapshot snapshot) {
        ListenerConfig listener = snapshot.config().listener();
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(snapshot.config().limits().maxHeaderBytes())
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setHandle100ContinueAutomatically(true)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setHttp2ConnectionWindowSize(HTTP2_CONNECTION_WINDOW_BYTES)
                .setTcpNoDelay(true)
                .setStrictThreadMode(true);
        options.getInitialSettings().setInitialWindowSize(HTTP2_STREAM_WINDOW_BYTES);
        TlsConfig tls = listener.tls();
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(tls.certificate().path().toString())
                            .setKeyPath(tls.key().path().toString()));
            if (tls.clientCa() != null) {
                options.setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(tls.clientCa().path().toString()));
            }
        }
        return options;
    }
}
