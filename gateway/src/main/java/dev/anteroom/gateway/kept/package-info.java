/** What decided is kept by its content, so that recorded calls can be decided again: configuration, models, the program itself. */
@NullMarked
package dev.anteroom.gateway.kept;

import org.jspecify.annotations.NullMarked;
