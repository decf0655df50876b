/** Measures the redactor: labelled and clean texts, the rule for a leak, and the tables. */
@NullMarked
package dev.anteroom.evaluation;

import org.jspecify.annotations.NullMarked;
