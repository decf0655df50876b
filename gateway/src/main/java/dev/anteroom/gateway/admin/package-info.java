/** The admin plane: loopback only, token, Host and Origin checked. */
@NullMarked
package dev.anteroom.gateway.admin;

import org.jspecify.annotations.NullMarked;
