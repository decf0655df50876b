package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.Span;
import dev.anteroom.routing.Candidate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/** What would happen to a request, without sending it: the plan, what was found where, and the redacted request. Stateless. */
public final class DryRun {
    private static final int OK = 200;

    private DryRun() {}

    /** Prepares the request on a detector thread and answers the app on the event loop; a refusal is recorded as any other. */
    public static void run(
            CallServices services,
            CallIdentity identity,
            AppExchange app,
            byte[] body,
            int length,
            Map<String, String> headers,
            Runnable onOver) {
        try {
            services.detectors().execute(() -> {
                try {
                    byte[] description = describe(prepare(services, identity, body, length), services);
                    services.loop().execute(() -> {
                        app.own(OK, headers, description);
                        onOver.run();
                    });
                } catch (RequestRefused refused) {
                    services.loop().execute(() -> ChatCall.refused(services, identity, app, refused, onOver));
                }
            });
        } catch (RejectedExecutionException full) {
            RequestRefused busy =
                    new RequestRefused(ErrorCode.SAFETY_UNAVAILABLE, "", "the detectors are busy; try again shortly");
            ChatCall.refused(services, identity, app, busy, onOver);
        }
    }

    private static Preparation prepare(CallServices services, CallIdentity identity, byte[] body, int length)
            throws RequestRefused {
        try {
            return Preparation.of(
                    body,
                    length,
                    services.snapshot(),
                    services.history(),
                    identity,
                    services.clock().instant(),
                    services.nanoTime(),
                    services.random().nextLong());
        } catch (RuntimeException unexpected) {
            throw new RequestRefused(ErrorCode.INTERNAL, "", "the gateway failed on this request; nothing was sent");
        }
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
