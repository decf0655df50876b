package dev.anteroom.gateway.call;

import java.util.Map;

/** The app's side of a call. Confined to its event loop; implemented over HTTP. */
public interface AppExchange {
    /** Answers with one JSON document. */
    void answer(int status, Map<String, String> headers, byte[] json);

    /** Begins a stream of server-sent events. */
    void beginStream(Map<String, String> headers);

    /** Whether the stream has begun. */
    boolean hasBegun();

    /** Sends one event. */
    void event(byte[] json);

    /** Sends a comment, so that idle connections stay. */
    void keepAlive();

    /** Ends the stream with {@code [DONE]}. */
    void endStream();

    /** Whether the app reads more slowly than the provider writes. */
    boolean isFull();

    /** Calls once when the app has caught up. */
    void onDrain(Runnable action);
}
