/**
 * De-identified requests and the only client that may send them.
 *
 * <p>What can be sent is a tree of {@link dev.anteroom.egress.OutboundNode}s. Its leaves are text that the redactor made, constants of a
 * {@link dev.anteroom.egress.WireVocabulary}, checked numbers, and declared opaque parts; there is no leaf for anything else, so a byte
 * that was not read has no way into a request. No type here hands out the bytes.
 */
@NullMarked
package dev.anteroom.egress;

import org.jspecify.annotations.NullMarked;
