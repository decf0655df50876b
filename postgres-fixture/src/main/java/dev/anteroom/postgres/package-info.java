/** A real PostgreSQL server for tests, from Maven artifacts, as its own process. */
@NullMarked
package dev.anteroom.postgres;

import org.jspecify.annotations.NullMarked;
