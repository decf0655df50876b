@NullMarked
package dev.anteroom.load;

import org.jspecify.annotations.NullMarked;
