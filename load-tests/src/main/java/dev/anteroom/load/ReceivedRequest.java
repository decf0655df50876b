package dev.anteroom.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request exactly as the scripted provider received it. Immutable by convention: the body array is shared, nobody writes to it.
 *
 * @param method HTTP method
 * @param path path without query
 * @param query query without question mark, empty where there is none
 * @param headers in wire order, with repetitions
 * @param body the raw bytes
 * @param arrivalNanos {@link System#nanoTime()} when the body was complete
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedRequest(
        String method,
        String path,
        String query,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        long arrivalNanos) {
    /** The first header of that name in any case, or null. */
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether these bytes stand anywhere in the body, the path, the query or a header. */
    public boolean contains(String value) {
        return text().contains(value)
                || path.contains(value)
                || query.contains(value)
                || headers.stream().anyMatch(header -> header.getValue().contains(value));
    }
}
