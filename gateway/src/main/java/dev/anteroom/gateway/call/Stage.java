package dev.anteroom.gateway.call;

/** The moments of a call that are timed, in their order. */
enum Stage {
    PARSED,
    PLANNED,
    REDACTED,
    INTENT_DURABLE,
    FIRST_ANSWER,
    ANSWERED,
    RELEASED
}
