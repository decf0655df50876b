package dev.anteroom.gateway.wire;

/** Every way a call can be refused, with its HTTP status, its type and code on the wire, and whether a client should try again. */
public enum ErrorCode {
    MALFORMED_REQUEST(400, "invalid_request_error", "malformed_request", Retry.UNSAID),
    INVALID_JSON(400, "invalid_request_error", "invalid_json", Retry.UNSAID),
    INVALID_VALUE(400, "invalid_request_error", "invalid_value", Retry.UNSAID),
    UNSUPPORTED_PARAMETER(400, "invalid_request_error", "unsupported_parameter", Retry.UNSAID),
    UNSCANNABLE_CONTENT(400, "invalid_request_error", "unscannable_content", Retry.UNSAID),
    UNSUPPORTED_LANGUAGE(400, "invalid_request_error", "unsupported_language", Retry.NEVER),
    BODY_TIMEOUT(400, "invalid_request_error", "body_timeout", Retry.SOON),
    POLICY_BLOCKED(400, "invalid_request_error", "policy_blocked", Retry.NEVER),
    INVALID_API_KEY(401, "invalid_request_error", "invalid_api_key", Retry.UNSAID),
    ENVIRONMENT_MISMATCH(403, "permission_error", "environment_mismatch", Retry.NEVER),
    NOT_PERMITTED(403, "permission_error", "not_permitted", Retry.NEVER),
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found", Retry.UNSAID),
    NOT_FOUND(404, "invalid_request_error", "not_found", Retry.UNSAID),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed", Retry.UNSAID),
    TOO_LARGE(413, "invalid_request_error", "request_too_large", Retry.UNSAID),
    UNSUPPORTED_MEDIA_TYPE(415, "invalid_request_error", "unsupported_media_type", Retry.UNSAID),
    RATE_LIMITED(429, "rate_limit_error", "rate_limit_exceeded", Retry.SOON),
    INTERNAL(500, "server_error", "internal_error", Retry.NEVER),
    UPSTREAM_REJECTED(400, "invalid_request_error", "upstream_rejected", Retry.NEVER),
    UPSTREAM_FAILED(502, "server_error", "upstream_failed", Retry.NEVER),
    BUSY(503, "server_error", "busy", Retry.SOON),
    SAFETY_UNAVAILABLE(503, "server_error", "safety_unavailable", Retry.SOON),
    SHUTTING_DOWN(503, "server_error", "shutting_down", Retry.SOON),
    UPSTREAM_TIMEOUT(504, "server_error", "upstream_timeout", Retry.NEVER);

    /** What {@code x-should-retry} says to the official clients. */
    public enum Retry {
        UNSAID,
        NEVER,
        SOON
    }

    private final int status;
    private final String type;
    private final String wireCode;
    private final Retry retry;

    ErrorCode(int status, String type, String wireCode, Retry retry) {
        this.status = status;
        this.type = type;
        this.wireCode = wireCode;
        this.retry = retry;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** {@code error.type} of the envelope. */
    public String type() {
        return type;
    }

    /** {@code error.code} of the envelope. */
    public String wireCode() {
        return wireCode;
    }

    /** Whether a client should try again by itself. */
    public Retry retry() {
        return retry;
    }
}
