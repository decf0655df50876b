package dev.anteroom.evaluation;

/** What was counted for one row of a table. Confined to one thread. */
final class Tally {
    long values;
    long leaks;
    long characters;
    long replaced;
}
