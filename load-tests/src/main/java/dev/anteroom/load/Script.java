package dev.anteroom.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link ScriptedProvider} answers to one request and in which manner it fails on the way. Immutable.
 *
 * <p>A factory says what is answered: {@code Script.text("...")}. The other methods give a copy that answers in another manner:
 * {@code Script.text("...").slow(Duration.ofMillis(5)).cutAfterBytes(700)}. A request with {@code "stream": true} is answered in
 * server-sent events, any other in one JSON document.
 */
public sealed interface Script permits ScriptedReply {
    /** Answers with the text of the last user message. */
    static Script echo() {
        return ScriptedReply.of(new Content.Echo());
    }

    /** Answers with this text. */
    static Script text(String text) {
        return ScriptedReply.of(new Content.Text(text));
    }

    /** Answers with one tool call. */
    static Script toolCall(String name, String argumentsJson) {
        return ScriptedReply.of(new Content.ToolCall(name, argumentsJson));
    }

    /** Answers with a refusal. */
    static Script refusal(String text) {
        return ScriptedReply.of(new Content.Refusal(text));
    }

    /** Answers 200 with exactly this JSON, streamed or not. */
    static Script jsonBody(String json) {
        return status(200, json);
    }

    /** Answers with this status and exactly this body as {@code application/json}. */
    static Script status(int code, String body) {
        return ScriptedReply.of(
                new Content.Raw(code, "application/json", List.of(body.getBytes(StandardCharsets.UTF_8)), true));
    }

    /** Answers with one {@code data:} event for each payload and nothing else; {@code [DONE]} is a payload like any other. */
    static Script sse(List<String> dataPayloads) {
        return ScriptedReply.of(new Content.Raw(
                200,
                "text/event-stream; charset=utf-8",
                dataPayloads.stream()
                        .map(payload -> ("data: " + payload + "\n\n").getBytes(StandardCharsets.UTF_8))
                        .toList(),
                false));
    }

    /** Answers an event stream of these bytes, each array flushed on its own about two milliseconds after the one before. */
    static Script rawChunks(List<byte[]> chunks) {
        return rawChunks("text/event-stream; charset=utf-8", chunks);
    }

    /** Answers these bytes under a content type, each array flushed on its own about two milliseconds after the one before. */
    static Script rawChunks(String contentType, List<byte[]> chunks) {
        return ScriptedReply.of(new Content.Raw(200, contentType, List.copyOf(chunks), false))
                .slow(Duration.ofMillis(2));
    }

    /** Takes the request and never answers it. */
    static Script stallBeforeHeaders() {
        return ScriptedReply.of(new Content.Never());
    }

    /** Takes the request and closes the connection without an answer. */
    static Script closeBeforeHeaders() {
        return ScriptedReply.of(new Content.Close());
    }

    /** Answers from buffers rendered beforehand, with a text of about {@code replyBytes}: the cheapest answer, for load. */
    static Script fixed(int replyBytes) {
        return ScriptedReply.of(Content.Fixed.of(replyBytes));
    }

    /** Waits before the headers. */
    Script after(Duration delay);

    /** Waits before every chunk. */
    Script slow(Duration perChunk);

    /** Goes silent after that many chunks, without ending the answer. */
    Script stallAfter(int chunks);

    /** Closes the connection once that many bytes of the body are written. */
    Script cutAfterBytes(int bytes);

    /** Ends the HTTP answer cleanly, but without {@code finish_reason}, usage and {@code [DONE]}. */
    Script endWithoutFinish();

    /** Sends an error event after that many chunks, then {@code [DONE]}; not streamed, answers 200 with an error object. */
    Script errorMidStream(int afterChunks);

    /** Splits streamed text into deltas of this many characters (never inside a surrogate pair). */
    Script deltaChars(int chars);

    /** Adds a header to the answer. */
    Script withHeader(String name, String value);
}
