package dev.anteroom.egress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * An incremental parser of server-sent events (WHATWG HTML, section 9.2). Confined to one thread.
 *
 * <p>Only {@code data} matters to the protocols spoken here; comments, {@code event}, {@code id} and {@code retry} are passed over. Lines
 * end with LF, CR or CRLF, cut anywhere. Memory is bounded by {@code maxEventBytes}.
 */
final class SseParser {
    private final int maxEventBytes;
    private final Consumer<String> events;

    private byte[] line = new byte[1024];
    private int lineLength;
    private byte[] data = new byte[1024];
    private int dataLength;
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean atStart = true;

    SseParser(int maxEventBytes, Consumer<String> events) {
        this.maxEventBytes = maxEventBytes;
        this.events = events;
    }

    /** Feeds bytes; false when an event grew past the limit, after which the parser must not be used. */
    boolean feed(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                if (!afterCarriageReturn && !endLine()) {
                    return false;
                }
                afterCarriageReturn = false;
            } else if (b == '\r') {
                afterCarriageReturn = true;
                if (!endLine()) {
                    return false;
                }
            } else {
                afterCarriageReturn = false;
                if (lineLength == line.length) {
                    if (lineLength >= maxEventBytes) {
                        return false;
                    }
                    line = Arrays.copyOf(line, Math.min(maxEventBytes, lineLength * 2));
                }
                line[lineLength++] = b;
            }
        }
        return true;
    }

    private boolean endLine() {
        int from = 0;
        if (atStart) {
            atStart = false;
            if (lineLength >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF) {
                from = 3;
            }
        }
        if (lineLength == from) {
            dispatch();
        } else if (startsWithData(from) && !appendData(from + 5)) {
            return false;
        }
        lineLength = 0;
        return true;
    }

    private boolean startsWithData(int from) {
        return lineLength >= from + 5
                && line[from] == 'd'
                && line[from + 1] == 'a'
                && line[from + 2] == 't'
                && line[from + 3] == 'a'
                && line[from + 4] == ':';
    }

    private boolean appendData(int from) {
        int start = from < lineLength && line[from] == ' ' ? from + 1 : from;
        int size = lineLength - start;
        if (dataLength + size + 1 > maxEventBytes) {
            return false;
        }
        if (dataLength + size + 1 > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, dataLength + size + 1));
        }
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(line, start, data, dataLength, size);
        dataLength += size;
        hasData = true;
        return true;
    }

    private void dispatch() {
        if (hasData) {
            String event = new String(data, 0, dataLength, StandardCharsets.UTF_8);
            dataLength = 0;
            hasData = false;
            events.accept(event);
        }
    }
}
