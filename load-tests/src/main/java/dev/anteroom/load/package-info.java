/** Scripted provider, open-loop load generator and side-by-side measurements, all over loopback and all from outside the gateway. */
@NullMarked
package dev.anteroom.load;

import org.jspecify.annotations.NullMarked;
