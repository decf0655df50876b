/** The API keys of the callers: the file that keeps them, the directory that admits them, the commands that change them. */
@NullMarked
package dev.anteroom.gateway.keys;

import org.jspecify.annotations.NullMarked;
