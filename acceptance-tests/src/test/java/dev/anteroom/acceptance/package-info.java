/** The whole gateway from outside: real sockets, real clients, a recording provider. */
@NullMarked
package dev.anteroom.acceptance;

import org.jspecify.annotations.NullMarked;
