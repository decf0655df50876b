@NullMarked
package dev.anteroom.egress;

import org.jspecify.annotations.NullMarked;
