package dev.anteroom.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Every attribute that stands on a span. The first group has the names of OpenTelemetry's semantic conventions for
 * generative AI and HTTP (v1.37); the second is this program's own.
 */
final class SpanNames {
    static final String OPERATION_CHAT = "chat";

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> TRACE_ID = AttributeKey.stringKey("anteroom.trace_id");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("anteroom.tenant");
    static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("anteroom.workflow");
    static final AttributeKey<String> AUDIENCE = AttributeKey.stringKey("anteroom.audience");
    static final AttributeKey<String> SNAPSHOT = AttributeKey.stringKey("anteroom.snapshot");
    static final AttributeKey<String> VERDICT = AttributeKey.stringKey("anteroom.verdict");
    static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("anteroom.stream");
    static final AttributeKey<Long> REPLACED = AttributeKey.longKey("anteroom.replaced");
    static final AttributeKey<Long> FINDINGS = AttributeKey.longKey("anteroom.findings");
    static final AttributeKey<String> TARGET = AttributeKey.stringKey("anteroom.target");
    static final AttributeKey<String> RESULT = AttributeKey.stringKey("anteroom.attempt.result");
    static final AttributeKey<Long> FIRST_TOKEN_MICROS = AttributeKey.longKey("anteroom.attempt.first_token_us");

    private SpanNames() {}
}
