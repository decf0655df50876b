/** The configuration: its records, the loader that reads them from YAML, and references to secrets that stay outside. */
@NullMarked
package dev.anteroom.gateway.config;

import org.jspecify.annotations.NullMarked;
