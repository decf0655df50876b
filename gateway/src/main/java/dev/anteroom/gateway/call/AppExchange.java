package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.ReleasedJson;
import java.util.Map;

/**
 * The app's side of a call. Confined to its event loop; implemented over HTTP. What a model wrote passes only as {@link ReleasedJson}.
 */
public interface AppExchange {
    /** Answers with a model's answer. */
    void answer(Map<String, String> headers, ReleasedJson answer);

    /** Answers with a document of the gateway's own: an error, a description. */
    void own(int status, Map<String, String> headers, byte[] json);

    /** Begins a stream of server-sent events. */
    void beginStream(Map<String, String> headers);

    /** Whether the stream has begun. */
    boolean hasBegun();

    /** Sends one event of a model's answer. */
    void event(ReleasedJson event);

    /** Sends an event of the gateway's own: an error. */
    void ownEvent(byte[] json);

    /** Sends a comment, so that idle connections stay. */
    void keepAlive();

    /** Ends the stream with {@code [DONE]}. */
    void endStream();

    /** Whether the app reads more slowly than the provider writes. */
    boolean isFull();

    /** Calls once when the app has caught up. */
    void onDrain(Runnable action);
}
