package dev.anteroom.gateway.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A day or a time on a command line. Stateless. */
public final class TimeOption {

    private TimeOption() {}

    /** The time, or nothing where none was given; a day is its beginning in UTC. */
    public static Optional<Instant> parse(String option, @Nullable String text) throws CommandFailure {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.indexOf('T') > 0
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    2, option + ": expected a day (2026-11-23) or a time (2026-11-23T08:00:00Z), in UTC");
        }
    }
}
