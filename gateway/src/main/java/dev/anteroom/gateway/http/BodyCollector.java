package dev.anteroom.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Collects a request's body in one array, never more than its limit. Confined to one event loop. */
final class BodyCollector {
    private static final int INITIAL_BYTES = 4096;

    private final long maxBytes;
    private byte[] bytes;
    private int length;

    /** A collector; {@code announcedBytes} is the Content-Length or -1, and is only believed up to a bound. */
    BodyCollector(long maxBytes, long announcedBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[(int) Math.clamp(announcedBytes, 0, Math.min(maxBytes, 1 << 20))];
    }

    /** Takes a chunk; false when the body grew past its limit. */
    boolean add(Buffer chunk) {
        int size = chunk.length();
        if ((long) length + size > maxBytes) {
            return false;
        }
        if (bytes.length - length < size) {
            long wanted = Math.max((long) length + size, Math.max(INITIAL_BYTES, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, maxBytes));
        }
        chunk.getBytes(bytes, length);
        length += size;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
