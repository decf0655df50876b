package dev.anteroom.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx of our own that forwards to a provider: the yardstick. Used by one thread at a time; ends with {@link #close()}. */
final class NginxProxy implements AutoCloseable {
    private static final long START_MILLIS = 5_000;

    private final Process process;
    private final Path folder;
    private final int port;

    private NginxProxy(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** The nginx program on the PATH or in the usual system folders. */
    static Optional<Path> find() {
        String path = System.getenv("PATH");
        String folders = (path == null ? "" : path) + ":/usr/sbin:/usr/local/sbin:/usr/bin";
        return Stream.of(folders.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port. */
    static NginxProxy start(Path program, URI provider) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("anteroom-load-nginx");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, config(folder, port, provider));
        Process process = new ProcessBuilder(
                        List.of(program.toString(), "-p", folder.toString(), "-c", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        NginxProxy proxy = new NginxProxy(process, folder, port);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!proxy.answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String output = Files.readString(folder.resolve("output.txt"));
                proxy.close();
                throw new IOException("nginx did not start: " + output.strip());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return proxy;
    }

    private static String config(Path folder, int port, URI provider) {
        return """
                worker_processes auto;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log crit;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/client;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  client_max_body_size 64m;
                  client_body_buffer_size 256k;
                  keepalive_requests 100000000;
                  upstream provider {
                    server %3$s;
                    keepalive 256;
                    keepalive_requests 100000000;
                  }
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    location / {
                      proxy_pass http://provider;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(folder, port, provider.getAuthority());
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return process.pid();
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
