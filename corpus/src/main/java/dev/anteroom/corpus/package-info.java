/** Seeded clinical dialogues and notes with labelled identifiers; every value is invented. */
@NullMarked
package dev.anteroom.corpus;

import org.jspecify.annotations.NullMarked;
