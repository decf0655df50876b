package dev.anteroom.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers as far as a load generator needs them: status, where the body ends, when it began. Confined to one event loop.
 *
 * <p>Allocates only when a line outgrows its buffer.
 */
final class ResponseParser {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "data: {\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private enum State {
        STATUS,
        HEADER,
        LENGTH,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        COMPLETE
    }

    private byte[] line = new byte[512];
    private int lineLength;
    private State state = State.COMPLETE;
    private long left;
    private int status;
    private boolean chunked;
    private boolean keepAlive;
    private boolean events;
    private long firstBodyNanos;
    private int doneAt;
    private int errorAt;
    private boolean done;
    private boolean error;

    /** Forgets the answer before. */
    void reset() {
        lineLength = 0;
        state = State.STATUS;
        left = -1;
        status = 0;
        chunked = false;
        keepAlive = true;
        events = false;
        firstBodyNanos = 0;
        doneAt = 0;
        errorAt = 0;
        done = false;
        error = false;
    }

    int status() {
        return status;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** When the first byte of the body came, 0 where there was none. */
    long firstBodyNanos() {
        return firstBodyNanos;
    }

    /** What is wrong with a complete answer, or an empty string. */
    String fault() {
        if (status != 200) {
            return "status " + status;
        }
        if (events && error) {
            return "error event";
        }
        return events && !done ? "stream without [DONE]" : "";
    }

    /** Takes bytes that came at {@code nowNanos}; true when the answer is complete. */
    boolean feed(byte[] data, long nowNanos) {
        int at = 0;
        while (at < data.length && state != State.COMPLETE) {
            switch (state) {
                case LENGTH, CHUNK_DATA, UNTIL_CLOSE -> {
                    int count = left < 0 ? data.length - at : (int) Math.min(left, data.length - at);
                    body(data, at, count, nowNanos);
                    at += count;
                    if (left >= 0) {
                        left -= count;
                        if (left == 0) {
                            state = state == State.LENGTH ? State.COMPLETE : State.CHUNK_END;
                        }
                    }
                }
                case STATUS, HEADER, CHUNK_SIZE, CHUNK_END, TRAILER -> at = line(data, at);
                case COMPLETE -> at = data.length;
            }
        }
        return state == State.COMPLETE;
    }

    /** The connection has ended; true when that completes the answer. */
    boolean closed() {
        return state == State.UNTIL_CLOSE;
    }

    private void body(byte[] data, int from, int count, long nowNanos) {
        if (firstBodyNanos == 0 && count > 0) {
            firstBodyNanos = nowNanos;
        }
        if (!events) {
            return;
        }
        for (int i = from; i < from + count; i++) {
            byte b = data[i];
            doneAt = b == DONE[doneAt] ? doneAt + 1 : b == DONE[0] ? 1 : 0;
            if (doneAt == DONE.length) {
                done = true;
                doneAt = 0;
            }
            errorAt = b == ERROR[errorAt] ? errorAt + 1 : b == ERROR[0] ? 1 : 0;
            if (errorAt == ERROR.length) {
                error = true;
                errorAt = 0;
            }
        }
    }

    private int line(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == '\n') {
                int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
                lineLength = 0;
                take(new String(line, 0, length, StandardCharsets.ISO_8859_1));
                return i + 1;
            }
            if (lineLength == line.length) {
                if (lineLength >= MAX_LINE_BYTES) {
                    throw new IllegalStateException("line: over " + MAX_LINE_BYTES + " bytes (expected: less)");
                }
                line = Arrays.copyOf(line, lineLength * 2);
            }
            line[lineLength++] = data[i];
        }
        return data.length;
    }

    private void take(String text) {
        switch (state) {
            case STATUS -> {
                status = Integer.parseInt(text, 9, 12, 10);
                state = State.HEADER;
            }
            case HEADER -> {
                if (text.isEmpty()) {
                    headEnds();
                } else {
                    header(text);
                }
            }
            case CHUNK_SIZE -> {
                int end = text.indexOf(';');
                left = Long.parseLong(text, 0, end < 0 ? text.length() : end, 16);
                state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> state = text.isEmpty() ? State.COMPLETE : State.TRAILER;
            case LENGTH, CHUNK_DATA, UNTIL_CLOSE, COMPLETE -> throw new IllegalStateException("line in " + state);
        }
    }

    private void header(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        switch (name) {
            case "content-length" ->
                left = Long.parseLong(text.substring(colon + 1).strip());
            case "transfer-encoding" -> chunked = text.endsWith("chunked");
            case "connection" -> keepAlive = !text.toLowerCase(Locale.ROOT).endsWith("close");
            case "content-type" -> events = text.contains("event-stream");
            default -> {}
        }
    }

    private void headEnds() {
        if (status / 100 == 1) {
            state = State.STATUS;
        } else if (status == 204 || status == 304) {
            state = State.COMPLETE;
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (left >= 0) {
            state = left == 0 ? State.COMPLETE : State.LENGTH;
        } else {
            state = State.UNTIL_CLOSE;
        }
    }
}
