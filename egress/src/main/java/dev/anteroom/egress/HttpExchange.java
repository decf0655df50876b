package dev.anteroom.egress;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt over HTTP. Confined to its event loop; ends exactly once. */
final class HttpExchange implements Exchange {
    private enum Phase {
        CONNECTING,
        WAITING,
        READING,
        OVER
    }

    private final AnswerHandler handler;
    private final AttemptDeadlines deadlines;
    private final ClientLimits limits;
    private final Consumer<HttpExchange> onOver;
    private final LongSupplier nanoTime;
    private final long startNanos;

    private Phase phase = Phase.CONNECTING;
    private long lastProgressNanos;
    private boolean paused;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private @Nullable SseParser events;
    private byte[] body = new byte[0];
    private int bodyLength;
    private byte[] chunk = new byte[0];

    HttpExchange(
            AnswerHandler handler,
            AttemptDeadlines deadlines,
            ClientLimits limits,
            Consumer<HttpExchange> onOver,
            LongSupplier nanoTime) {
        this.handler = handler;
        this.deadlines = deadlines;
        this.limits = limits;
        this.onOver = onOver;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.lastProgressNanos = startNanos;
    }

    void start(Future<HttpClientRequest> connecting, Buffer bytes) {
        connecting.onComplete(connected -> {
            if (connected.failed()) {
                fail(AttemptFailure.CONNECT);
                return;
            }
            HttpClientRequest made = connected.result();
            if (phase == Phase.OVER) {
                made.reset();
                return;
            }
            request = made;
            phase = Phase.WAITING;
            lastProgressNanos = nanoTime.getAsLong();
            made.exceptionHandler(e -> fail(AttemptFailure.BROKEN));
            made.response().onComplete(answered -> {
                if (answered.failed()) {
                    fail(AttemptFailure.BROKEN);
                } else if (phase != Phase.OVER) {
                    read(answered.result());
                }
            });
            made.send(bytes);
        });
    }

    private void read(HttpClientResponse answer) {
        response = answer;
        if (paused) {
            answer.pause();
        }
        String type = answer.getHeader("content-type");
        boolean stream = type != null && type.startsWith("text/event-stream");
        if (stream) {
            events = new SseParser(limits.maxEventBytes(), this::event);
        }
        answer.exceptionHandler(e -> fail(AttemptFailure.BROKEN));
        answer.handler(this::accept);
        answer.endHandler(v -> end());
        handler.head(answer.statusCode(), stream);
    }

    private void event(String data) {
        if (phase != Phase.OVER) {
            handler.event(data);
        }
    }

    private void accept(Buffer buffer) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.READING;
        lastProgressNanos = nanoTime.getAsLong();
        int length = buffer.length();
        if (events != null) {
            if (chunk.length < length) {
                chunk = new byte[length];
            }
            buffer.getBytes(chunk, 0);
            if (!events.feed(chunk, 0, length)) {
                fail(AttemptFailure.TOO_LARGE);
            }
            return;
        }
        if (bodyLength + length > limits.maxBodyBytes()) {
            fail(AttemptFailure.TOO_LARGE);
            return;
        }
        if (body.length - bodyLength < length) {
            body = Arrays.copyOf(body, Math.max(bodyLength + length, body.length * 2));
        }
        buffer.getBytes(body, bodyLength);
        bodyLength += length;
    }

    private void end() {
        if (phase == Phase.OVER) {
            return;
        }
        if (events == null) {
            handler.body(bodyLength == body.length ? body : Arrays.copyOf(body, bodyLength));
        }
        if (over()) {
            handler.ended();
        }
    }

    /** Ends the attempt with a failure, once. */
    void fail(AttemptFailure failure) {
        if (over()) {
            abort();
            handler.failed(failure);
        }
    }

    boolean isUnderWay() {
        return phase != Phase.OVER;
    }

    boolean isExpired(long now) {
        return expiry(now) != null;
    }

    void expire(long now) {
        AttemptFailure failure = expiry(now);
        if (failure != null) {
            fail(failure);
        }
    }

    private @Nullable AttemptFailure expiry(long now) {
        if (now - startNanos > deadlines.totalNanos()) {
            return AttemptFailure.TOTAL_TIMEOUT;
        }
        return switch (phase) {
            case CONNECTING -> now - startNanos > deadlines.connectNanos() ? AttemptFailure.CONNECT : null;
            case WAITING ->
                now - lastProgressNanos > deadlines.firstByteNanos() ? AttemptFailure.FIRST_BYTE_TIMEOUT : null;
            case READING -> !paused && now - lastProgressNanos > deadlines.stallNanos() ? AttemptFailure.STALL : null;
            case OVER -> null;
        };
    }

    @Override
    public void pause() {
        if (!paused) {
            paused = true;
            if (response != null && phase != Phase.OVER) {
                response.pause();
            }
        }
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            lastProgressNanos = nanoTime.getAsLong();
            if (response != null && phase != Phase.OVER) {
                response.resume();
            }
        }
    }

    @Override
    public void cancel() {
        if (over()) {
            abort();
        }
    }

    private boolean over() {
        if (phase == Phase.OVER) {
            return false;
        }
        phase = Phase.OVER;
        onOver.accept(this);
        return true;
    }

    private void abort() {
        if (request != null) {
            // HTTP/1.1 has no other way to stop an answer than to close its connection.
            request.reset();
        }
    }
}
