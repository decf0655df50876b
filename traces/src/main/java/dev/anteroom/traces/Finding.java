package dev.anteroom.traces;

/** Something a check of the answer found: its kind, category and channel, never the value. Immutable. */
public record Finding(String kind, String category, String channel) {}
