package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.cli.KeyOption;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private TimeOptions times = new TimeOptions();

    @Mixin
    private KeyOption keys = new KeyOption();

    Path data() {
        return data;
    }

    Path configFile() {
        return config;
    }

    Optional<Instant> from() throws CommandFailure {
        return times.from();
    }

    Optional<Instant> until() throws CommandFailure {
        return times.until();
    }

    ConfigResult.Loaded config(Clock clock, PrintWriter err) throws CommandFailure {
        return ConfigFile.load(config, clock, err, "nothing was read");
    }

    /** A reader of decisions and redacted texts. */
    TraceReader reader(Clock clock, PrintWriter err) throws CommandFailure {
        return keys.reader(data, clock, err);
    }

    /** A reader of what calls asked, too, of the one with this id or of those of --from and --until; that it is read is on disk when this returns. */
    TraceReader originals(Optional<String> id, Actor actor, Clock clock, PrintWriter err) throws CommandFailure {
        Selection calls;
        try {
            calls = new Selection(id.stream().toList(), "", from().orElse(Instant.EPOCH), until().orElse(Instant.MAX));
        } catch (IllegalArgumentException notAnId) {
            throw new CommandFailure(2, "this is not a trace id; it is the value of x-anteroom-trace-id");
        }
        return keys.originals(data, calls, actor, clock, err);
    }

    /**
     * Returns what makes a snapshot of the configuration, given the clock that it is to go by. Nothing is sent with it and nothing recorded, so it
     * knows no secrets.
     */
    Function<InstantSource, Snapshot> compiler(Clock clock, String build, PrintWriter err) throws CommandFailure {
        ConfigResult.Loaded loaded = config(clock, err);
        PhiTagger tagger = ShippedTagger.load();
        return time -> SnapshotCompiler.compile(
                loaded.config(),
                loaded.canonicalText(),
                reference -> reference.open(_ -> null, clock),
                tagger,
                build,
                time);
    }
}
