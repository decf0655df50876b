package dev.anteroom.acceptance;

import dev.anteroom.gateway.Gateway;
import dev.anteroom.gateway.GatewayOptions;
import dev.anteroom.gateway.StartFailure;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Query;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A gateway of the test's own, in this JVM, with its own data directory. Close it to stop it gracefully. */
final class RunningGateway implements AutoCloseable {
    static final String KEY = "sk-anteroom-demo";

    private final Path directory;
    private final Gateway gateway;
    private final int port;
    private final int adminPort;
    private final String adminToken;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private RunningGateway(Path directory, Gateway gateway, int port, int adminPort, String adminToken) {
        this.directory = directory;
        this.gateway = gateway;
        this.port = port;
        this.adminPort = adminPort;
        this.adminToken = adminToken;
    }

    /** A gateway whose model {@code gpt-test} is served by a provider on this port, for a clinician, and {@code extractive} too. */
    static RunningGateway before(int providerPort) {
        return start(TestConfig.clinician(providerPort));
    }

    /** A gateway of this configuration. */
    static RunningGateway start(TestConfig config) {
        try {
            Path directory = Files.createTempDirectory("anteroom-acceptance");
            return start(directory, config.write(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A gateway of the configuration in this file; the directory is the gateway's from here on. */
    static RunningGateway start(Path directory, Path file) {
        return start(directory, file, PhiTagger::shipped);
    }

    /** A gateway whose tagger is this one. */
    static RunningGateway start(TestConfig config, Supplier<PhiTagger> tagger) {
        try {
            Path directory = Files.createTempDirectory("anteroom-acceptance");
            return start(directory, config.write(directory), tagger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningGateway start(Path directory, Path file, Supplier<PhiTagger> tagger) {
        try {
            ConfigResult result = new ConfigLoader(Clock.systemUTC()).load(file);
            if (!(result instanceof ConfigResult.Loaded loaded)) {
                throw new IllegalArgumentException("the test's configuration is wrong: "
                        + ((ConfigResult.Rejected) result)
                                .errors().stream().map(Object::toString).toList());
            }
            int port = freePort();
            int adminPort = freePort();
            String[] token = {""};
            Gateway gateway = Gateway.start(
                    new GatewayOptions(
                            loaded,
                            directory.resolve("data"),
                            loaded.config().listener().host(),
                            port,
                            adminPort,
                            Build.named("test"),
                            (keys, made) -> token[0] = made.orElse("")),
                    tagger);
            return new RunningGateway(directory, gateway, port, adminPort, token[0]);
        } catch (StartFailure e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String snapshotHash() {
        return gateway.snapshot().hash();
    }

    int adminPort() {
        return adminPort;
    }

    String adminToken() {
        return adminToken;
    }

    Path data() {
        return directory.resolve("data");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Posts a chat body with the demo key. */
    HttpResponse<String> chat(String json) {
        return post("/v1/chat/completions", KEY, json);
    }

    HttpResponse<String> post(String path, String key, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + KEY)
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All records of a call, read from the journal while the gateway runs. */
    Trace trace(String traceId) {
        try {
            return reader().find(traceId).orElseThrow(() -> new AssertionError("no trace " + traceId));
        } catch (JournalException e) {
            throw new IllegalStateException(e);
        }
    }

    List<TraceSummary> traces() {
        try {
            return reader().list(Query.all());
        } catch (JournalException e) {
            throw new IllegalStateException(e);
        }
    }

    private TraceReader reader() throws JournalException {
        return TraceReader.open(data(), KeyRing.openOrCreate(data().resolve("keys"), new SecureRandom()));
    }

    /** Every byte this gateway has written to disk. */
    List<byte[]> filesOnDisk() {
        try (Stream<Path> files = Files.walk(data())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readAllBytes(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
