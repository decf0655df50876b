/** {@code anteroom traces rescan} and {@code replay}: what today's configuration says of recorded calls. */
@NullMarked
package dev.anteroom.gateway.cli.records;

import org.jspecify.annotations.NullMarked;
