package dev.anteroom.gateway.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which time calls are meant: a mixin. A day is its beginning in UTC. Confined to one command. */
public final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "calls from then on: 2026-11-23 or 2026-11-23T08:00:00Z")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "calls before then")
    private @Nullable String until;

    /** The begin, or nothing where none was given. */
    public Optional<Instant> from() throws CommandFailure {
        return parse("--from", from);
    }

    /** The end, or nothing where none was given. */
    public Optional<Instant> until() throws CommandFailure {
        return parse("--until", until);
    }

    private static Optional<Instant> parse(String option, @Nullable String text) throws CommandFailure {
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
