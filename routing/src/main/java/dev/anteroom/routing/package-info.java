@NullMarked
package dev.anteroom.routing;

import org.jspecify.annotations.NullMarked;
