/** All that decides, compiled and hashed. */
@NullMarked
package dev.anteroom.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
