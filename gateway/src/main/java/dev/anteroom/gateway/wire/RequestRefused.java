package dev.anteroom.gateway.wire;

/**
 * A request that is not accepted. Expected, so it carries no stack trace; holds a JSON path and advice, never a value of the request.
 */
public final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String path;

    /** A refusal at this JSON path; {@code advice} says what to change. */
    public RequestRefused(ErrorCode code, String path, String advice) {
        super(advice, null, false, false);
        this.code = code;
        this.path = path;
    }

    /** The kind of refusal. */
    public ErrorCode code() {
        return code;
    }

    /** The JSON path of the position, empty where the whole request is meant. */
    public String path() {
        return path;
    }

    /** What to change. */
    public String advice() {
        return String.valueOf(getMessage());
    }
}
