/** The load harness's foot in the door of the journal; nothing that is shipped has it on its class path. */
@NullMarked
package dev.anteroom.traces;

import org.jspecify.annotations.NullMarked;
