package dev.anteroom.routing;

/** Argument checks that name what was given and what was expected. */
final class Checks {

    private Checks() {}

    static void id(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + ": blank (expected: an identifier)");
        }
    }

    static void positive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
