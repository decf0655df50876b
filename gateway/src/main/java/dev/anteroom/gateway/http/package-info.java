/** The door: HTTP server, admission, errors, event streams. */
@NullMarked
package dev.anteroom.gateway.http;

import org.jspecify.annotations.NullMarked;
