package dev.anteroom.gateway.extractive;

import dev.anteroom.egress.AnswerHandler;
import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.egress.DeidentifiedRequest;
import dev.anteroom.egress.Exchange;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.guardrails.ExtractiveAnswer;
import dev.anteroom.guardrails.ExtractiveAnswerer;
import dev.anteroom.traces.DurableIntent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The built-in provider: answers with the most relevant sentences of the caller's own context, word for word. Confined to one event loop.
 *
 * <p>It is not a model and says so: {@code model} is {@value #MODEL} and {@code system_fingerprint} is {@value #FINGERPRINT}. It speaks
 * the form of a chat completion, so that everything behind it treats its answers as any provider's.
 */
public final class ExtractiveProvider {
    /** The model it reports. */
    public static final String MODEL = "extractive";
    /** The fingerprint it reports. */
    public static final String FINGERPRINT = "anteroom-extractive-1";

    static final String NO_ANSWER = "The given context does not answer this.";

    private static final int MAX_SENTENCES = 3;
    private static final int DELTA_CHARS = 24;

    private final ExtractiveAnswerer answerer = new ExtractiveAnswerer();
    private final Executor loop;
    private final Executor workers;

    /**
     * A provider whose handlers hear on {@code loop} and whose search runs on {@code workers}, which may reject work when it is full.
     */
    public ExtractiveProvider(Executor loop, Executor workers) {
        this.loop = loop;
        this.workers = workers;
    }

    /** Answers from a conversation in placeholder space, read on a worker; the handler hears on the event loop, never within this call. */
    public Exchange send(
            DeidentifiedRequest request,
            DurableIntent intent,
            String target,
            Supplier<Conversation> reader,
            boolean stream,
            AnswerHandler handler) {
        OneAnswer exchange = new OneAnswer(handler, stream);
        if (!intent.permits(target) || !intent.requestDigest().equals(request.digest())) {
            loop.execute(() -> exchange.fail(AttemptFailure.NOT_INTENDED));
            return exchange;
        }
        if (!request.residue().isEmpty()) {
            loop.execute(() -> exchange.fail(AttemptFailure.RESIDUE_NOT_COVERED));
            return exchange;
        }
        try {
            workers.execute(() -> {
                Conversation conversation = reader.get();
                ExtractiveAnswer answer =
                        answerer.answer(conversation.question(), conversation.evidence(), MAX_SENTENCES);
                String text = answer.text().isEmpty() ? NO_ANSWER : answer.text();
                loop.execute(() -> exchange.answer(text));
            });
        } catch (RejectedExecutionException full) {
            loop.execute(() -> exchange.fail(AttemptFailure.BROKEN));
        }
        return exchange;
    }

    /** One answer on its way; it is short, so pausing needs nothing. */
    private static final class OneAnswer implements Exchange {
        private final AnswerHandler handler;
        private final boolean stream;
        private boolean over;

        OneAnswer(AnswerHandler handler, boolean stream) {
            this.handler = handler;
            this.stream = stream;
        }

        void fail(AttemptFailure failure) {
            if (!over) {
                over = true;
                handler.failed(failure);
            }
        }

        void answer(String text) {
            if (over) {
                return;
            }
            handler.head(200, stream);
            if (stream) {
                for (int from = 0; from < text.length() && !over; ) {
                    int to = pieceEnd(text, from);
                    handler.event(chunk(text.substring(from, to), false));
                    from = to;
                }
                if (!over) {
                    handler.event(chunk("", true));
                }
                if (!over) {
                    handler.event("[DONE]");
                }
            } else {
                handler.body(whole(text));
            }
            if (!over) {
                over = true;
                handler.ended();
            }
        }

        private static int pieceEnd(String text, int from) {
            int to = Math.min(text.length(), from + DELTA_CHARS);
            boolean splitsPair = to < text.length() && Character.isLowSurrogate(text.charAt(to));
            return splitsPair ? to + 1 : to;
        }

        private static String chunk(String piece, boolean last) {
            byte[] bytes = JsonOutput.bytes(out -> {
                out.writeStartObject();
                out.writeStringField("model", MODEL);
                out.writeStringField("system_fingerprint", FINGERPRINT);
                out.writeArrayFieldStart("choices");
                out.writeStartObject();
                out.writeNumberField("index", 0);
                out.writeObjectFieldStart("delta");
                if (!last) {
                    out.writeStringField("content", piece);
                }
                out.writeEndObject();
                out.writeStringField("finish_reason", last ? "stop" : null);
                out.writeEndObject();
                out.writeEndArray();
                out.writeEndObject();
            });
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private static byte[] whole(String text) {
            return JsonOutput.bytes(out -> {
                out.writeStartObject();
                out.writeStringField("model", MODEL);
                out.writeStringField("system_fingerprint", FINGERPRINT);
                out.writeArrayFieldStart("choices");
                out.writeStartObject();
                out.writeNumberField("index", 0);
                out.writeObjectFieldStart("message");
                out.writeStringField("role", "assistant");
                out.writeStringField("content", text);
                out.writeEndObject();
                out.writeStringField("finish_reason", "stop");
                out.writeEndObject();
                out.writeEndArray();
                out.writeEndObject();
            });
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void cancel() {
            over = true;
        }
    }
}
