/** Reaches the steps of the journal that are no part of its interface, to measure them. */
@NullMarked
package dev.anteroom.traces;

import org.jspecify.annotations.NullMarked;
