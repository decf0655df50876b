package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.JsonOutput;
import java.util.Map;

/** The error envelope of the OpenAI API with Anteroom's trace id; never holds a value of the request. */
public final class ErrorBody {
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String RETRY_AFTER_MILLIS = "500";

    private ErrorBody() {}

    /** The envelope; {@code path} and {@code traceId} may be empty. */
    public static byte[] of(ErrorCode code, String path, String advice, String traceId) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("error");
            out.writeStringField("message", advice);
            out.writeStringField("type", code.type());
            out.writeStringField("param", path.isEmpty() ? null : path);
            out.writeStringField("code", code.wireCode());
            if (!traceId.isEmpty()) {
                out.writeStringField("trace_id", traceId);
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /** Adds what tells the official clients whether to try again. */
    public static Map<String, String> headers(Map<String, String> headers, ErrorCode code) {
        switch (code.retry()) {
            case UNSAID -> {}
            case NEVER -> headers.put("x-should-retry", "false");
            case SOON -> {
                headers.put("x-should-retry", "true");
                headers.putIfAbsent("retry-after", RETRY_AFTER_SECONDS);
                headers.putIfAbsent("retry-after-ms", RETRY_AFTER_MILLIS);
            }
        }
        return headers;
    }
}
