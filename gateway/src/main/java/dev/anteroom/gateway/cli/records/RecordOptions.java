package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.KeyOption;
import dev.anteroom.gateway.cli.TimeOptions;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which records to read. Confined to one command. */
final class RecordOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Mixin
    private TimeOptions times = new TimeOptions();

    @Mixin
    private KeyOption keys = new KeyOption();

    Path data() {
        return data;
    }

    Optional<Instant> from() throws CommandFailure {
        return times.from();
    }

    Optional<Instant> until() throws CommandFailure {
        return times.until();
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
}
