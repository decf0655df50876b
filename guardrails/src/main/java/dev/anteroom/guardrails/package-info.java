@NullMarked
package dev.anteroom.guardrails;

import org.jspecify.annotations.NullMarked;
