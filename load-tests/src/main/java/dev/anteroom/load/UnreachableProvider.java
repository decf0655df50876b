package dev.anteroom.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An address on 127.0.0.1 with which no connection comes about. Thread-safe; ends with {@link #close()}. */
public final class UnreachableProvider implements AutoCloseable {
    private static final int FILLERS = 8;

    private final int port;
    private final List<AutoCloseable> held;

    private UnreachableProvider(int port, List<AutoCloseable> held) {
        this.port = port;
        this.held = held;
    }

    /** Connections are refused at once: nobody listens on the port. */
    public static UnreachableProvider refusing() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new UnreachableProvider(socket.getLocalPort(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections are neither accepted nor refused: the listener's queue is full and nobody takes from it (Linux). */
    public static UnreachableProvider silent() {
        List<AutoCloseable> held = new ArrayList<>();
        try {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            for (int i = 0; i < FILLERS; i++) {
                SocketChannel channel = SocketChannel.open();
                held.add(channel);
                channel.configureBlocking(false);
                var _ = channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
            }
            return new UnreachableProvider(socket.getLocalPort(), held);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of the address. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port}, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        for (AutoCloseable one : held) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("close", e);
            }
        }
    }
}
