/** {@code anteroom traces rescan}, {@code replay} and {@code search}: what is said of recorded calls with a configuration. */
@NullMarked
package dev.anteroom.gateway.cli.records;

import org.jspecify.annotations.NullMarked;
