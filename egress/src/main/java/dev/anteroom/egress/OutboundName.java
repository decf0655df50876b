package dev.anteroom.egress;

/** The name of a member of an outbound object: a constant of the protocol, or a redacted text where callers choose the names. */
public sealed interface OutboundName permits WireConstant, RedactedName {}
