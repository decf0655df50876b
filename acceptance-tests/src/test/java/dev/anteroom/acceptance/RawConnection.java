package dev.anteroom.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection whose bytes the test writes itself. Confined to one thread, but for one that only writes. */
final class RawConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    /** What was received. Immutable. */
    record Response(int status, String head, String body, boolean closed) {
        String text() {
            return head + "\r\n\r\n" + body;
        }
    }

    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean closed;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return new RawConnection(socket);
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one response by its Content-Length or chunks; {@code status} is 0 where the connection ended before one. */
    Response readResponse(Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!isWhole() && !closed && System.nanoTime() - until < 0) {
            readSome(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
        return response();
    }

    /** Reads until the other side closes. */
    Response readToEnd(Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!closed && System.nanoTime() - until < 0) {
            readSome(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
        return response();
    }

    private void readSome(long millis) throws IOException {
        socket.setSoTimeout((int) millis);
        byte[] buffer = new byte[8192];
        try {
            int n = socket.getInputStream().read(buffer);
            if (n < 0) {
                closed = true;
            } else {
                received.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException late) {
            // The caller looks at the clock.
        } catch (SocketException broken) {
            closed = true;
        }
    }

    private boolean isWhole() {
        String all = received.toString(StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = all.substring(0, end).toLowerCase(Locale.ROOT);
        if (head.contains("transfer-encoding: chunked")) {
            return all.endsWith("0\r\n\r\n");
        }
        int at = head.indexOf("content-length:");
        if (at < 0) {
            return closed;
        }
        int lineEnd = head.indexOf('\r', at);
        String length = head.substring(at + "content-length:".length(), lineEnd < 0 ? head.length() : lineEnd);
        return received.size() >= end + 4 + Integer.parseInt(length.strip());
    }

    private Response response() {
        String all = received.toString(StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0 || !all.matches("(?s)HTTP/[0-9]\\.[0-9] [0-9]{3}.*")) {
            return new Response(0, "", all, closed);
        }
        return new Response(
                Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4), closed);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
