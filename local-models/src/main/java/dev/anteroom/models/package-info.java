@NullMarked
package dev.anteroom.models;

import org.jspecify.annotations.NullMarked;
