package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.Gateway;
import dev.anteroom.gateway.GatewayOptions;
import dev.anteroom.gateway.StartFailure;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.models.ModelException;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.traces.KeyRing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom serve}: runs the gateway until SIGTERM or SIGINT. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Runs the gateway. Prints one line on stdout when it is ready; SIGTERM or SIGINT stops it gracefully, with exit code 0.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DefaultPaths.CONFIG,
            description = "configuration (default: ${DEFAULT-VALUE})")
    private Path config = Path.of("anteroom.yaml");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "journal and keys (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--port", paramLabel = "N", description = "data plane port (default: the configuration's)")
    private @Nullable Integer port;

    @Option(names = "--admin-port", paramLabel = "N", description = "admin port (default: the configuration's)")
    private @Nullable Integer adminPort;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        // Meanwhile: each takes as long as all that comes before it is needed.
        CompletableFuture<Build> build = CompletableFuture.supplyAsync(ServeCommand::build, ServeCommand::meanwhile);
        CompletableFuture<PhiTagger> tagger =
                CompletableFuture.supplyAsync(PhiTagger::shipped, ServeCommand::meanwhile);
        ConfigResult.Loaded loaded = ConfigFile.load(config, Clock.systemUTC(), err, "nothing was started");
        int servedPort = port != null ? port : loaded.config().listener().port();
        int servedAdminPort =
                adminPort != null ? adminPort : loaded.config().admin().port();
        String host = loaded.config().listener().host();
        Gateway gateway;
        try {
            gateway = Gateway.start(
                    new GatewayOptions(
                            loaded,
                            data,
                            host,
                            servedPort,
                            servedAdminPort,
                            build.join(),
                            (keys, token) -> firstStart(err, keys, token)),
                    () -> read(tagger));
        } catch (CompletionException e) {
            if (e.getCause() instanceof CommandFailure known) {
                throw known;
            }
            throw e;
        } catch (StartFailure e) {
            throw new CommandFailure(1, e.getMessage() == null ? "cannot start" : e.getMessage());
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            stopped.countDown();
                            // A stop that was asked for and went well is a success; the JVM alone would say 143.
                            Runtime.getRuntime().halt(0);
                        },
                        "anteroom-stop"));
        String base = (loaded.config().listener().tls() == null ? "http://" : "https://") + host + ":" + servedPort;
        gateway.newLogKey().ifPresent(key -> {
            err.println("anteroom: made the key that signs the log of records; its public half: " + key);
            err.println("anteroom: keep a copy of that where this machine cannot change it; traces verify asks for it");
        });
        announce(err, gateway, base, loaded.config().demo());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void meanwhile(Runnable task) {
        Thread.ofPlatform().daemon().name("anteroom-start").start(task);
    }

    private static PhiTagger read(CompletableFuture<PhiTagger> tagger) {
        try {
            return tagger.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModelException known) {
                throw known;
            }
            throw e;
        }
    }

    private static Build build() {
        try {
            return BuildInfo.running();
        } catch (CommandFailure e) {
            throw new CompletionException(e);
        }
    }

    private void firstStart(PrintWriter err, KeyRing keys, Optional<String> token) {
        for (Path made : keys.created()) {
            err.println("anteroom: made a key that seals records: " + made.toAbsolutePath());
        }
        if (!keys.created().isEmpty()) {
            err.println(
                    "anteroom: keep a copy outside this machine; without it no record can be read. Better still, keep the keys elsewhere:");
            err.println(
                    "anteroom: on another disk or in a KMS (journal.operatorKey, journal.originalsKey; docs/operating.md)");
        }
        token.ifPresent(made -> err.println("anteroom: admin token, shown this once: " + made));
    }

    private void announce(PrintWriter err, Gateway gateway, String base, boolean demo) {
        if (!gateway.live().isReady()) {
            err.println("anteroom: live keys are not served: "
                    + String.join("; ", gateway.live().obstacles()));
        }
        if (demo) {
            err.println("anteroom: try");
            err.println("  curl -s " + base + "/v1/chat/completions -H 'authorization: Bearer sk-anteroom-demo'"
                    + " -H 'content-type: application/json' -d '{\"model\":\"extractive\",\"messages\":["
                    + "{\"role\":\"system\",\"content\":\"Context: John Miller (SSN 536-22-8726) started metformin"
                    + " 500 mg twice a day.\"},{\"role\":\"user\",\"content\":\"Which dose of metformin?\"}]}'");
        }
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "anteroom ready on " + base + ", snapshot " + gateway.snapshot().shortHash());
        out.flush();
    }
}
