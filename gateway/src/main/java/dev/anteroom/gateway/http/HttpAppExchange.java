package dev.anteroom.gateway.http;

import dev.anteroom.gateway.call.AppExchange;
import dev.anteroom.gateway.wire.ReleasedJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The app's side of a call over HTTP. Confined to the event loop of its connection. */
final class HttpAppExchange implements AppExchange {
    private static final int OK = 200;
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final String DONE = "data: [DONE]\n\n";
    private static final String KEEP_ALIVE = ": keep-alive\n\n";

    private final HttpServerResponse response;
    private boolean begun;

    HttpAppExchange(HttpServerResponse response) {
        this.response = response;
    }

    private boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    @Override
    public void answer(Map<String, String> headers, ReleasedJson answer) {
        own(OK, headers, answer.bytes());
    }

    @Override
    public void own(int status, Map<String, String> headers, byte[] json) {
        if (!isOpen()) {
            return;
        }
        begun = true;
        response.setStatusCode(status);
        headers.forEach((name, value) -> {
            // The door may have said more exactly how long to wait.
            if (!response.headers().contains(name)) {
                response.putHeader(name, value);
            }
        });
        response.putHeader("content-type", "application/json");
        response.end(Buffer.buffer(json));
    }

    @Override
    public void beginStream(Map<String, String> headers) {
        if (!isOpen()) {
            return;
        }
        begun = true;
        response.setChunked(true);
        headers.forEach(response::putHeader);
        response.putHeader("content-type", "text/event-stream; charset=utf-8");
        response.putHeader("cache-control", "no-cache");
        response.putHeader("x-accel-buffering", "no");
    }

    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void event(ReleasedJson event) {
        ownEvent(event.bytes());
    }

    @Override
    public void ownEvent(byte[] json) {
        if (isOpen()) {
            response.write(Buffer.buffer(DATA.length + json.length + EVENT_END.length)
                    .appendBytes(DATA)
                    .appendBytes(json)
                    .appendBytes(EVENT_END));
        }
    }

    @Override
    public void keepAlive() {
        if (isOpen() && !response.writeQueueFull()) {
            response.write(KEEP_ALIVE);
        }
    }

    @Override
    public void endStream() {
        if (isOpen()) {
            response.end(DONE);
        }
    }

    @Override
    public boolean isFull() {
        return response.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable action) {
        response.drainHandler(v -> action.run());
    }
}
