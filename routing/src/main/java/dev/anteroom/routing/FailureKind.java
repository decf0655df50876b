package dev.anteroom.routing;

/** How an attempt at a target failed, whether the next target may be tried, and what it says of this one's health. */
public enum FailureKind {
    /** No connection, or none in time. */
    CONNECT(true, Says.ILL),
    /** The connection broke before the answer's first byte. */
    CONNECTION_LOST(true, Says.ILL),
    TIMEOUT_FIRST_TOKEN(true, Says.ILL),
    STATUS_429(true, Says.ILL),
    STATUS_5XX(true, Says.ILL),
    /** 401 or 403: the target refuses the gateway's own credential, which says nothing of the app's request. */
    CREDENTIAL_REFUSED(true, Says.ILL),
    /** The answer cannot be read. */
    BROKEN_ANSWER(true, Says.ILL),
    /** The target's contract does not cover what was about to be sent; nothing was sent. */
    CONTRACT_MISMATCH(true, Says.NOTHING),
    /** The request itself is at fault: any other target would say so too. The target is well, it answered. */
    STATUS_4XX(false, Says.WELL),
    /** The total limit was reached. */
    TIMEOUT_TOTAL(false, Says.NOTHING),
    /** Nothing more came after the app had been given a part of the answer. */
    STALL_AFTER_FIRST_BYTE(false, Says.ILL),
    /** The answer broke off or could not be read after the app had been given a part of it. */
    BROKEN_AFTER_FIRST_BYTE(false, Says.ILL);

    /** What a failure says of the target's health. */
    enum Says {
        ILL,
        WELL,
        NOTHING
    }

    private final boolean retryable;
    private final Says says;

    FailureKind(boolean retryable, Says says) {
        this.retryable = retryable;
        this.says = says;
    }

    /** Whether another target may be tried, as far as the kind decides. */
    public boolean retryable() {
        return retryable;
    }

    Says says() {
        return says;
    }

    /** The kind of an HTTP status that is not a success. */
    public static FailureKind ofStatus(int status) {
        if (status == 429) {
            return STATUS_429;
        }
        if (status == 401 || status == 403) {
            return CREDENTIAL_REFUSED;
        }
        if (status == 408 || (status >= 500 && status <= 599)) {
            return STATUS_5XX;
        }
        if (status >= 400 && status <= 499) {
            return STATUS_4XX;
        }
        if (status >= 200 && status <= 299) {
            throw new IllegalArgumentException("status: " + status + " (expected: not a success)");
        }
        return BROKEN_ANSWER;
    }
}
