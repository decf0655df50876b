package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.config.KeepingConfig;
import dev.anteroom.traces.AccessLog;
import dev.anteroom.traces.Act;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.KeySource;
import dev.anteroom.traces.RetentionPolicy;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the keys of records are: a mixin of the commands that work on records. Confined to one command. */
public final class KeyOption {
    private static final String YAML = ".yaml";

    @Option(
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "where the keys are: a folder with operator.key and originals.key, an operator key alone, or a configuration"
                            + " (.yaml) that says it (default: " + DefaultPaths.CONFIG
                            + ", else the folder keys of the data directory)")
    private @Nullable Path keys;

    /** The keys of decisions and redacted texts. */
    public KeyRing operatorKeys(Path data, Clock clock, PrintWriter err) throws CommandFailure {
        return open(data, false, clock, err);
    }

    /** The keys of what calls asked, too: only who has them may read that. */
    public KeyRing allKeys(Path data, Clock clock, PrintWriter err) throws CommandFailure {
        return open(data, true, clock, err);
    }

    private KeyRing open(Path data, boolean originals, Clock clock, PrintWriter err) throws CommandFailure {
        if (!Files.isDirectory(data.resolve("journal"))) {
            throw new CommandFailure(2, "there is no journal in " + data + "; name its place with --data DIR");
        }
        KeepingConfig keeping = keeping(clock, err);
        try {
            KeySource operator = source(keeping, KeyRing.Role.OPERATOR, data);
            return originals
                    ? KeyRing.open(operator, source(keeping, KeyRing.Role.ORIGINALS, data))
                    : KeyRing.open(operator);
        } catch (JournalException e) {
            throw new CommandFailure(1, e.getMessage() + "; name the place of the keys with --keys PATH");
        }
    }

    private KeySource source(KeepingConfig keeping, KeyRing.Role role, Path data) throws CommandFailure {
        if (keys == null || isConfiguration(keys)) {
            return keeping.source(role, data);
        }
        if (Files.isDirectory(keys)) {
            return KeySource.in(keys, role);
        }
        if (role == KeyRing.Role.ORIGINALS) {
            throw new CommandFailure(2, "--keys names an operator key alone; the key for originals is needed too");
        }
        return new KeySource.File(keys);
    }

    /** Where a configuration has the keys; the default one says nothing where it is not there. */
    private KeepingConfig keeping(Clock clock, PrintWriter err) throws CommandFailure {
        Path standard = Path.of(System.getProperty("anteroom.home", "."), "config", "anteroom.yaml");
        Path file = keys == null ? standard : keys;
        return isConfiguration(file) && (keys != null || Files.exists(file))
                ? ConfigFile.load(file, clock, err, "nothing was read; --keys FOLDER needs no configuration")
                        .config()
                        .journal()
                        .keeping()
                : new KeepingConfig(null, null, RetentionPolicy.DEFAULT);
    }

    private static boolean isConfiguration(Path file) {
        return file.toString().endsWith(YAML);
    }

    /** A reader of decisions and redacted texts. */
    public TraceReader reader(Path data, Clock clock, PrintWriter err) throws CommandFailure {
        return TraceReader.open(data, operatorKeys(data, clock, err));
    }

    /** A reader of what these calls asked, too. That it is read, by whom and why is on disk when this returns. */
    public TraceReader originals(Path data, Selection calls, Actor actor, Clock clock, PrintWriter err)
            throws CommandFailure {
        KeyRing ring = allKeys(data, clock, err);
        try {
            accessLog(data, ring, clock).record(actor.name(), actor.reason(), new Act.OriginalsRead(calls));
        } catch (JournalException e) {
            throw new CommandFailure(1, "nothing was read, since that could not be recorded: " + e.getMessage());
        }
        return TraceReader.open(data, ring).withOriginals().namingShredders(accessLog(data, ring, clock));
    }

    /** The journal of who did what with the records. */
    public AccessLog accessLog(Path data, KeyRing ring, Clock clock) {
        return new AccessLog(data, ring, clock, new SecureRandom());
    }
}
