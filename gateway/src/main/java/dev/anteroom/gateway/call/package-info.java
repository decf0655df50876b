/** The way of one call through its stages. */
@NullMarked
package dev.anteroom.gateway.call;

import org.jspecify.annotations.NullMarked;
