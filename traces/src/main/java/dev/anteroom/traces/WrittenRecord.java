package dev.anteroom.traces;

/** A record as the journal writes it, rather than what is left of one. Immutable. */
sealed interface WrittenRecord extends TraceRecord permits Original, Intent, Outcome, Refusal, Interrupted, Access {}
