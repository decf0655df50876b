package dev.anteroom.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a Java process of its own, from this process's class path. Used by one thread; ends with {@link #close()}. */
final class ChildGateway implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    /** Those of the launcher. */
    private static final List<String> JVM = List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-Xmn64m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-modules=jdk.incubator.vector",
            "-Dvertx.disableDnsResolver=true",
            "-Dio.netty.jfr.enabled=false",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8");

    private final Process process;
    private final int port;

    private ChildGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The gateway that is shipped. */
    static ChildGateway full(Path config, Path data) throws IOException {
        int port = freePort();
        return start(
                port,
                List.of(
                        "dev.anteroom.gateway.Main",
                        "serve",
                        "--config",
                        config.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--admin-port",
                        Integer.toString(freePort())));
    }

    /** The same without records. */
    static ChildGateway reduced(Path config, Path data) throws IOException {
        int port = freePort();
        return start(
                port,
                List.of(
                        ReducedGateway.class.getName(),
                        config.toString(),
                        data.toString(),
                        Integer.toString(port),
                        Integer.toString(freePort())));
    }

    /** Starts one and returns when it says that it is ready. */
    private static ChildGateway start(int port, List<String> main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(main);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ChildGateway gateway = new ChildGateway(process, port);
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null || !line.contains("ready on")) {
            gateway.close();
            throw new IllegalStateException("a gateway did not start; see above");
        }
        return gateway;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    long pid() {
        return process.pid();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
