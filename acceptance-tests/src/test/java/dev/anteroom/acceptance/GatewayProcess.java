package dev.anteroom.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The shipped main class in a JVM of its own. Thread-safe; {@link #close} kills what still runs.
 *
 * <p>The class path goes through the environment: a command line of many kilobytes would hide what was run.
 */
final class GatewayProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final int adminPort;
    private final long startedNanos;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final CountDownLatch firstLineOrEnd = new CountDownLatch(1);
    private final Thread outReader;
    private final Thread errReader;
    private volatile long readyNanos;

    private GatewayProcess(Process process, int port, int adminPort, long startedNanos) {
        this.process = process;
        this.port = port;
        this.adminPort = adminPort;
        this.startedNanos = startedNanos;
        this.outReader = Thread.ofPlatform().daemon().start(() -> {
            collect(process.inputReader(StandardCharsets.UTF_8), out, true);
            firstLineOrEnd.countDown();
        });
        this.errReader = Thread.ofPlatform()
                .daemon()
                .start(() -> collect(
                        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)),
                        err,
                        false));
    }

    /** Starts a gateway on free ports and returns when it says that it is ready. */
    static GatewayProcess serve(Path config, Path data) {
        GatewayProcess gateway = launch(config, data, RunningGateway.freePort(), RunningGateway.freePort(), Map.of());
        gateway.awaitReady();
        return gateway;
    }

    /** As {@link #serve(Path, Path)}, by a command that becomes the one that it is given. */
    static GatewayProcess serve(List<String> through, Path config, Path data) {
        GatewayProcess gateway =
                launch(through, config, data, RunningGateway.freePort(), RunningGateway.freePort(), Map.of());
        gateway.awaitReady();
        return gateway;
    }

    /** Starts a gateway and returns at once; it may be one that cannot start. */
    static GatewayProcess launch(Path config, Path data, int port, int adminPort, Map<String, String> environment) {
        return launch(List.of(), config, data, port, adminPort, environment);
    }

    static GatewayProcess launch(
            List<String> through, Path config, Path data, int port, int adminPort, Map<String, String> environment) {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "dev.anteroom.gateway.Main",
                "serve",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--admin-port",
                Integer.toString(adminPort)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        try {
            long now = System.nanoTime();
            return new GatewayProcess(builder.start(), port, adminPort, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(BufferedReader from, List<String> into, boolean isOut) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                synchronized (into) {
                    into.add(line);
                }
                if (isOut) {
                    readyNanos = readyNanos == 0 ? System.nanoTime() : readyNanos;
                    firstLineOrEnd.countDown();
                }
            }
        } catch (IOException endedWhileReading) {
            // A killed process closes its pipes in any state; what was read until then stands.
        }
    }

    void awaitReady() {
        try {
            if (!firstLineOrEnd.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not ready after " + LONGEST_START + "; stderr: " + errors());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        List<String> lines = output();
        if (lines.isEmpty() || !lines.getFirst().startsWith("anteroom ready on ")) {
            throw new AssertionError("no ready line but " + lines + "; stderr: " + errors());
        }
    }

    /** From the start of the JVM to the ready line. */
    Duration startTime() {
        return Duration.ofNanos(readyNanos - startedNanos);
    }

    int port() {
        return port;
    }

    int adminPort() {
        return adminPort;
    }

    /** The lines on stdout so far. */
    List<String> output() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    /** The lines on stderr so far. */
    List<String> errors() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    /** Asks it to stop: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it without asking: SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(20));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end and gives the exit code; all of its output has been read then. */
    int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + atMost + "; stderr: " + errors());
            }
            outReader.join(5_000);
            errReader.join(5_000);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
