package dev.anteroom.routing;

/** A target that may be tried, and the name under which it knows the model. Immutable. */
public record TargetChoice(Target target, String providerModel) {}
