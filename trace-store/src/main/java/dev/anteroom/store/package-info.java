/**
 * Ships what the journal holds to PostgreSQL, without any text, and searches it there.
 *
 * <p>The journal is the truth and needs no database. {@link dev.anteroom.store.Shipper} copies, off the way of every call;
 * {@link dev.anteroom.store.TraceStore} searches.
 */
@NullMarked
package dev.anteroom.store;

import org.jspecify.annotations.NullMarked;
