@NullMarked
package dev.anteroom.bench;

import org.jspecify.annotations.NullMarked;
