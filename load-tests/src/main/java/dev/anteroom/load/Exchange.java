package dev.anteroom.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Answers one request of a {@link ScriptedProvider}. Confined to one event loop. */
final class Exchange {
    private static final byte[] STREAM = "\"stream\"".getBytes(StandardCharsets.US_ASCII);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Ending ending;
    private boolean over;

    /** Told once how the answer ended. */
    interface Ending {
        /** {@code complete} is false where the other side gave up. */
        void ended(boolean complete);
    }

    Exchange(Vertx vertx, HttpServerRequest request, Ending ending) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.ending = ending;
        response.closeHandler(nothing -> over(false));
        response.exceptionHandler(failure -> over(false));
        request.exceptionHandler(failure -> over(false));
    }

    void answer(ScriptedReply reply, byte[] body, Supplier<String> serials) {
        if (reply.delay().isZero()) {
            answerNow(reply, body, serials);
        } else {
            later(reply.delay(), () -> answerNow(reply, body, serials));
        }
    }

    private void answerNow(ScriptedReply reply, byte[] body, Supplier<String> serials) {
        if (over) {
            return;
        }
        switch (reply.content()) {
            case Content.Never _ -> {}
            case Content.Close _ -> cut();
            case Content.Raw raw -> {
                head(reply, raw.status(), raw.contentType());
                List<Buffer> chunks = raw.chunks().stream().map(Buffer::buffer).toList();
                send(reply, raw.whole() ? pieces(chunks) : chunks, raw.whole());
            }
            case Content.Fixed fixed -> fixed(reply, fixed, body);
            case Content.Echo _, Content.Text _, Content.ToolCall _, Content.Refusal _ ->
                chat(reply, body, serials.get());
        }
    }

    private void fixed(ScriptedReply reply, Content.Fixed fixed, byte[] body) {
        boolean stream = asksForStream(body);
        head(reply, 200, stream ? "text/event-stream; charset=utf-8" : "application/json");
        if (!stream && reply.plain()) {
            response.end(fixed.whole());
            over(true);
        } else if (stream) {
            send(reply, fixed.events(), false);
        } else {
            send(reply, List.of(fixed.whole()), true);
        }
    }

    private void chat(ScriptedReply reply, byte[] body, String serial) {
        JsonObject json;
        try {
            json = body.length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException e) {
            response.setStatusCode(400).putHeader("content-type", "application/json");
            response.end(ChatRendering.errorObject().toBuffer());
            over(true);
            return;
        }
        boolean stream = Boolean.TRUE.equals(json.getValue("stream"));
        boolean usage = json.getValue("stream_options") instanceof JsonObject options
                && Boolean.TRUE.equals(options.getValue("include_usage"));
        int choices = json.getValue("n") instanceof Number n ? Math.clamp(n.longValue(), 1, 16) : 1;
        String model = json.getValue("model") instanceof String name ? name : "scripted";
        ChatRendering rendering = new ChatRendering(
                new ChatRendering.Facts(model, choices, stream && usage, body.length, serial), reply.chars());
        Content content = reply.content() instanceof Content.Echo
                ? new Content.Text(ChatRendering.lastUserText(json))
                : reply.content();
        response.putHeader("x-request-id", "req_" + "0".repeat(32 - serial.length()) + serial);
        response.putHeader("openai-version", "2020-10-01").putHeader("openai-processing-ms", "1");
        head(reply, 200, stream ? "text/event-stream; charset=utf-8" : "application/json");
        if (!stream) {
            Buffer whole = reply.errorAfterChunks() >= 0
                    ? ChatRendering.errorObject().toBuffer()
                    : rendering.whole(content, reply.finishes());
            send(reply, List.of(whole), true);
            return;
        }
        List<Buffer> events = rendering.events(content, reply.finishes());
        if (reply.errorAfterChunks() >= 0) {
            events = new ArrayList<>(events.subList(0, Math.min(reply.errorAfterChunks(), events.size())));
            events.add(ChatRendering.error());
            events.add(ChatRendering.DONE);
        }
        send(reply, events, false);
    }

    private void head(ScriptedReply reply, int status, String contentType) {
        response.setStatusCode(status).putHeader("content-type", contentType);
        for (Map.Entry<String, String> header : reply.headers()) {
            response.headers().add(header.getKey(), header.getValue());
        }
    }

    /** Writes the chunks in the manner of the reply; {@code whole}: under a content length. */
    private void send(ScriptedReply reply, List<Buffer> chunks, boolean whole) {
        List<Buffer> body = chunks;
        if (whole) {
            int length = chunks.stream().mapToInt(Buffer::length).sum();
            response.putHeader("content-length", Integer.toString(length));
        } else {
            response.setChunked(true);
        }
        if (reply.cutAfterBytes() >= 0) {
            body = firstBytes(chunks, reply.cutAfterBytes());
        }
        if (reply.stallAfterChunks() >= 0 && reply.stallAfterChunks() < body.size()) {
            body = body.subList(0, reply.stallAfterChunks());
        }
        next(reply, body, 0);
    }

    private void next(ScriptedReply reply, List<Buffer> body, int from) {
        int at = from;
        while (!over) {
            if (at == body.size()) {
                end(reply);
                return;
            }
            if (!reply.perChunk().isZero()) {
                int current = at;
                later(reply.perChunk(), () -> {
                    if (!over) {
                        response.write(body.get(current)).onSuccess(nothing -> next(reply, body, current + 1));
                    }
                });
                return;
            }
            response.write(body.get(at++));
            if (response.writeQueueFull()) {
                int current = at;
                response.drainHandler(nothing -> next(reply, body, current));
                return;
            }
        }
    }

    private void end(ScriptedReply reply) {
        if (reply.cutAfterBytes() >= 0) {
            // An empty write after the others tells when they have left.
            response.write(Buffer.buffer()).onComplete(nothing -> cut());
        } else if (reply.stallAfterChunks() >= 0) {
            if (!response.headWritten()) {
                response.writeHead();
            }
        } else {
            response.end();
            over(true);
        }
    }

    private void cut() {
        over(true);
        request.connection().close();
    }

    private void over(boolean complete) {
        if (!over) {
            over = true;
            ending.ended(complete);
        }
    }

    private void later(Duration wait, Runnable task) {
        vertx.setTimer(Math.max(1, wait.toMillis()), timer -> task.run());
    }

    private static List<Buffer> pieces(List<Buffer> chunks) {
        return chunks.stream().filter(chunk -> chunk.length() > 0).toList();
    }

    private static List<Buffer> firstBytes(List<Buffer> chunks, int count) {
        List<Buffer> first = new ArrayList<>();
        int left = count;
        for (Buffer chunk : chunks) {
            if (left >= chunk.length()) {
                first.add(chunk);
            } else if (left > 0) {
                first.add(chunk.slice(0, left));
            }
            left = Math.max(0, left - chunk.length());
        }
        return first;
    }

    /** Whether the body says {@code "stream": true}, looked for without parsing. */
    static boolean asksForStream(byte[] body) {
        for (int i = 0; i + STREAM.length < body.length; i++) {
            if (body[i] == '"' && matches(body, i)) {
                int at = i + STREAM.length;
                while (at < body.length && (body[at] == ' ' || body[at] == ':')) {
                    at++;
                }
                if (at < body.length && body[at] == 't') {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(byte[] body, int at) {
        for (int i = 0; i < STREAM.length; i++) {
            if (body[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }
}
