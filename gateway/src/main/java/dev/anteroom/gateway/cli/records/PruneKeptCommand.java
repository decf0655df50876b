package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.gateway.kept.KeptContent;
import dev.anteroom.traces.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anteroom traces prune-kept}: lets go of what no record needs to be decided again. Confined to one thread. */
@Command(
        name = "prune-kept",
        mixinStandardHelpOptions = true,
        description = {
            "Removes configurations, models and programs that no kept record names any more; a gateway does so itself after it has shredded"
                    + " decisions whose time has come.",
            "What the gateway that started last decides with stays. Removes nothing where a record cannot be read."
        })
public final class PruneKeptCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordsPlace place = new RecordsPlace();

    /** The command; the clock is for what its keys may need. */
    public PruneKeptCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandFailure {
        KeptContent.Pruned pruned;
        try {
            pruned = KeptContent.of(place.data())
                    .prune(place.reader(clock, spec.commandLine().getErr()));
        } catch (JournalException | IOException e) {
            throw new CommandFailure(1, "nothing was removed: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("removed " + pruned.snapshots() + " snapshots and " + pruned.files() + " files");
        out.flush();
        return 0;
    }
}
