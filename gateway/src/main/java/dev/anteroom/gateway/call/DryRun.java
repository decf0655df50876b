package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.Span;
import dev.anteroom.routing.Candidate;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** What would happen to a request, without sending it: the plan, what was found where, and the redacted request. Stateless. */
public final class DryRun {
    /** The answer of a dry run. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Result(int status, byte[] json) {}

    private DryRun() {}

    /** Prepares the request on a detector thread; {@code then} hears on the event loop. */
    public static void run(
            CallServices services, CallIdentity identity, byte[] body, int length, Consumer<Result> then) {
        try {
            services.detectors().execute(() -> {
                Result result = result(services, identity, body, length);
                services.loop().execute(() -> then.accept(result));
            });
        } catch (RejectedExecutionException full) {
            then.accept(error(ErrorCode.SAFETY_UNAVAILABLE, "", "the detectors are busy; try again shortly", identity));
        }
    }

    private static Result result(CallServices services, CallIdentity identity, byte[] body, int length) {
        try {
            Preparation done = Preparation.of(
                    body,
                    length,
                    services.snapshot(),
                    identity,
                    services.clock().instant(),
                    services.nanoTime(),
                    services.random());
            return new Result(200, describe(done, services));
        } catch (RequestRefused refused) {
            return error(refused.code(), refused.path(), refused.advice(), identity);
        } catch (RuntimeException unexpected) {
            return error(ErrorCode.INTERNAL, "", "the gateway failed on this request; nothing was sent", identity);
        }
    }

    private static Result error(ErrorCode code, String path, String advice, CallIdentity identity) {
        return new Result(code.status(), ErrorBody.of(code, path, advice, identity.traceId()));
    }

    private static byte[] describe(Preparation done, CallServices services) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("object", "anteroom.dry_run");
            out.writeStringField("snapshot", services.snapshot().hash());
            out.writeStringField("profile", done.plan().profile().name().toLowerCase(Locale.ROOT));
            out.writeArrayFieldStart("candidates");
            for (Candidate candidate : done.plan().candidates()) {
                out.writeStartObject();
                out.writeStringField("target", candidate.target());
                out.writeStringField("verdict", candidate.verdict().name().toLowerCase(Locale.ROOT));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("found");
            for (Span span : done.redaction().spans()) {
                out.writeStartObject();
                out.writeStringField("path", done.request().path(span.position()));
                out.writeNumberField("start", span.start());
                out.writeNumberField("end", span.end());
                out.writeStringField("type", span.category().name());
                out.writeStringField("layer", span.layer());
                out.writeNumberField("score", span.score());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("residue");
            for (dev.anteroom.egress.Modality modality : done.outbound().residue()) {
                out.writeString(modality.name().toLowerCase(Locale.ROOT));
            }
            out.writeEndArray();
            out.writeFieldName("request");
            out.writeRawValue(done.outbound().recordText());
            out.writeEndObject();
        });
    }
}
