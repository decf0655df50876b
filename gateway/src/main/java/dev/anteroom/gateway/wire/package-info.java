/** Wire formats: strict JSON, position tables of requests and answers. */
@NullMarked
package dev.anteroom.gateway.wire;

import org.jspecify.annotations.NullMarked;
