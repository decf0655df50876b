package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.anteroom.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Everybody a gateway can be told to tell something: a PostgreSQL, a receiver of spans, a file of security events. What they
 * hear is kept as bytes. One gateway at a time.
 */
final class Listeners implements AutoCloseable {
    private static final long WAIT_SECONDS = 60;

    private final PostgresServer database;
    private final HttpServer receiver;
    private final ByteArrayOutputStream spans = new ByteArrayOutputStream();

    private Listeners(PostgresServer database, HttpServer receiver) {
        this.database = database;
        this.receiver = receiver;
    }

    static Listeners start() {
        try {
            HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Listeners listeners = new Listeners(PostgresServer.start(), receiver);
            receiver.createContext("/v1/traces", exchange -> {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
                try (InputStream body =
                        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                    byte[] export = body.readAllBytes();
                    synchronized (listeners.spans) {
                        listeners.spans.writeBytes(export);
                    }
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            receiver.start();
            return listeners;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A gateway of this configuration that tells everything to everybody. */
    RunningGateway gateway(TestConfig config) {
        try {
            Path directory = Files.createTempDirectory("anteroom-acceptance");
            Path data = Files.createDirectories(directory.resolve("data"));
            Path secret = Files.writeString(directory.resolve("password"), database.password());
            return RunningGateway.start(
                    directory,
                    config.withExtra("""
                                    store: {url: "%s", user: %s, credential: "file:%s"}
                                    prices: [{model: gpt-test, from: 2026-01-01, inputPerMillion: 1, outputPerMillion: 2}]
                                    telemetry:
                                      spans: {endpoint: "http://127.0.0.1:%d/v1/traces"}
                                      securityEvents: {file: "file:%s"}
                                    """.formatted(
                                            database.url(),
                                            database.user(),
                                            secret,
                                            receiver.getAddress().getPort(),
                                            data.resolve("security.jsonl")))
                            .write(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything they heard of this gateway, once they have heard it all, and what a scrape of it says. */
    List<byte[]> heard(RunningGateway gateway) {
        String last = gateway.chat(Chat.whole("extractive", "The last call."))
                .headers()
                .firstValue("x-anteroom-trace-id")
                .orElseThrow();
        // Both hear of calls in their order. In a span the trace id is text, in the database 16 bytes.
        await(() -> text(spans()).contains(last));
        UUID id = UUID.fromString(last);
        String stored = text(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
        await(() -> files(database.files().resolve("pg_wal")).stream()
                .anyMatch(file -> text(file).contains(stored)));
        List<byte[]> heard = new ArrayList<>();
        heard.add(spans());
        HttpResponse<String> scrape =
                gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                        .header("authorization", "Bearer " + gateway.adminToken())
                        .build());
        assertTrue(scrape.body().contains("anteroom_calls_total"), "no metrics");
        heard.add(scrape.body().getBytes(StandardCharsets.UTF_8));
        heard.addAll(files(database.files()));
        return heard;
    }

    private static List<byte[]> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<byte[]> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    contents.add(Files.readAllBytes(file));
                } catch (NoSuchFileException e) {
                    // The server has replaced it meanwhile.
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private byte[] spans() {
        synchronized (spans) {
            return spans.toByteArray();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, "a listener did not hear it all");
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        receiver.stop(0);
        database.close();
    }
}
