package dev.anteroom.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Durations and sizes as they are written: {@code 500ms}, {@code 5s}, {@code 90d}, {@code 6y} of 365 days each; {@code 16KiB}, {@code 8MiB}. Stateless. */
public final class Units {
    private static final int MAX_DIGITS = 12;
    private static final List<Unit> DURATIONS = List.of(
            new Unit("ms", 1),
            new Unit("s", 1_000),
            new Unit("m", 60_000),
            new Unit("h", 3_600_000),
            new Unit("d", 86_400_000),
            new Unit("y", 365 * 86_400_000L));
    private static final List<Unit> SIZES =
            List.of(new Unit("B", 1), new Unit("KiB", 1L << 10), new Unit("MiB", 1L << 20), new Unit("GiB", 1L << 30));

    private Units() {}

    /** The duration that is written, or nothing where it is not one. */
    public static Optional<Duration> duration(String written) {
        OptionalLong millis = parse(written, DURATIONS);
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    /** The size in bytes that is written, or nothing where it is not one. */
    public static OptionalLong sizeBytes(String written) {
        return parse(written, SIZES);
    }

    /** The duration as it would be written. */
    public static String showDuration(Duration duration) {
        return show(duration.toMillis(), DURATIONS);
    }

    /** The size as it would be written. */
    public static String showSize(long bytes) {
        return show(bytes, SIZES);
    }

    private static OptionalLong parse(String written, List<Unit> units) {
        int digits = 0;
        while (digits < written.length() && written.charAt(digits) >= '0' && written.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        String unit = written.substring(digits);
        for (Unit candidate : units) {
            if (candidate.name().equals(unit)) {
                long factor = candidate.factor();
                long number = Long.parseLong(written, 0, digits, 10);
                return number > Long.MAX_VALUE / factor ? OptionalLong.empty() : OptionalLong.of(number * factor);
            }
        }
        return OptionalLong.empty();
    }

    private static String show(long value, List<Unit> units) {
        Unit best = units.getFirst();
        for (Unit candidate : units) {
            if (value != 0 && value % candidate.factor() == 0) {
                best = candidate;
            }
        }
        return value / best.factor() + best.name();
    }

    private record Unit(String name, long factor) {}
}
