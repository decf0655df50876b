/** Commands that keep records, or destroy them. */
@NullMarked
package dev.anteroom.gateway.cli.keeping;

import org.jspecify.annotations.NullMarked;
