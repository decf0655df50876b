package dev.anteroom.egress;

import dev.anteroom.phi.RedactedText;

/** A member name that came from the caller and passed the redactor. Immutable. */
public record RedactedName(RedactedText text) implements OutboundName {}
