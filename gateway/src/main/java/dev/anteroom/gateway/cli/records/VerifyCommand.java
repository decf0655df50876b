package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.JournalFolder;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.traces.ExportVerifier;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.LogReport;
import dev.anteroom.traces.LogTrust;
import dev.anteroom.traces.LogVerifier;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces verify}: says whether records are as they were signed, and what exactly is not. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks records against the signed checkpoints of their log, and names what was altered, removed, reordered or cut off.",
            "Works on the files of a gateway, running or not, or on an export with public keys alone.",
            "Exit code 0: all is as it was signed, 1: something is not."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "an export in place of a data directory; - for standard input")
    private @Nullable String from;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "verifier keys of the log, one a line; again for more files (default: DIR/keys/log.pub, which whoever"
                            + " can change the records may have changed too)")
    private List<Path> publicKeys = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "FILE",
            description = "verifier keys of witnesses, one a line; again for more files")
    private List<Path> witnesses = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "a checkpoint that you kept: the records must go on from it; again for more")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(
            names = "--without-keys",
            description = "do not open the records: proves their places, not that they can be read")
    private boolean withoutKeys;

    @Option(
            names = "--access",
            description = "the access journal of the data directory: who read originals, shredded, held and rotated")
    private boolean access;

    @Option(names = "--json", description = "the report as one JSON object")
    private boolean json;

    private final InputStream in;

    /** The command; {@code in} is read for {@code --from -}. */
    public VerifyCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws CommandFailure {
        String export = from;
        LogTrust trust = trust(export != null);
        LogReport report = export == null ? inPlace(trust) : export(export, trust);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(report));
        } else {
            print(report, out);
        }
        out.flush();
        return report.isGood() ? 0 : 1;
    }

    private LogTrust trust(boolean offline) throws CommandFailure {
        List<Path> keys = publicKeys;
        if (keys.isEmpty()) {
            if (offline) {
                throw new CommandFailure(2, "--public-key FILE is needed for an export: the gateway's keys/log.pub");
            }
            keys = List.of(data.resolve("keys").resolve("log.pub"));
        }
        try {
            return LogTrust.of(read(keys), read(witnesses), read(checkpoints));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(2, String.valueOf(e.getMessage()));
        }
    }

    private static List<byte[]> read(List<Path> files) throws CommandFailure {
        List<byte[]> read = new ArrayList<>();
        for (Path file : files) {
            try {
                read.add(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new CommandFailure(2, file + " cannot be read");
            }
        }
        return read;
    }

    private LogReport inPlace(LogTrust trust) throws CommandFailure {
        Optional<KeyRing> keys = withoutKeys ? Optional.empty() : Optional.of(JournalFolder.keys(data));
        if (!Files.isDirectory(data.resolve("journal"))) {
            throw new CommandFailure(2, "there is no journal in " + data + "; name its place with --data DIR");
        }
        try {
            return access
                    ? LogVerifier.verifyAccess(data, trust, keys, progress())
                    : LogVerifier.verify(data, trust, keys, progress());
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
    }

    private LogReport export(String export, LogTrust trust) throws CommandFailure {
        try (InputStream file = export.equals("-") ? in : Files.newInputStream(Path.of(export))) {
            return ExportVerifier.verify(new BufferedInputStream(file), trust, progress());
        } catch (IOException e) {
            throw new CommandFailure(2, export + " cannot be read");
        }
    }

    private LongConsumer progress() {
        return Progress.on(spec.commandLine().getErr(), "records checked");
    }

    private static void print(LogReport report, PrintWriter out) {
        for (LogReport.Log log : report.logs()) {
            out.println(log.log() + "  " + log.gateway() + "  records " + log.records() + "  signed "
                    + (log.signed() < 0 ? "none" : log.signed()) + "  witnessed " + log.witnessed() + "  root "
                    + log.root());
        }
        report.problems().forEach(problem -> out.println(problem.toString()));
        if (report.problemCount() > report.problems().size()) {
            out.println("and " + (report.problemCount() - report.problems().size()) + " more");
        }
        out.println(
                report.isGood()
                        ? report.records() + (report.records() == 1 ? " record of " : " records of ")
                                + report.logs().size() + (report.logs().size() == 1 ? " log" : " logs")
                                + ": all as they were signed"
                        : report.problemCount() + (report.problemCount() == 1 ? " problem" : " problems"));
        out.println(report.unwitnessedSince()
                .map(since -> "unwitnessed since record " + since.record() + " of log " + since.log())
                .orElse("all witnessed"));
    }

    private static String json(LogReport report) {
        byte[] bytes = JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeBooleanField("good", report.isGood());
            out.writeNumberField("records", report.records());
            out.writeNumberField("problem_count", report.problemCount());
            out.writeArrayFieldStart("problems");
            for (LogReport.Problem problem : report.problems()) {
                out.writeStartObject();
                out.writeStringField("kind", problem.kind().name().toLowerCase(Locale.ROOT));
                out.writeStringField("log", problem.log());
                out.writeStringField("segment", problem.segment());
                out.writeNumberField("sequence", problem.sequence());
                out.writeStringField("what", problem.what());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("logs");
            for (LogReport.Log log : report.logs()) {
                out.writeStartObject();
                out.writeStringField("gateway", log.gateway());
                out.writeStringField("log", log.log());
                out.writeStringField("predecessor", log.predecessor());
                out.writeNumberField("records", log.records());
                out.writeNumberField("signed", log.signed());
                out.writeNumberField("witnessed", log.witnessed());
                out.writeStringField("root", log.root());
                out.writeEndObject();
            }
            out.writeEndArray();
            LogReport.Unwitnessed since = report.unwitnessedSince().orElse(null);
            if (since == null) {
                out.writeNullField("unwitnessed_since");
            } else {
                out.writeObjectFieldStart("unwitnessed_since");
                out.writeStringField("log", since.log());
                out.writeNumberField("record", since.record());
                out.writeEndObject();
            }
            out.writeEndObject();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
