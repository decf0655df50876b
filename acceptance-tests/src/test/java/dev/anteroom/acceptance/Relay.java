package dev.anteroom.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** Stands between two sockets on this machine: ends TLS, or is an HTTP CONNECT proxy. Thread-safe; ends with {@link #close}. */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int targetPort;
    private final boolean proxy;
    private final List<String> connects = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket server, int targetPort, boolean proxy) {
        this.server = server;
        this.targetPort = targetPort;
        this.proxy = proxy;
        Thread.ofVirtual().start(this::accept);
    }

    /** Ends TLS in front of a plain port. */
    static Relay tls(SSLContext context, int targetPort) {
        try {
            return new Relay(
                    context.getServerSocketFactory().createServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                    targetPort,
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy that connects everybody to this port, whatever they ask for. */
    static Relay proxy(int targetPort) {
        try {
            return new Relay(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), targetPort, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the proxy was asked for. */
    List<String> connects() {
        return List.copyOf(connects);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
            open.add(target);
            if (proxy) {
                connects.add(requestLine(client.getInputStream()));
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
            }
            Thread back = Thread.ofVirtual().start(() -> pump(target, client));
            pump(client, target);
            back.join();
        } catch (IOException broken) {
            // One side has gone, which the other sees by its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String requestLine(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.append((char) b);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException broken) {
            // Falls through: both ends are closed.
        }
        try {
            to.close();
        } catch (IOException alreadyClosed) {
            // Nothing is left to be done.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
