/** The built-in provider that answers from the caller's own context. */
@NullMarked
package dev.anteroom.gateway.extractive;

import org.jspecify.annotations.NullMarked;
