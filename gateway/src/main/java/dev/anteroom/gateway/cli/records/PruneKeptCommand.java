package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.JournalFolder;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.kept.KeptContent;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces prune-kept}: lets go of what no record needs to be decided again. Confined to one thread. */
@Command(
        name = "prune-kept",
        mixinStandardHelpOptions = true,
        description = {
            "Removes configurations, models and programs that no kept record names any more.",
            "What the gateway that started last decides with stays. Removes nothing where a record cannot be read."
        })
public final class PruneKeptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DefaultPaths.DATA,
            description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws CommandFailure {
        KeptContent.Pruned pruned;
        try {
            pruned = prune(JournalFolder.reader(data), data);
        } catch (JournalException | IOException e) {
            throw new CommandFailure(1, "nothing was removed: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("removed " + pruned.snapshots() + " snapshots and " + pruned.files() + " files");
        out.flush();
        return 0;
    }

    /** Lets go of what no record of this reader names; for whoever has removed records. */
    public static KeptContent.Pruned prune(TraceReader reader, Path data) throws JournalException, IOException {
        KeptContent kept = KeptContent.of(data);
        Set<String> named = new HashSet<>();
        named.add(kept.inUse()); // now: its first record may be written while the others are read
        reader.forEachAfter(Optional.empty(), entry -> {
            switch (entry.record()) {
                case Intent intent -> named.add(intent.snapshot());
                case Refusal refusal -> named.add(refusal.snapshot());
                default -> {}
            }
            return true;
        });
        return kept.prune(named);
    }
}
