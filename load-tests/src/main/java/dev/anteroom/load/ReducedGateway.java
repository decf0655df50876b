package dev.anteroom.load;

import dev.anteroom.gateway.Gateway;
import dev.anteroom.gateway.GatewayOptions;
import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.traces.WithoutRecords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * The gateway as it is, but that its journal writes nothing: what {@link CompareRecordsCommand} compares with. Stands in the load harness
 * only, and serves nothing but this machine and sandboxes.
 */
public final class ReducedGateway {
    private ReducedGateway() {}

    /** Serves a configuration until the process is asked to stop: {@code CONFIG DATA PORT ADMIN_PORT}. */
    public static void main(String[] arguments) throws Exception {
        ConfigResult result = new ConfigLoader(Clock.systemUTC()).load(Path.of(arguments[0]));
        if (!(result instanceof ConfigResult.Loaded loaded)) {
            System.err.println("the configuration is not usable; see anteroom check-config");
            System.exit(2);
            return;
        }
        check(loaded.config());
        int port = Integer.parseInt(arguments[2]);
        Gateway gateway = Gateway.start(
                new GatewayOptions(
                        loaded,
                        Path.of(arguments[1]),
                        loaded.config().listener().host(),
                        port,
                        Integer.parseInt(arguments[3]),
                        Build.named("reduced"),
                        (_, _) -> {}),
                PhiTagger::shipped,
                WithoutRecords::open);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "reduced-stop"));
        System.out.println("reduced gateway ready on port " + port);
        new CountDownLatch(1).await();
    }

    private static void check(Config config) {
        Loopback.check(URI.create("http://" + config.listener().host()));
        if (config.targets().stream().anyMatch(target -> target.environment() != Environment.SANDBOX)) {
            throw new IllegalArgumentException("targets: live (expected: sandbox only, for nothing is recorded)");
        }
    }
}
