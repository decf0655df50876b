/**
 * The durable, encrypted record of every decision: what was asked, what was sent, what came back and why.
 *
 * <p>{@link dev.anteroom.traces.Journal} writes, {@link dev.anteroom.traces.TraceReader} reads, and the records between
 * them are strings and numbers only: nothing here knows a provider, a detector or HTTP.
 */
@NullMarked
package dev.anteroom.traces;

import org.jspecify.annotations.NullMarked;
