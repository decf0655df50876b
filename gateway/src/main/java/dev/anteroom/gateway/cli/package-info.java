/** The command line. */
@NullMarked
package dev.anteroom.gateway.cli;

import org.jspecify.annotations.NullMarked;
