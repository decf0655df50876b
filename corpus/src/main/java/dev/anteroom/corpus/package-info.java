@NullMarked
package dev.anteroom.corpus;

import org.jspecify.annotations.NullMarked;
