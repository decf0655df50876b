package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records to read, and with which configuration. Confined to one command. */
final class RecordOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DefaultPaths.CONFIG,
            description = "the configuration that decides (default: ${DEFAULT-VALUE})")
    private Path config = Path.of("anteroom.yaml");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "calls from then on: 2026-11-23 or 2026-11-23T08:00:00Z")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "calls before then")
    private @Nullable String until;

    Path data() {
        return data;
    }

    Path configFile() {
        return config;
    }

    Optional<Instant> from() throws CommandFailure {
        return time("--from", from);
    }

    Optional<Instant> until() throws CommandFailure {
        return time("--until", until);
    }

    ConfigResult.Loaded config(Clock clock, PrintWriter err) throws CommandFailure {
        return ConfigFile.load(config, clock, err, "nothing was read");
    }

    private static Optional<Instant> time(String option, @Nullable String text) throws CommandFailure {
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

    /**
     * Returns what makes a snapshot of the configuration, given the clock that it is to go by. Nothing is sent with it and nothing recorded, so it
     * knows no secrets.
     */
    Function<InstantSource, Snapshot> compiler(Clock clock, String build, PrintWriter err) throws CommandFailure {
        ConfigResult.Loaded loaded = config(clock, err);
        SnapshotCompiler.Models models = ShippedTagger.with(loaded.config());
        return time -> SnapshotCompiler.compile(
                loaded.config(),
                loaded.canonicalText(),
                reference -> reference.open(_ -> null, clock),
                models,
                build,
                time);
    }
}
