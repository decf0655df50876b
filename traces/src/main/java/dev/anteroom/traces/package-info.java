@NullMarked
package dev.anteroom.traces;

import org.jspecify.annotations.NullMarked;
