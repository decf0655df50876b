package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.JournalFolder;
import dev.anteroom.gateway.cli.TimeOptions;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.LogExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces export}: writes records with their proofs, for who checks them elsewhere. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes records with the proofs of their places, one JSON object a line, for traces verify --from FILE.",
            "Without --with-decisions or --with-text: times, kinds, trace ids and commitments. What apps asked before anything was"
                    + " replaced is never written."
        })
public final class ExportCommand implements Callable<Integer> {
    /** The forms of an export. */
    enum Format {
        jsonl
    }

    private final PrintStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Mixin
    private TimeOptions times = new TimeOptions();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.jsonl;

    @Option(names = "--with-decisions", description = "also what was decided")
    private boolean withDecisions;

    @Option(names = "--with-text", description = "also what was decided and the redacted texts: treat the file as PHI")
    private boolean withText;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "a new file, readable to its owner only (default: standard output)")
    private @Nullable Path file;

    /** The command; {@code out} is flushed at the end and not closed. */
    public ExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailure {
        return switch (format) {
            case jsonl -> jsonl();
        };
    }

    private int jsonl() throws CommandFailure {
        LogExport.Text text =
                withText ? LogExport.Text.ALL : withDecisions ? LogExport.Text.DECISIONS : LogExport.Text.NONE;
        Optional<KeyRing> keys = text == LogExport.Text.NONE ? Optional.empty() : Optional.of(JournalFolder.keys(data));
        if (!Files.isDirectory(data.resolve("journal"))) {
            throw new CommandFailure(2, "there is no journal in " + data + "; name its place with --data DIR");
        }
        PrintWriter err = spec.commandLine().getErr();
        Instant from = times.from().orElse(Instant.EPOCH);
        Instant until = times.until().orElse(Instant.MAX);
        try (OutputStream target = target()) {
            LogExport.Summary written =
                    LogExport.write(data, keys, text, from, until, target, Progress.on(err, "records written"));
            err.println("wrote " + written.records() + " records of " + written.logs() + " logs");
            err.flush();
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(2, "--out: " + file + " exists; name a new file");
        } catch (IOException e) {
            throw new CommandFailure(
                    1, "the export cannot be written (" + e.getClass().getSimpleName() + ")");
        }
        return 0;
    }

    private OutputStream target() throws IOException {
        Path to = file;
        if (to == null) {
            return new BufferedOutputStream(out) {
                @Override
                public void close() throws IOException {
                    flush(); // standard output stays open
                }
            };
        }
        Files.newByteChannel(
                        to,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .close();
        return new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
    }
}
