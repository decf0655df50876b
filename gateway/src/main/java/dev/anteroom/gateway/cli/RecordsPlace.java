package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.traces.AccessLog;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where records and the keys to them are: a mixin. Confined to one command. */
public final class RecordsPlace {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Mixin
    private KeyOption keys = new KeyOption();

    public Path data() {
        return data;
    }

    /** As {@link KeyOption#operatorKeys}. */
    public KeyRing operatorKeys(Clock clock, PrintWriter err) throws CommandFailure {
        return keys.operatorKeys(data, clock, err);
    }

    /** As {@link KeyOption#allKeys}. */
    public KeyRing allKeys(Clock clock, PrintWriter err) throws CommandFailure {
        return keys.allKeys(data, clock, err);
    }

    /** As {@link KeyOption#reader}. */
    public TraceReader reader(Clock clock, PrintWriter err) throws CommandFailure {
        return keys.reader(data, clock, err);
    }

    /** As {@link KeyOption#originals}. */
    public TraceReader originals(Selection calls, Actor actor, Clock clock, PrintWriter err) throws CommandFailure {
        return keys.originals(data, calls, actor, clock, err);
    }

    /** As {@link KeyOption#accessLog}. */
    public AccessLog accessLog(KeyRing ring, Clock clock) {
        return keys.accessLog(data, ring, clock);
    }
}
