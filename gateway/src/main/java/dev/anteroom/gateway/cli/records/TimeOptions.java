package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.TimeOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which time records are asked for. Confined to one command. */
final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "calls from then on: 2026-11-23 or 2026-11-23T08:00:00Z")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "calls before then")
    private @Nullable String until;

    Optional<Instant> from() throws CommandFailure {
        return TimeOption.parse("--from", from);
    }

    Optional<Instant> until() throws CommandFailure {
        return TimeOption.parse("--until", until);
    }
}
