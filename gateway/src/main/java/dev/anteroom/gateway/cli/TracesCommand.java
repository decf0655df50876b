package dev.anteroom.gateway.cli;

import dev.anteroom.traces.Access;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Query;
import dev.anteroom.traces.Selection;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceJson;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceSummary;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anteroom traces}: reads the journal itself, with the gateway running or not. */
@Command(
        name = "traces",
        mixinStandardHelpOptions = true,
        description = "Reads the records of decisions, with the gateway running or not.",
        synopsisSubcommandLabel = "COMMAND")
final class TracesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** {@code traces list}: a line each, oldest first. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists calls, oldest first: id, time, how it ended, status, workflow, model.")
    static final class ListTraces implements Callable<Integer> {
        private final Clock clock;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private RecordsPlace place = new RecordsPlace();

        @Option(names = "--limit", paramLabel = "N", description = "the newest N (default: ${DEFAULT-VALUE})")
        private int limit = 100;

        @Option(names = "--json", description = "one JSON object a line")
        private boolean json;

        ListTraces(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Integer call() throws CommandFailure {
            if (limit < 1) {
                throw new CommandFailure(2, "--limit: " + limit + " (expected: at least 1)");
            }
            PrintWriter out = spec.commandLine().getOut();
            try {
                for (TraceSummary trace :
                        place.reader(clock, spec.commandLine().getErr()).list(Query.latest(limit))) {
                    out.println(json ? TraceJson.text(trace) : line(trace));
                }
            } catch (JournalException e) {
                throw new CommandFailure(1, String.valueOf(e.getMessage()));
            }
            out.flush();
            return 0;
        }

        private static String line(TraceSummary trace) {
            return String.join(
                    "  ",
                    trace.traceId(),
                    trace.time().toString(),
                    String.format("%-11s", trace.kind()),
                    Integer.toString(trace.status()),
                    trace.caller().workflow(),
                    trace.model(),
                    trace.finish());
        }
    }

    /** {@code traces show}: all records of one call as JSON. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows the records of one call, intent and outcome, as JSON.",
                "With --original also what it asked, patients' data and all: that takes the key for originals and a reason, and is recorded before"
                        + " anything is shown."
            })
    static final class ShowTrace implements Callable<Integer> {
        private final Clock clock;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", description = "the value of x-anteroom-trace-id")
        private String id = "";

        @Mixin
        private RecordsPlace place = new RecordsPlace();

        @Option(names = "--original", description = "show what the call asked too")
        private boolean original;

        @Mixin
        private Actor actor = new Actor();

        ShowTrace(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Integer call() throws CommandFailure {
            Optional<Trace> trace;
            try {
                trace = reader().find(id);
            } catch (JournalException e) {
                throw new CommandFailure(1, String.valueOf(e.getMessage()));
            }
            if (trace.isEmpty()) {
                throw new CommandFailure(1, "no call of this trace id in " + place.data());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(TraceJson.text(trace.get(), annotations()));
            out.flush();
            return 0;
        }

        private List<Access> annotations() throws CommandFailure {
            try {
                return place.accessLog(
                                place.operatorKeys(clock, spec.commandLine().getErr()), clock)
                        .annotations(id);
            } catch (JournalException e) {
                throw new CommandFailure(1, String.valueOf(e.getMessage()));
            }
        }

        private TraceReader reader() throws CommandFailure, JournalException {
            PrintWriter err = spec.commandLine().getErr();
            if (!original) {
                KeyRing keys = place.operatorKeys(clock, err);
                return TraceReader.open(place.data(), keys).namingShredders(place.accessLog(keys, clock));
            }
            actor.check();
            if (place.reader(clock, err).find(id).isEmpty()) {
                throw new CommandFailure(1, "no call of this trace id in " + place.data());
            }
            return place.originals(Selection.of(id), actor, clock, err);
        }
    }
}
