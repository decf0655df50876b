package dev.anteroom.gateway;

import dev.anteroom.gateway.admin.AdminPlane;
import dev.anteroom.gateway.call.CallReports;
import dev.anteroom.gateway.call.Warmup;
import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.KeepingConfig;
import dev.anteroom.gateway.config.PriceTable;
import dev.anteroom.gateway.config.Secret;
import dev.anteroom.gateway.config.SecretReference;
import dev.anteroom.gateway.config.StoreConfig;
import dev.anteroom.gateway.config.WitnessConfig;
import dev.anteroom.gateway.http.DoorState;
import dev.anteroom.gateway.http.GatewayVerticle;
import dev.anteroom.gateway.http.JournalTraces;
import dev.anteroom.gateway.http.LiveReadiness;
import dev.anteroom.gateway.kept.Content;
import dev.anteroom.gateway.kept.KeptContent;
import dev.anteroom.gateway.keys.KeyDirectory;
import dev.anteroom.gateway.keys.KeyStore;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.models.ModelException;
import dev.anteroom.phi.ModelSource;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.routing.Admission;
import dev.anteroom.routing.AdmissionLimits;
import dev.anteroom.routing.Breakers;
import dev.anteroom.store.RunDigest;
import dev.anteroom.store.Shipper;
import dev.anteroom.store.ShipperSource;
import dev.anteroom.store.ShipperState;
import dev.anteroom.telemetry.ProcessState;
import dev.anteroom.telemetry.Telemetry;
import dev.anteroom.traces.AccessLog;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.JournalOptions;
import dev.anteroom.traces.JournalState;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Shredder;
import dev.anteroom.traces.TraceIds;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.WitnessOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A running gateway process: composes its parts, starts them, and stops them in order. Thread-safe.
 *
 * <p>Stopping: the door stops being ready, calls under way end or run into the drain limit, the servers close, the journal closes last.
 */
public final class Gateway implements AutoCloseable {
    private static final int DETECTOR_QUEUE = 256;
    private static final int HISTORY_POSITIONS = 1 << 17;
    private static final long HISTORY_BYTES = 64L << 20;
    private static final long REFRESH_MILLIS = 500;
    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 10;
    private static final long DRAIN_POLL_MILLIS = 20;
    private static final Duration BREAK_OFF = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Journal journal;
    private final SnapshotCompiler.Models models;
    private final ThreadPoolExecutor detectors;
    private final ScheduledExecutorService refresher;
    private final DoorState door;
    private final Duration drain;
    private final Snapshot snapshot;
    private final LiveReadiness live;
    private final Optional<Shipper> shipper;
    private final RetentionJob retention;
    private final Telemetry telemetry;
    private final SecurityWatch watch;

    private Gateway(
            Vertx vertx,
            Journal journal,
            SnapshotCompiler.Models models,
            ThreadPoolExecutor detectors,
            ScheduledExecutorService refresher,
            DoorState door,
            Snapshot snapshot,
            LiveReadiness live,
            Optional<Shipper> shipper,
            RetentionJob retention,
            Telemetry telemetry,
            SecurityWatch watch) {
        this.vertx = vertx;
        this.journal = journal;
        this.models = models;
        this.detectors = detectors;
        this.refresher = refresher;
        this.door = door;
        this.drain = snapshot.config().limits().drain();
        this.snapshot = snapshot;
        this.live = live;
        this.shipper = shipper;
        this.retention = retention;
        this.telemetry = telemetry;
        this.watch = watch;
    }

    /**
     * Starts a gateway and returns when it serves.
     *
     * @throws StartFailure where it cannot; the message is for a person and says what to do
     */
    public static Gateway start(GatewayOptions options) throws StartFailure {
        return start(options, PhiTagger::shipped);
    }

    /**
     * Starts a gateway with another tagger than the one that comes with it.
     *
     * @param models reads the tagger, and throws a {@link ModelException} where it cannot
     * @throws StartFailure as {@link #start(GatewayOptions)}
     */
    public static Gateway start(GatewayOptions options, Supplier<PhiTagger> models) throws StartFailure {
        return start(options, models, Journal::open);
    }

    /** Opens the journal of a gateway. Only the journal's own package makes one, so every way to open it is one of that package's. */
    @FunctionalInterface
    public interface JournalOpener {
        /** Opens it. */
        Journal open(JournalOptions options) throws JournalException;
    }

    /**
     * Starts a gateway with another journal.
     *
     * @throws StartFailure as {@link #start(GatewayOptions)}
     */
    public static Gateway start(GatewayOptions options, Supplier<PhiTagger> models, JournalOpener opener)
            throws StartFailure {
        Config config = options.loaded().config();
        SnapshotCompiler.Models opened;
        try {
            opened = SnapshotCompiler.Models.open(models.get(), config);
        } catch (ModelException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
        Thread preparing = Thread.ofPlatform().daemon().name("anteroom-prepare").start(opened.tagger()::prepare);
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        KeyRing keyRing;
        Journal journal;
        KeyStore keyStore = new KeyStore(options.dataDirectory(), clock, random);
        KeyDirectory firstKeys;
        ContentDigest digest;
        try {
            Files.createDirectories(options.dataDirectory());
            KeepingConfig keeping = config.journal().keeping();
            keyRing = KeyRing.openOrCreate(
                    keeping.source(KeyRing.Role.OPERATOR, options.dataDirectory()),
                    keeping.source(KeyRing.Role.ORIGINALS, options.dataDirectory()),
                    random);
            digest = ContentDigest.openOrCreate(options.dataDirectory().resolve("keys"), random);
            firstKeys = keyStore.refresh(config.demo());
            JournalOptions written = JournalOptions.defaults(
                            options.dataDirectory(), config.gateway().id(), keyRing)
                    .withSegmentBytes(config.journal().segmentBytes())
                    .withSpace(
                            config.journal().alarmFreeBytes(),
                            config.journal().reserveBytes(),
                            () -> options.dataDirectory().toFile().getUsableSpace());
            WitnessConfig witness = config.journal().witness();
            journal = opener.open(
                    witness == null
                            ? written
                            : written.withWitness(new WitnessOptions(witness.directory(), witness.key())));
        } catch (JournalException | IOException | IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
        List<Secret> secrets = new CopyOnWriteArrayList<>();
        Function<SecretReference, Secret> open = reference -> {
            Secret secret = reference.open(System::getenv, clock);
            secret.read();
            secrets.add(secret);
            return secret;
        };
        Snapshot snapshot = SnapshotCompiler.compile(
                config, options.loaded().canonicalText(), open, opened, options.build(), InstantSource.system());
        Telemetry telemetry;
        try {
            keep(options, snapshot, opened, clock);
            telemetry = TelemetryWiring.start(config, snapshot, open);
        } catch (IOException e) {
            journal.close();
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
        SecurityWatch watch = new SecurityWatch(telemetry, clock, firstKeys);
        PriceTable prices = PriceTable.of(config.prices());
        AtomicReference<KeyDirectory> keys = new AtomicReference<>(firstKeys);
        ScheduledExecutorService refresher = refresher(keyStore, keys, secrets, config.demo(), watch);
        TraceReader reader = TraceReader.open(options.dataDirectory(), keyRing);
        Optional<Shipper> shipper;
        try {
            shipper = shipper(options, reader, journal, open, prices, random);
        } catch (IOException e) {
            refresher.shutdownNow();
            telemetry.close();
            journal.close();
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
        AtomicReference<Optional<ShipperState>> storeState = new AtomicReference<>(shipper.map(Shipper::state));
        shipper.ifPresent(ships -> repeat(refresher, () -> storeState.set(Optional.of(ships.state()))));
        LiveReadiness live =
                LiveReadiness.of(config, options.host(), options.dataDirectory().resolve("journal"));
        DoorState door = new DoorState(
                keys::get,
                new Admission(new AdmissionLimits(
                        config.limits().maxConcurrentCalls(), config.limits().maxBytesInFlight())),
                new TraceIds(clock, random),
                journal,
                live,
                storeState::get,
                watch);
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        // No resource of the class path is served through Vert.x; its cache of them would be a folder that a killed
        // process leaves.
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(files)
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
        ThreadPoolExecutor detectors = detectors(loops);
        RetentionJob retention = RetentionJob.start(
                new Shredder(
                        options.dataDirectory(),
                        keyRing,
                        new AccessLog(options.dataDirectory(), keyRing, clock, random),
                        clock),
                config.journal().keeping().retention(),
                () -> KeptContent.of(options.dataDirectory()).prune(reader),
                watch);
        Gateway gateway = new Gateway(
                vertx, journal, opened, detectors, refresher, door, snapshot, live, shipper, retention, telemetry,
                watch);
        Breakers breakers = new Breakers(System::nanoTime);
        breakers.configure(snapshot.routing().targets());
        RedactionCache history = new RedactionCache(HISTORY_POSITIONS, HISTORY_BYTES, random);
        telemetry.metrics().show(() -> processState(door, detectors, history, journal, breakers));
        try {
            GatewayVerticle.Shared shared = new GatewayVerticle.Shared(
                    snapshot,
                    history,
                    journal,
                    digest,
                    new CallReports(telemetry, prices, snapshot),
                    telemetry.metrics(),
                    breakers,
                    detectors,
                    clock,
                    random,
                    door,
                    new JournalTraces(reader, detectors),
                    options.host(),
                    options.port());
            AdminPlane admin = AdminPlane.create(
                    options.dataDirectory(),
                    options.adminPort(),
                    config.admin().host(),
                    random,
                    snapshot,
                    journal,
                    door,
                    breakers,
                    telemetry.metrics(),
                    watch::adminDenied);
            Future<?> started = vertx.deployVerticle(
                            () -> new GatewayVerticle(shared), new DeploymentOptions().setInstances(loops))
                    .compose(id -> vertx.deployVerticle(admin));
            started.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
            // Not before: what makes calls faster, not possible, would only hold up the start.
            detectors.execute(() -> warmUp(preparing, door, snapshot, opened.tagger(), random));
            watch.started(snapshot, options.dataDirectory());
            options.notices().accept(keyRing, admin.newToken());
            return gateway;
        } catch (ExecutionException | TimeoutException | IOException e) {
            gateway.close();
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StartFailure(
                    "cannot serve on " + options.host() + ":" + options.port() + " or admin port " + options.adminPort()
                            + ": " + cause.getMessage(),
                    e);
        } catch (InterruptedException e) {
            gateway.close();
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting", e);
        }
    }

    /** Before the first call: what decides it must be there for whoever asks later. */
    private static void keep(GatewayOptions options, Snapshot snapshot, SnapshotCompiler.Models opened, Clock clock)
            throws IOException {
        List<Content> files = new ArrayList<>();
        options.loaded().files().forEach((file, bytes) -> files.add(Content.of(file.toString(), bytes)));
        List<Content> models = new ArrayList<>();
        for (ModelSource file : opened.files()) {
            models.add(
                    new Content(file.name(), file.sha256(), () -> file.bytes().open()));
        }
        try {
            KeptContent.of(options.dataDirectory()).keep(snapshot.parts(), options.build(), files, models, clock);
        } catch (IOException e) {
            throw new IOException(
                    "what decides cannot be kept in " + options.dataDirectory() + ", so nothing is decided: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void warmUp(
            Thread preparing, DoorState door, Snapshot snapshot, PhiTagger tagger, SecureRandom random) {
        try {
            preparing.join();
        } catch (InterruptedException stopped) {
            preparing.interrupt();
            return;
        }
        door.warmedUp();
        tagger.warmUp();
        Warmup.run(snapshot, random);
    }

    private static ProcessState processState(
            DoorState door, ThreadPoolExecutor detectors, RedactionCache history, Journal journal, Breakers breakers) {
        JournalState now = journal.state();
        Map<String, String> targets = new TreeMap<>();
        breakers.health()
                .forEach((target, health) -> targets.put(target, health.name().toLowerCase(Locale.ROOT)));
        return new ProcessState(
                door.isReady(),
                door.activeCalls(),
                detectors.getQueue().size(),
                history.size(),
                new ProcessState.JournalNumbers(
                        now.status().name().toLowerCase(Locale.ROOT),
                        now.queuedRecords(),
                        now.queuedBytes(),
                        now.usableBytes(),
                        now.openIntents(),
                        now.intents(),
                        now.outcomes(),
                        now.refusals(),
                        now.rejected(),
                        now.forces(),
                        now.failedSegments(),
                        now.writtenBytes(),
                        now.tree().records(),
                        now.tree().signed(),
                        now.tree().witnessed(),
                        now.tree().failures()),
                targets,
                door.store()
                        .map(store -> new ProcessState.StoreNumbers(
                                store.reachable(), store.backlogRecords(), store.shippedRecords(), store.failures())));
    }

    private static Optional<Shipper> shipper(
            GatewayOptions options,
            TraceReader reader,
            Journal journal,
            Function<SecretReference, Secret> open,
            PriceTable prices,
            SecureRandom random)
            throws IOException {
        StoreConfig store = options.loaded().config().store();
        if (store == null) {
            return Optional.empty();
        }
        return Optional.of(Shipper.start(
                store.options(open.apply(store.credential())),
                new ShipperSource(
                        reader,
                        journal::durable,
                        options.dataDirectory(),
                        options.loaded().config().gateway().id()),
                RunDigest.openOrCreate(options.dataDirectory(), random),
                prices));
    }

    private static ScheduledExecutorService refresher(
            KeyStore store,
            AtomicReference<KeyDirectory> keys,
            List<Secret> secrets,
            boolean demo,
            SecurityWatch watch) {
        ScheduledThreadPoolExecutor refresher =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "anteroom-refresh"));
        // Two tasks, so that a credential that cannot be read never keeps a revoked key good.
        repeat(refresher, () -> {
            KeyDirectory now = store.refresh(demo);
            keys.set(now);
            watch.keysAre(now);
        });
        secrets.forEach(secret -> repeat(refresher, secret::read));
        return refresher;
    }

    private static void repeat(ScheduledExecutorService refresher, Runnable task) {
        var _ = refresher.scheduleWithFixedDelay(task, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ThreadPoolExecutor detectors(int threads) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DETECTOR_QUEUE),
                task -> daemon(task, "anteroom-detect-" + number.getAndIncrement()),
                new ThreadPoolExecutor.AbortPolicy());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether {@code /readyz} says so. */
    public boolean isReady() {
        return door.isReady();
    }

    /** The snapshot in force. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Whether, and why not, live keys are served. */
    public LiveReadiness live() {
        return live;
    }

    /** Stops gracefully; returns when everything is closed. */
    @Override
    public void close() {
        door.drain();
        refresher.shutdownNow();
        boolean interrupted = awaitCalls(drain);
        if (!interrupted && door.activeCalls() > 0) {
            door.breakOff();
            interrupted = awaitCalls(BREAK_OFF);
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway; the journal must still be closed.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        detectors.shutdownNow();
        models.close();
        shipper.ifPresent(Shipper::close);
        retention.close();
        journal.close();
        watch.stopped(snapshot);
        telemetry.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The public key that checks the log, where this start made it: the operator must be told to keep it elsewhere. */
    public Optional<Path> newLogKey() {
        return journal.isLogKeyNew() ? Optional.of(journal.logKeyFile().toAbsolutePath()) : Optional.empty();
    }

    private boolean awaitCalls(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        try {
            while (door.activeCalls() > 0 && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
