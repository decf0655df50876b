package dev.anteroom.load;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What is answered, without the manner. Immutable. */
sealed interface Content {
    record Echo() implements Content {}

    record Text(String text) implements Content {}

    record ToolCall(String name, String argumentsJson) implements Content {}

    record Refusal(String text) implements Content {}

    /** Bytes as they are; {@code whole}: with a content length, else chunked. */
    record Raw(int status, String contentType, List<byte[]> chunks, boolean whole) implements Content {}

    record Never() implements Content {}

    record Close() implements Content {}

    /** Rendered once, sent many times: the whole answer and the events of the streamed one. */
    record Fixed(Buffer whole, List<Buffer> events, Buffer allEvents) implements Content {
        static Fixed of(int replyBytes) {
            String sentence =
                    "The patient was advised to rest, to drink enough and to return if the symptoms get worse. ";
            String text = sentence.repeat(replyBytes / sentence.length() + 1).substring(0, replyBytes);
            ChatRendering.Facts facts = new ChatRendering.Facts("scripted", 1, false, 0, "fixed");
            ChatRendering rendering = new ChatRendering(facts, 64);
            List<Buffer> events = new ArrayList<>();
            Buffer all = Buffer.buffer();
            for (Buffer event : rendering.events(new Text(text), true)) {
                events.add(event);
                all.appendBuffer(event);
            }
            return new Fixed(rendering.whole(new Text(text), true), List.copyOf(events), all);
        }
    }
}
