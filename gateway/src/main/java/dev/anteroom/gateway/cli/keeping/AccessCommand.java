package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.traces.Access;
import dev.anteroom.traces.Act;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.RecordPart;
import dev.anteroom.traces.TraceJson;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces access list}: who did what with the records, and why. Confined to one thread. */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Who read what calls asked, shredded records, set and released holds, and rotated keys.")
public final class AccessCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public AccessCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the access journal, oldest first.")
    int list(@Mixin RecordsPlace place, @Option(names = "--json", description = "one JSON object a line") boolean json)
            throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        try {
            place.accessLog(place.operatorKeys(clock, spec.commandLine().getErr()), clock)
                    .forEach(entry -> out.println(json ? TraceJson.text(entry) : line(entry)));
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } finally {
            out.flush();
        }
        return 0;
    }

    private static String line(Access entry) {
        String what = switch (entry.act()) {
            case Act.OriginalsRead read -> "read what was asked: " + CallOptions.text(read.calls());
            case Act.Shredded shredded ->
                "shredded " + shredded.records() + " " + parts(shredded) + ": " + CallOptions.text(shredded.calls());
            case Act.HoldSet set -> "set the hold " + set.name() + ": " + CallOptions.text(set.calls());
            case Act.HoldReleased released -> "released the hold " + released.name();
            case Act.KeyRotated rotated ->
                "rotated the " + rotated.role() + " key: " + rotated.oldKey() + " to " + rotated.newKey();
            case Act.KeysRewrapped wrapped ->
                "wrapped " + wrapped.records() + " keys anew under the " + wrapped.role() + " key " + wrapped.newKey();
            case Act.Annotated annotated ->
                (annotated.kind() == Act.Annotated.Kind.SCORE ? "scored " : "reviewed ") + annotated.traceId() + ": "
                        + annotated.value().replaceAll("\\p{Cntrl}", " ");
        };
        return CallOptions.plain(
                String.join("  ", entry.time().toString(), entry.actor(), what, "\"" + entry.reason() + "\""));
    }

    private static String parts(Act.Shredded shredded) {
        return shredded.parts().stream().map(RecordPart::word).collect(Collectors.joining(", "));
    }
}
