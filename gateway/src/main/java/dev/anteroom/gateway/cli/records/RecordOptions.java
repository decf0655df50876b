package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.PhiTagger;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
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

    Instant from() throws CommandFailure {
        return from == null ? Instant.EPOCH : time("--from", from);
    }

    Instant until() throws CommandFailure {
        return until == null ? Instant.MAX : time("--until", until);
    }

    private static Instant time(String option, String text) throws CommandFailure {
        try {
            return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
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
        return switch (new ConfigLoader(clock).load(config)) {
            case ConfigResult.Loaded loaded -> {
                loaded.warnings().forEach(warning -> err.println("warning: " + warning.render()));
                PhiTagger tagger = ShippedTagger.load();
                yield time -> SnapshotCompiler.compile(
                        loaded.config(),
                        loaded.canonicalText(),
                        reference -> reference.open(_ -> null, clock),
                        tagger,
                        build,
                        time);
            }
            case ConfigResult.Rejected(var errors) -> {
                errors.forEach(error -> err.println(error.render()));
                throw new CommandFailure(2, "the configuration is not usable; nothing was read");
            }
        };
    }
}
