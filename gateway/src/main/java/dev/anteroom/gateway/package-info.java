@NullMarked
package dev.anteroom.gateway;

import org.jspecify.annotations.NullMarked;
