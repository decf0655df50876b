package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.RecordPart;
import dev.anteroom.traces.RetentionPolicy;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.Shredder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anteroom traces shred}: destroys the keys of parts of records. Confined to one thread. */
@Command(
        name = "shred",
        mixinStandardHelpOptions = true,
        description = {
            "Destroys the keys of what calls asked, of redacted texts, or of whole records, so that nobody can read them any more. There is no way back."
                    + " Every proof of the journal stays valid.",
            "A gateway may be running. Nothing under a hold is touched. Copies of the journal elsewhere are not reached: traces rotate-key --rewrap."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:something was left: under a hold, or damaged", "2:a wrong call or bad input"})
public final class ShredCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordsPlace place = new RecordsPlace();

    @Mixin
    private CallOptions calls = new CallOptions();

    @Mixin
    private Actor actor = new Actor();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "calls: values of x-anteroom-trace-id")
    private List<String> ids = List.of();

    @Option(names = "--originals", description = "what the calls asked")
    private boolean originals;

    @Option(names = "--bodies", description = "redacted requests and answers")
    private boolean bodies;

    @Option(names = "--all", description = "everything of the records; only that they were is left")
    private boolean all;

    @Option(
            names = "--expired",
            description = "everything that is older than the configuration says; the gateway does so every hour")
    private boolean expired;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DefaultPaths.CONFIG,
            description =
                    "with --expired: the configuration that says how long records are kept (default: ${DEFAULT-VALUE})")
    private Path config = Path.of("anteroom.yaml");

    @Option(names = "--dry-run", description = "only say what would be done")
    private boolean dryRun;

    public ShredCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        Selection selection = calls.selection(ids);
        Set<RecordPart> parts = parts();
        if (expired && (!selection.isAll() || !parts.isEmpty())) {
            throw new CommandFailure(
                    2, "--expired takes neither calls nor parts: the configuration says what has expired");
        }
        if (!expired && (selection.isAll() || parts.isEmpty())) {
            throw new CommandFailure(
                    2,
                    "say which calls (ID, --tenant, --from, --until) and which part (--originals, --bodies or --all)");
        }
        if (!dryRun) {
            (expired ? actor.orElse("retention, by command") : actor).check();
        }
        KeyRing keys = place.operatorKeys(clock, err);
        Shredder shredder = new Shredder(place.data(), keys, place.accessLog(keys, clock), clock);
        try {
            Shredder.Report report;
            if (expired) {
                RetentionPolicy policy = ConfigFile.load(config, clock, err, "nothing was shredded")
                        .config()
                        .journal()
                        .keeping()
                        .retention();
                report = dryRun ? shredder.planExpired(policy) : shredder.expire(policy, actor.name(), actor.reason());
            } else {
                report = dryRun
                        ? shredder.plan(selection, parts)
                        : shredder.shred(selection, parts, actor.name(), actor.reason());
            }
            print(report);
            return report.held().isEmpty() && report.problems().isEmpty() ? 0 : 1;
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
    }

    private Set<RecordPart> parts() {
        Set<RecordPart> parts = EnumSet.noneOf(RecordPart.class);
        if (all) {
            return EnumSet.allOf(RecordPart.class);
        }
        if (originals) {
            parts.add(RecordPart.ORIGINALS);
        }
        if (bodies) {
            parts.add(RecordPart.BODIES);
        }
        return parts;
    }

    private void print(Shredder.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        String did = dryRun ? "would shred " : "shredded ";
        if (report.parts().isEmpty()) {
            out.println(dryRun ? "would shred nothing" : "shredded nothing");
        }
        new TreeMap<>(report.parts()).forEach((part, count) -> out.println(did + count + " " + part.word()));
        new TreeMap<>(report.held()).forEach((hold, count) -> out.println("left " + count + " under the hold " + hold));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        report.problems().forEach(problem -> err.println("damaged, and not reached: " + problem));
        err.flush();
    }
}
