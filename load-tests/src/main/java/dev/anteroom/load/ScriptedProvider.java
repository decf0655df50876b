package dev.anteroom.load;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A model provider on 127.0.0.1 that answers as its scripts say and remembers what it was sent. Thread-safe.
 *
 * <p>It has event loops of its own and ends with {@link #close()}.
 */
public final class ScriptedProvider implements AutoCloseable {
    private static final long START_SECONDS = 20;

    private final Vertx vertx;
    private final boolean recording;
    private final List<ReceivedRequest> received = new ArrayList<>();
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong serial = new AtomicLong();
    private volatile Function<ReceivedRequest, Script> chooser;
    private volatile int port;

    private ScriptedProvider(Builder builder) {
        this.recording = builder.recording;
        this.chooser = builder.chooser;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(builder.eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    }

    /** A provider on a free port that answers every request in this way. */
    public static ScriptedProvider start(Script script) {
        return builder().script(script).start();
    }

    /** A provider on a free port that chooses by the request. */
    public static ScriptedProvider start(Function<ReceivedRequest, Script> chooser) {
        return builder().script(chooser).start();
    }

    /** Settings, all with defaults: a free port, one event loop, echo, recording. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port}, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** {@code http://127.0.0.1:port/v1}, as clients want it for a base URL. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    /** From now on answers every request in this way. */
    public void script(Script script) {
        this.chooser = request -> script;
    }

    /** From now on chooses by the request. */
    public void script(Function<ReceivedRequest, Script> next) {
        this.chooser = next;
    }

    /** What was received so far, in order of arrival; empty where recording is off. */
    public List<ReceivedRequest> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The last request received; fails where there is none. */
    public ReceivedRequest last() {
        synchronized (received) {
            return received.getLast();
        }
    }

    /** Forgets what was received so far. */
    public void forget() {
        synchronized (received) {
            received.clear();
        }
    }

    /** How many requests the other side gave up before their answer was complete. */
    public int aborted() {
        return aborted.get();
    }

    /** How many requests are being answered now. */
    public int open() {
        return open.get();
    }

    /** How many answers were written to their end. */
    public long answered() {
        return answered.get();
    }

    /** Waits until that many requests were received in all; false when it took longer. */
    public boolean awaitReceived(int count, Duration atMost) throws InterruptedException {
        return await(() -> received().size() >= count, atMost);
    }

    /** Waits until that many requests were given up in all; false when it took longer. */
    public boolean awaitAborted(int count, Duration atMost) throws InterruptedException {
        return await(() -> aborted() >= count, atMost);
    }

    private static boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long endNanos = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNanos > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            vertx.close().await(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("close: not done in " + START_SECONDS + " s", e);
        }
    }

    private void listen(Builder builder) throws Exception {
        // A negative port is a free one that all instances of a deployment share.
        int wanted = builder.port == 0 ? -1 : builder.port;
        DeploymentOptions options = new DeploymentOptions().setInstances(builder.eventLoops);
        vertx.deployVerticle(() -> new Listener(wanted), options).await(START_SECONDS, TimeUnit.SECONDS);
    }

    private void handle(HttpServerRequest request) {
        open.incrementAndGet();
        Exchange exchange = new Exchange(vertx, request, this::ended);
        request.body().onSuccess(body -> {
            byte[] bytes = body.getBytes();
            Function<ReceivedRequest, Script> choose = chooser;
            ReceivedRequest message = describe(request, bytes);
            if (recording) {
                synchronized (received) {
                    received.add(message);
                }
            }
            ScriptedReply reply = switch (choose.apply(message)) {
                case ScriptedReply scripted -> scripted;
            };
            exchange.answer(reply, bytes, () -> Long.toHexString(0x5c000000L + serial.incrementAndGet()));
        });
    }

    private void ended(boolean complete) {
        open.decrementAndGet();
        if (complete) {
            answered.incrementAndGet();
        } else {
            aborted.incrementAndGet();
        }
    }

    private ReceivedRequest describe(HttpServerRequest request, byte[] bytes) {
        List<Map.Entry<String, String>> headers =
                recording ? List.copyOf(request.headers().entries()) : List.of();
        String query = request.query();
        return new ReceivedRequest(
                request.method().name(),
                request.path() == null ? "" : request.path(),
                query == null ? "" : query,
                headers,
                bytes,
                System.nanoTime());
    }

    /** One listening verticle; all of them share the port. */
    private final class Listener extends VerticleBase {
        private final int wanted;

        Listener(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public Future<?> start() {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(wanted)
                    .setAcceptBacklog(4096)
                    .setMaxHeaderSize(64 * 1024)
                    .setMaxInitialLineLength(16 * 1024);
            HttpServer server = vertx.createHttpServer(options);
            server.requestHandler(ScriptedProvider.this::handle);
            return server.listen().onSuccess(bound -> port = bound.actualPort());
        }
    }

    /** Settings of a provider. Confined to one thread. */
    public static final class Builder {
        private int port;
        private int eventLoops = 1;
        private boolean recording = true;
        private Function<ReceivedRequest, Script> chooser = request -> Script.echo();

        private Builder() {}

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /** How many event loops answer; 1 by default. */
        public Builder eventLoops(int value) {
            this.eventLoops = value;
            return this;
        }

        /** Whether requests are remembered; yes by default, off for load. */
        public Builder recording(boolean value) {
            this.recording = value;
            return this;
        }

        /** Answers every request in this way. */
        public Builder script(Script script) {
            return script(request -> script);
        }

        /** Chooses by the request; runs on an event loop and must not block. */
        public Builder script(Function<ReceivedRequest, Script> value) {
            this.chooser = value;
            return this;
        }

        /** Starts to listen; throws {@link PortTakenException} where the port cannot be had. */
        public ScriptedProvider start() {
            ScriptedProvider provider = new ScriptedProvider(this);
            try {
                provider.listen(this);
                return provider;
            } catch (Exception e) {
                provider.close();
                throw new PortTakenException(port, e);
            }
        }
    }
}
