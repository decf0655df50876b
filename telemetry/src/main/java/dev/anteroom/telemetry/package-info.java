/**
 * What the process tells of itself: metrics, spans, security events.
 *
 * <p>All of it is made from {@link dev.anteroom.telemetry.CallReport}s and counters, which have room for numbers, for names
 * of the operator's configuration and for words of this program, and for nothing else: no text of a call can come here.
 */
@NullMarked
package dev.anteroom.telemetry;

import org.jspecify.annotations.NullMarked;
