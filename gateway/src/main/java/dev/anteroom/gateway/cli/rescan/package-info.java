/** {@code anteroom traces rescan}: what today's detectors find in what was sent. */
@NullMarked
package dev.anteroom.gateway.cli.rescan;

import org.jspecify.annotations.NullMarked;
