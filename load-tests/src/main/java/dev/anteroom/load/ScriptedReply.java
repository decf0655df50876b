package dev.anteroom.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one implementation of {@link Script}: a content and a manner. Immutable.
 *
 * @param stallAfterChunks negative: never
 * @param cutAfterBytes negative: never
 * @param errorAfterChunks negative: never
 */
record ScriptedReply(
        Content content,
        Duration delay,
        Duration perChunk,
        int stallAfterChunks,
        int cutAfterBytes,
        int errorAfterChunks,
        boolean finishes,
        int chars,
        List<Map.Entry<String, String>> headers)
        implements Script {
    static ScriptedReply of(Content content) {
        return new ScriptedReply(content, Duration.ZERO, Duration.ZERO, -1, -1, -1, true, 4, List.of());
    }

    /** Whether nothing but the content is asked for, so that it may go out in one write. */
    boolean plain() {
        return delay.isZero()
                && perChunk.isZero()
                && stallAfterChunks < 0
                && cutAfterBytes < 0
                && errorAfterChunks < 0
                && finishes
                && headers.isEmpty();
    }

    @Override
    public Script after(Duration wait) {
        return new ScriptedReply(
                content, wait, perChunk, stallAfterChunks, cutAfterBytes, errorAfterChunks, finishes, chars, headers);
    }

    @Override
    public Script slow(Duration wait) {
        return new ScriptedReply(
                content, delay, wait, stallAfterChunks, cutAfterBytes, errorAfterChunks, finishes, chars, headers);
    }

    @Override
    public Script stallAfter(int chunks) {
        return new ScriptedReply(
                content, delay, perChunk, chunks, cutAfterBytes, errorAfterChunks, finishes, chars, headers);
    }

    @Override
    public Script cutAfterBytes(int bytes) {
        return new ScriptedReply(
                content, delay, perChunk, stallAfterChunks, bytes, errorAfterChunks, finishes, chars, headers);
    }

    @Override
    public Script endWithoutFinish() {
        return new ScriptedReply(
                content, delay, perChunk, stallAfterChunks, cutAfterBytes, errorAfterChunks, false, chars, headers);
    }

    @Override
    public Script errorMidStream(int afterChunks) {
        return new ScriptedReply(
                content, delay, perChunk, stallAfterChunks, cutAfterBytes, afterChunks, finishes, chars, headers);
    }

    @Override
    public Script deltaChars(int perDelta) {
        if (perDelta < 1) {
            throw new IllegalArgumentException("deltaChars: " + perDelta + " (expected: > 0)");
        }
        return new ScriptedReply(
                content,
                delay,
                perChunk,
                stallAfterChunks,
                cutAfterBytes,
                errorAfterChunks,
                finishes,
                perDelta,
                headers);
    }

    @Override
    public Script withHeader(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new ScriptedReply(
                content,
                delay,
                perChunk,
                stallAfterChunks,
                cutAfterBytes,
                errorAfterChunks,
                finishes,
                chars,
                List.copyOf(more));
    }
}
