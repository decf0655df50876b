/** The command {@code redact} and its tools for people: why, what changes, a page to read. */
@NullMarked
package dev.anteroom.gateway.cli.redact;

import org.jspecify.annotations.NullMarked;
