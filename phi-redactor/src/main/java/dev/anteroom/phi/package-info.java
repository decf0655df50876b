@NullMarked
package dev.anteroom.phi;

import org.jspecify.annotations.NullMarked;
