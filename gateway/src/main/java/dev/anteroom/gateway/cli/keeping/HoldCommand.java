package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.traces.Access;
import dev.anteroom.traces.AccessLog;
import dev.anteroom.traces.Act;
import dev.anteroom.traces.Hold;
import dev.anteroom.traces.Holds;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Selection;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anteroom traces hold add|list|release}: keeps records from being shredded. Confined to one thread. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Legal holds: nothing of a call under a hold is shredded, by whomever, until it is released.")
public final class HoldCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public HoldCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** What a command does with holds. */
    private interface Work {
        void with(Holds holds, AccessLog access) throws JournalException;
    }

    private int run(RecordsPlace place, Work work) throws CommandFailure {
        AccessLog access =
                place.accessLog(place.operatorKeys(clock, spec.commandLine().getErr()), clock);
        try {
            work.with(new Holds(place.data(), access, clock), access);
            return 0;
        } catch (JournalException e) {
            throw new CommandFailure(e.kind() == JournalException.Kind.INVALID ? 2 : 1, String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Sets a hold on calls, on all where none are named. In force when this returns.")
    int add(
            @Mixin RecordsPlace place,
            @Mixin CallOptions calls,
            @Mixin Actor actor,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "N",
                            description = "letters, digits, '.', '_' and '-'; stands in clear on disk")
                    String name,
            @Option(names = "--trace", paramLabel = "ID", description = "this call; may be given again")
                    List<String> ids)
            throws CommandFailure {
        if (!Hold.isName(name)) {
            throw new CommandFailure(2, "--name takes letters, digits, '.', '_' and '-', at most 64");
        }
        Selection selection = calls.selection(ids == null ? List.of() : ids);
        actor.check();
        return run(place, (holds, _) -> holds.add(name, selection, actor.name(), actor.reason()));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the holds in force: name, since when, which calls, who set it and why.")
    int list(@Mixin RecordsPlace place) throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        return run(place, (holds, access) -> {
            Map<String, Access> set = new HashMap<>();
            access.forEach(entry -> {
                if (entry.act() instanceof Act.HoldSet one) {
                    set.put(one.name(), entry);
                }
            });
            for (Hold hold : holds.list()) {
                Access entry = set.get(hold.name());
                out.println(CallOptions.plain(String.join(
                        "  ",
                        hold.name(),
                        hold.since().toString(),
                        CallOptions.text(hold.selection()),
                        entry == null ? "(not in the access journal)" : entry.actor() + ": " + entry.reason())));
            }
            out.flush();
        });
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Releases a hold: what its calls outlived is shredded with the next hour.")
    int release(
            @Mixin RecordsPlace place,
            @Mixin Actor actor,
            @Parameters(paramLabel = "N", description = "the name of the hold") String name)
            throws CommandFailure {
        actor.check();
        return run(place, (holds, _) -> holds.release(name, actor.name(), actor.reason()));
    }
}
