package dev.anteroom.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An app that makes one call over a plain connection, and reads or leaves just as the test says. Confined to one thread. */
final class AppSocket implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[64 << 10];

    private AppSocket(Socket socket) {
        this.socket = socket;
    }

    /** Sends a chat call and reads nothing yet. */
    static AppSocket chat(int port, String key, String json) throws IOException {
        return chat(port, key, json, 0);
    }

    /** As {@link #chat(int, String, String)}, with a receive buffer of this size, or the platform's where it is 0. */
    static AppSocket chat(int port, String key, String json, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\nauthorization: Bearer "
                + key + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return new AppSocket(socket);
    }

    /** Reads until this text was received, and returns everything received so far. */
    String readUntil(String text, Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        String soFar = text();
        while (!soFar.contains(text)) {
            int left = (int)
                    Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis());
            if (System.nanoTime() - until > 0 || !readSome(left)) {
                throw new AssertionError("not received within " + atMost + ": " + text + "; but " + soFar);
            }
            soFar = text();
        }
        return soFar;
    }

    /** Reads until the text or the end of the connection, and returns everything received; a broken connection is an end too. */
    String readToEnd(String endMark, Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - until < 0 && !endsWith(endMark)) {
            try {
                if (!readSome((int)
                        Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()))) {
                    break;
                }
            } catch (java.net.SocketException broken) {
                break;
            }
        }
        return text();
    }

    /** Reads a whole answer by its length; false where the connection ended or broke before. */
    boolean readWhole(Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - until < 0) {
            String all = text();
            int bodyAt = all.indexOf("\r\n\r\n") + 4;
            String length = header("content-length");
            if (length != null && received.size() - bodyAt >= Integer.parseInt(length)) {
                return true;
            }
            try {
                if (!readSome((int)
                        Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()))) {
                    return false;
                }
            } catch (java.net.SocketException broken) {
                return false;
            }
        }
        return false;
    }

    /** Reads and forgets until the mark comes by; returns how many bytes came. */
    long skipTo(String mark, Duration atMost) throws IOException {
        byte[] wanted = mark.getBytes(StandardCharsets.UTF_8);
        long until = System.nanoTime() + atMost.toNanos();
        long bytes = 0;
        String tail = "";
        InputStream in = socket.getInputStream();
        while (System.nanoTime() - until < 0) {
            socket.setSoTimeout((int)
                    Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
            int n = in.read(buffer);
            if (n < 0) {
                throw new AssertionError("the connection ended after " + bytes + " bytes without " + mark);
            }
            bytes += n;
            tail = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
            if (tail.contains(mark)) {
                return bytes;
            }
            tail = tail.substring(Math.max(0, tail.length() - 2 * wanted.length - 200));
        }
        throw new AssertionError(
                "not received within " + atMost + ": " + mark + " after " + bytes + " bytes, last " + tail);
    }

    private boolean endsWith(String mark) {
        if (mark.isEmpty()) {
            return false;
        }
        String all = text();
        return all.indexOf(mark, Math.max(0, all.length() - mark.length() - 64)) >= 0;
    }

    private boolean readSome(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int n = socket.getInputStream().read(buffer);
            if (n < 0) {
                return false;
            }
            received.write(buffer, 0, n);
            return true;
        } catch (java.net.SocketTimeoutException late) {
            return true;
        }
    }

    /** Everything received so far, chunk sizes included. */
    String text() {
        return received.toString(StandardCharsets.UTF_8);
    }

    /** The status received, or 0 where none was yet. */
    int status() {
        String all = text();
        return all.startsWith("HTTP/1.1 ") && all.length() > 12 ? Integer.parseInt(all.substring(9, 12)) : 0;
    }

    /** A header received, or null. */
    @Nullable
    String header(String name) {
        String all = text();
        int end = all.indexOf("\r\n\r\n");
        for (String line : (end < 0 ? "" : all.substring(0, end)).lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                return line.substring(name.length() + 1).trim();
            }
        }
        return null;
    }

    /** Leaves, whatever is under way. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
