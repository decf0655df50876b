package dev.anteroom.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anteroom load}: the group of load commands. Confined to one thread. */
@Command(
        name = "anteroom load",
        mixinStandardHelpOptions = true,
        description = {
            "Load from outside, over loopback only.",
            "Results go to stdout, progress to stderr. Exit codes: 0 ok, 1 a goal was missed or calls failed, 2 wrong call.",
            "Beside the commands below, 'load train' (done by the launcher) makes later starts of this build warm."
        },
        subcommands = {RunCommand.class, ProviderCommand.class, CompareCommand.class, CompareRecordsCommand.class})
final class LoadCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: run, provider, compare or compare-records");
    }
}
